"""What detectors, findings, states and comparisons are called, and the sentences that their numbers make."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from utfall.events import DeclineReason
from utfall.portal.access.errors import Words
from utfall.portal.look.formats import number, period, share
from utfall.portal.quality.contracts import Compared, Ends, Facts, Handling, State
from utfall.science.quality import Detector

DETECTORS: Final[dict[Detector, Words]] = {
    Detector.LATE_CLICK: _("Clicks after checkout"),
    Detector.QUICK_CLICK: _("Orders within seconds"),
    Detector.FLOODED_CLICK: _("A flood of clicks"),
    Detector.ROBOT_CLICKS: _("Clicks by robots"),
    Detector.OWN_ORDER: _("The same buyer again"),
    Detector.OWN_IDENTITY: _("The publisher's own orders"),
    Detector.DUPLICATE_LEAD: _("The same lead twice"),
    Detector.LEAKED_CODE: _("A leaked code"),
}
ICONS: Final = {
    Detector.LATE_CLICK: "clock-exclamation",
    Detector.QUICK_CLICK: "bolt",
    Detector.FLOODED_CLICK: "droplets",
    Detector.ROBOT_CLICKS: "robot",
    Detector.OWN_ORDER: "user-dollar",
    Detector.OWN_IDENTITY: "user-x",
    Detector.DUPLICATE_LEAD: "copy",
    Detector.LEAKED_CODE: "ticket",
}
MEANINGS: Final[dict[Detector, Words]] = {
    Detector.LATE_CLICK: _(
        "A click that comes when the basket is already at the checkout led nobody to the shop. "
        "Voucher windows and browser extensions do this."
    ),
    Detector.QUICK_CLICK: _(
        "People need time between a click and an order. Where many orders follow within seconds, the "
        "click came after the decision to buy."
    ),
    Detector.FLOODED_CLICK: _(
        "Far more clicks than usual, and orders that come as late as if nobody had clicked: clicks "
        "sent in the hope that some of these people buy anyway."
    ),
    Detector.ROBOT_CLICKS: _("Far more clicks than usual, and many of them from the same few addresses."),
    Detector.OWN_ORDER: _(
        "One person buys through this publisher far oftener than its size explains. It may be the "
        "publisher, or a loyal reader."
    ),
    Detector.OWN_IDENTITY: _("The buyer is known to be the publisher."),
    Detector.DUPLICATE_LEAD: _("The same person inquired before."),
    Detector.LEAKED_CODE: _(
        "A personal code that is suddenly used by people who never met its holder: it stands on a "
        "forum or a voucher site."
    ),
}
REASONS: Final[dict[Detector, DeclineReason]] = {
    Detector.DUPLICATE_LEAD: DeclineReason.DUPLICATE,
    Detector.FLOODED_CLICK: DeclineReason.FRAUD,
    Detector.ROBOT_CLICKS: DeclineReason.FRAUD,
}
"""What is proposed as the reason of a decline; a breach of terms where nothing stands here."""
STATES: Final[dict[State, tuple[Words, str]]] = {
    State.OPEN: (pgettext_lazy("finding", "Open"), "warn"),
    State.DISMISSED: (pgettext_lazy("finding", "Dismissed"), "calm"),
    State.GONE: (pgettext_lazy("finding", "No longer found"), "calm"),
}
HANDLINGS: Final[dict[Handling, tuple[Words, str]]] = {
    Handling.HELD: (pgettext_lazy("blamed order", "Held"), "warn"),
    Handling.RELEASED: (pgettext_lazy("blamed order", "Released"), "good"),
    Handling.DECLINED: (pgettext_lazy("blamed order", "Declined"), "bad"),
    Handling.LAPSED: (pgettext_lazy("blamed order", "Decided elsewhere"), "calm"),
}
ENDS: Final[dict[Ends, Words]] = {
    Ends.NOTHING: _("Nothing: silence approves it"),
    Ends.DECLINE: _("It is declined the day before"),
}
COMPARED: Final[dict[Compared, Words]] = {
    Compared.APPROVAL: _("Approved"),
    Compared.CONVERSION: _("Orders for each click"),
}
LEFT: Final[dict[str, Words]] = {
    "not_blamed": _("not blamed by this finding"),
    "not_pending": _("no longer pending"),
    "not_theirs": _("paid to somebody else"),
    "decided": _("decided already"),
    "not_held": _("not held"),
    "refused": _("refused by validation"),
}
WHO: Final[dict[str, Words]] = {
    "customer": pgettext_lazy("the same … inquired before", "customer"),
    "visitor": pgettext_lazy("the same … inquired before", "visitor"),
    "address and device": pgettext_lazy("the same … inquired before", "device"),
}
_OF_ORDER: Final[dict[Detector, Words]] = {
    Detector.LATE_CLICK: _("The click came %(late)s after the checkout had begun."),
    Detector.QUICK_CLICK: _(
        "The order came %(delay)s after the click; elsewhere half take longer than %(median)s."
    ),
    Detector.FLOODED_CLICK: _(
        "Its click came in a burst of %(clicks)s clicks, and it followed after %(delay)s; elsewhere "
        "half come within %(median)s."
    ),
    Detector.OWN_ORDER: _("This %(who)s placed %(through)s of %(placed)s orders through the publisher."),
    Detector.OWN_IDENTITY: _("The buyer is known to be the publisher."),
    Detector.DUPLICATE_LEAD: _("The same %(who)s inquired %(before)s before."),
    Detector.LEAKED_CODE: _(
        "The code was used without a click of its holder, in days when that happened often."
    ),
}
_OF_FINDING: Final[dict[Detector, Words]] = {
    Detector.LATE_CLICK: _(
        "%(share)s of %(orders)s orders were claimed by a click after the checkout had begun; "
        "%(others)s elsewhere in the program."
    ),
    Detector.QUICK_CLICK: _(
        "%(share)s of %(orders)s orders came within %(bound)s of the click; %(others)s elsewhere in "
        "the program."
    ),
    Detector.FLOODED_CLICK: _(
        "%(clicks)s clicks in %(days)s, where %(usual)s are usual, and orders that come late."
    ),
    Detector.ROBOT_CLICKS: _(
        "%(clicks)s clicks in %(days)s, where %(usual)s are usual, many of them from the same addresses."
    ),
    Detector.OWN_ORDER: _(
        "One %(who)s placed %(through)s of %(placed)s orders through this publisher, which brings "
        "%(share)s of the program's."
    ),
    Detector.OWN_IDENTITY: _("Orders by a visitor or customer that is known to be the publisher."),
    Detector.DUPLICATE_LEAD: _(
        "Leads of people who had inquired before; the last of them %(before)s before."
    ),
    Detector.LEAKED_CODE: _(
        "The code %(code)s was used %(orders)s times without its holder in %(days)s, where %(usual)s "
        "are usual."
    ),
}
_BURST: Final = _(
    "%(clicks)s clicks in %(days)s, where %(usual)s are usual. No order or click of it is blamed."
)
_HOUR: Final = 3600
_DAY: Final = 86_400
_TENTH: Final = 10
_PERCENT: Final = 10_000


def sentence(detector: Detector, facts: Facts, code: str = "", *, of_order: bool, alone: bool = False) -> str:
    """What a finding, or its verdict about one order, says; `alone`: a burst that blames nothing."""
    words = _OF_ORDER.get(detector) if of_order else _BURST if alone else _OF_FINDING[detector]
    return str(words or _OF_FINDING[detector]) % _said(facts, code)


def _said(facts: Facts, code: str) -> dict[str, Words]:
    """Every number that a sentence may want, as people write it."""
    told = {name: float(value) for name, value in facts.items() if isinstance(value, int | float)}
    hours, after = told.get("hours", 0.0), told.get("delay_s", told.get("delay_h", 0.0) * _HOUR)
    middle = told.get("median_s", told.get("median_h", 0.0) * _HOUR)
    return {
        "late": rough(told.get("late_s", 0.0)),
        "delay": rough(after),
        "median": rough(middle),
        "bound": rough(told.get("bound_s", 0.0)),
        "before": rough(hours * _HOUR),
        "days": rough(told.get("days", 0.0) * _DAY),
        "share": rough_share(round(told.get("share", 0.0) * 1_000_000)),
        "others": rough_share(round(told.get("others", 0.0) * 1_000_000)),
        "usual": _rough(told.get("usual", 0.0)),
        "who": str(WHO.get(str(facts.get("who", "")), WHO["customer"])),
        "code": code,
        **{name: number(round(told.get(name, 0.0))) for name in ("clicks", "orders", "through", "placed")},
    }


def rough_share(ppm: int | None) -> str:
    """A share to a tenth of a percent, a small one to a hundredth.

    >>> rough_share(123_456), rough_share(7_278)
    ('12.3%', '0.73%')
    """
    return share(None if ppm is None else round(ppm, -3 if ppm >= _PERCENT else -2))


def _rough(value: float) -> str:
    """Small counts with a decimal, large ones without."""
    return number(round(value, 1) if value < _TENTH else round(value))


def rough(seconds: float) -> str:
    """A time as people say it: to the minute, hour or day, once it is long."""
    for unit in (_DAY, _HOUR, 60):
        if seconds >= 2 * unit:
            return period(round(seconds / unit) * unit)
    return period(max(round(seconds), 1))
