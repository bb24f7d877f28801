"""Pictures: how long orders take against others of the program, and where a share lies among quartiles."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from utfall.portal.look.charts import Chart, Series
from utfall.portal.look.formats import number, period
from utfall.portal.quality.comparing import MILLION, STEPS, without
from utfall.portal.quality.contracts import Compared, ProfileView, Spread
from utfall.portal.quality.words import COMPARED

WHOLE: Final = 100
_NARROWEST: Final = 1000


def delays(own: Sequence[int], whole: Sequence[int], name: str) -> Chart | None:
    """How long orders took, in shares, beside those of all others; None where there are none."""
    if not sum(own):
        return None
    others = without(whole, own)
    series = [Series(name, _shares(own))]
    if sum(others):
        series.append(Series(_("Others in the program"), _shares(others)))
    return Chart(
        title=_("From click to order, in percent of the orders"),
        labels=labels(),
        series=series,
        kind="bar",
        unit="%",
        shown=[[f"{number(value)} %" for value in one.values if value is not None] for one in series],
    )


def labels() -> list[str]:
    """The steps in words."""
    before = [_("under %(time)s") % {"time": period(step)} for step in STEPS]
    return [*before, _("longer")]


def _shares(counts: Sequence[int]) -> list[float]:
    return [round(WHOLE * one / sum(counts), 1) for one in counts]


class Strip(NamedTuple):
    """A share on a line, with the middle half of all as a band; places in percent of the line."""

    words: str
    own_ppm: int | None
    spread: Spread | None
    band_from: float
    band_width: float
    middle: float
    place: float | None
    tone: str


def strips(profile: ProfileView) -> list[Strip]:
    """Both shares of a publisher."""
    return [
        _strip(
            str(COMPARED[Compared.APPROVAL]), profile.approval_ppm, profile.spreads.get(Compared.APPROVAL)
        ),
        _strip(
            str(COMPARED[Compared.CONVERSION]),
            profile.conversion_ppm,
            profile.spreads.get(Compared.CONVERSION),
        ),
    ]


def _strip(words: str, own: int | None, spread: Spread | None) -> Strip:
    """The line reaches twice the band's width beyond it on both sides, within what is possible."""
    if spread is None:
        return Strip(words, own, None, 0, 0, 0, None, "calm")
    width = max(spread.upper_ppm - spread.lower_ppm, _NARROWEST)
    begin, end = max(spread.lower_ppm - 2 * width, 0), min(spread.upper_ppm + 2 * width, MILLION)

    def place(ppm: int) -> float:
        return WHOLE * min(max(ppm - begin, 0), end - begin) / max(end - begin, 1)

    lower, upper = place(spread.lower_ppm), place(spread.upper_ppm)
    tone = "warn" if own is not None and own < spread.lower_ppm else "good"
    dot = None if own is None else place(own)
    return Strip(words, own, spread, lower, max(upper - lower, 1), place(spread.median_ppm), dot, tone)
