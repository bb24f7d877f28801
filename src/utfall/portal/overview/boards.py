"""Which numbers each side of the market looks at first; the rest is one report away."""

from typing import Final, NamedTuple

from utfall.portal.access import Caller, Kind
from utfall.portal.overview.contracts import Good


class Board(NamedTuple):
    """The cards, the two metrics over time, and who is ranked by what."""

    cards: tuple[str, ...]
    metric: str
    other: str
    ranked: str
    rank_metric: str


_ADVERTISER: Final = Board(
    ("cost", "revenue", "conversions", "cpa", "clicks", "cvr", "roas", "approval_rate"),
    *("conversions", "cost", "publisher", "conversions"),
)
_PUBLISHER: Final = Board(
    (
        *("commission_approved", "commission_pending", "conversions", "clicks"),
        *("cvr", "epc", "impressions", "approval_rate"),
    ),
    *("commission_approved", "commission_pending", "program", "conversions"),
)
_OPERATOR: Final = Board(
    ("revenue", "cost", "fee", "conversions", "clicks", "invalid_clicks", "cvr", "approval_rate"),
    *("revenue", "fee", "publisher", "revenue"),
)
BOARDS: Final[dict[Kind, Board]] = {
    Kind.ADVERTISER: _ADVERTISER,
    Kind.AGENCY: _ADVERTISER,
    Kind.PUBLISHER: _PUBLISHER,
    Kind.OPERATOR: _OPERATOR,
    Kind.AUDITOR: _OPERATOR,
}
FUNNEL: Final = ("impressions", "clicks", "conversions")

_DOWN: Final = frozenset({"invalid_clicks", "cpa", "cpc", "cpl", "ecpm", "commission_declined"})
_NEITHER: Final = frozenset({"cost", "fee", "imported_cost", "commission_pending", "gross_clicks"})

HUES: Final = 8
_HUES: Final = {
    name: place % HUES
    for place, name in enumerate(
        (
            *("conversions", "cost", "revenue", "clicks", "commission_approved", "commission_pending"),
            *("fee", "impressions", "sales", "leads", "cpa", "cvr", "roas", "epc", "ctr", "aov"),
        )
    )
}


def board_of(caller: Caller) -> Board:
    """The board of a caller's side."""
    return BOARDS[caller.kind]


def good_of(metric: str) -> Good:
    """Which way is good news."""
    return "down" if metric in _DOWN else "neither" if metric in _NEITHER else "up"


def hue_of(metric: str) -> int:
    """The colour of a metric, the same wherever it is drawn and beside whatever."""
    return _HUES.get(metric, sum(metric.encode()) % HUES)
