"""How much an organisation may have of what is limited: the usual, unless the operator allows it another.

    if keys.count() >= allowed(caller.organisation, Allowed.API_KEYS): refuse(...)

Every name below is enforced where it is asked for; nothing stands here that is not.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple


class Allowed(StrEnum):
    """What is limited for each organisation."""

    API_PER_SECOND = "api_per_second"
    API_BURST = "api_burst"
    API_KEYS = "api_keys"
    TASKS = "tasks"


class Measure(NamedTuple):
    """The usual allowance, and the bounds within which the operator may set another."""

    usual: int
    least: int
    largest: int


USUAL: Final[Mapping[Allowed, Measure]] = {
    Allowed.API_PER_SECOND: Measure(20, 1, 1000),
    Allowed.API_BURST: Measure(200, 1, 10_000),
    Allowed.API_KEYS: Measure(50, 0, 1000),
    Allowed.TASKS: Measure(20, 1, 500),
}
Find = Callable[[int], Mapping[Allowed, int]]
_find: list[Find] = []


def allowed(organisation: int, what: Allowed) -> int:
    """How much of it the organisation of this key may have."""
    own = _find[0](organisation) if _find else {}
    return own.get(what, USUAL[what].usual)


def allowances_by(find: Find) -> None:
    """Say where the operator's own choices are kept; the operations app does, when it is ready."""
    _find[:] = [find]
