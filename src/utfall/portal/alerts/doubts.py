"""Findings of traffic quality as alerts: each open one is a subject of its program, told once."""

from utfall.portal.alerts.contracts import Judgement
from utfall.portal.alerts.measuring import Wanted
from utfall.portal.quality import facade as quality


def doubtful(wanted: Wanted) -> list[Judgement]:
    """What holds of a program's open findings; one that is dismissed or gone is not named, and ends."""
    if wanted.program is None:
        return []
    return [
        Judgement(
            subject=f"finding:{one.finding}",
            raises=True,
            keeps=True,
            facts={
                "finding": one.finding,
                "detector": one.detector.value,
                "code": one.code,
                "numbers": dict(one.numbers),
                "of_publisher": one.publisher,
                "publisher_name": one.publisher_name,
                "orders": one.orders,
                "clicks": one.clicks,
                "stake_micros": one.stake_micros,
                "currency": one.currency or wanted.currency,
            },
        )
        for one in quality.doubts(wanted.caller, wanted.program)
    ]
