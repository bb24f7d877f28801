"""Traffic quality: which orders and clicks are doubtful, with the numbers that say so, and what is at stake.

    findings = review(orders, clicks)
    findings.verdicts, findings.periods, findings.stakes

Promises: compares with others in the same program and with the own past, corrects for looking at many, blames
a period and not a publisher, and decides nothing (docs/algorithms/quality.md).
"""

from utfall.science.quality.review import review
from utfall.science.quality.rows import (
    Clicked,
    Detector,
    Findings,
    Numbers,
    Ordered,
    Period,
    Stake,
    Touched,
    Verdict,
)

__all__ = [
    "Clicked",
    "Detector",
    "Findings",
    "Numbers",
    "Ordered",
    "Period",
    "Stake",
    "Touched",
    "Verdict",
    "review",
]
