"""Credit: how much of a deposit and its limit an advertiser has used (docs/algorithms/funding.md).

Each currency has two subjects: that little is left, from 90 % on and until it is below 85 %, and that nothing
is, until it is below 95 %. What has no limit, or is not used at all, is never told.
"""

from typing import Any, Final

from utfall.portal.alerts.contracts import Judgement
from utfall.portal.alerts.measuring import Wanted
from utfall.portal.funding import facade as funding
from utfall.portal.funding.contracts import Standing, State

LOW_KEEPS: Final = 850_000
EXHAUSTED_KEEPS: Final = 950_000
MILLION: Final = 1_000_000


def credit_used(wanted: Wanted) -> list[Judgement]:
    """What an advertiser has left, currency by currency."""
    found = []
    for one in funding.standings(wanted.caller.number):
        if one.means_micros is not None and one.used_micros > 0:
            found += _of(one, one.means_micros)
    return found


def _of(one: Standing, means: int) -> list[Judgement]:
    is_gone = one.state is State.EXHAUSTED
    facts: dict[str, Any] = {
        "currency": one.currency,
        "used": one.used_micros,
        "means": means,
        "share": one.share_ppm,
    }
    return [
        Judgement(
            subject=f"low:{one.currency}",
            raises=one.state is State.LOW,
            keeps=not is_gone and _is_over(one, means, LOW_KEEPS),
            facts=facts | {"what": "low"},
        ),
        Judgement(
            subject=f"exhausted:{one.currency}",
            raises=is_gone,
            keeps=_is_over(one, means, EXHAUSTED_KEEPS),
            facts=facts | {"what": "exhausted"},
        ),
    ]


def _is_over(one: Standing, means: int, ppm: int) -> bool:
    return one.used_micros * MILLION >= means * ppm
