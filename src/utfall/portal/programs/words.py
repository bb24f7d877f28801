"""The app's nouns in words: labels of everything closed, and terms as sentences with their consequence."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from utfall.events import Outcome
from utfall.portal.access.errors import Words
from utfall.portal.look.formats import period, share
from utfall.portal.programs.contracts import Clause, PriceKind, State, TermsDraft, TermsView, Visibility
from utfall.terms import ChannelPolicy, Measure, Method, Over, Period, PromotionType
from utfall.terms.program import DAY_SECONDS

_ = gettext_lazy

STATES: Final[dict[State, Words]] = {
    State.DRAFT: _("Draft"),
    State.IN_REVIEW: _("In review"),
    State.ACTIVE: pgettext_lazy("program", "Active"),
    State.PAUSED: _("Paused"),
    State.CLOSED: _("Closed"),
}
CONSEQUENCES: Final[dict[State, Words]] = {
    State.DRAFT: _("Nobody but you sees it, and nothing is paid."),
    State.IN_REVIEW: _("The operator reads it; you can take it back to change it."),
    State.ACTIVE: _("Publishers can take part, clicks count and outcomes are paid."),
    State.PAUSED: _("Clicks still reach your site but earn nothing; what is already earned stays earned."),
    State.CLOSED: _("Nothing more can be earned. What is already earned is still approved and paid."),
}
OUTCOMES: Final[dict[Outcome, Words]] = {
    Outcome.SALE: pgettext_lazy("outcome", "Sale"),
    Outcome.LEAD: pgettext_lazy("outcome", "Lead"),
    Outcome.INSTALL: pgettext_lazy("outcome", "Install"),
    Outcome.ACTION: pgettext_lazy("outcome", "Action"),
    Outcome.CLICK: pgettext_lazy("outcome", "Click"),
    Outcome.VIEWABLE: pgettext_lazy("outcome", "Viewable impression"),
    Outcome.VIDEO: pgettext_lazy("outcome", "Completed video"),
    Outcome.IMPRESSION: pgettext_lazy("outcome", "Impression"),
}
MANY: Final[dict[Outcome, Words]] = {
    Outcome.SALE: pgettext_lazy("outcomes", "sales"),
    Outcome.LEAD: pgettext_lazy("outcomes", "leads"),
    Outcome.INSTALL: pgettext_lazy("outcomes", "installs"),
    Outcome.ACTION: pgettext_lazy("outcomes", "actions"),
    Outcome.CLICK: pgettext_lazy("outcomes", "clicks"),
    Outcome.VIEWABLE: pgettext_lazy("outcomes", "viewable impressions"),
    Outcome.VIDEO: pgettext_lazy("outcomes", "completed videos"),
    Outcome.IMPRESSION: pgettext_lazy("outcomes", "impressions"),
}
ABOUT_OUTCOMES: Final[dict[Outcome, Words]] = {
    Outcome.SALE: _("Somebody buys. You pay a share of the order, or an amount."),
    Outcome.LEAD: _("Somebody asks for a demo or an offer, or signs up. You pay per lead."),
    Outcome.INSTALL: _("Somebody installs your app and opens it."),
    Outcome.ACTION: _("Something you name yourself: a booking, a deposit, a first order."),
    Outcome.CLICK: _("Somebody visits your site. Repeated and robot clicks are free."),
    Outcome.VIEWABLE: _("Half of your ad was in view for a second. What nobody could see is free."),
    Outcome.VIDEO: _("Somebody watched your film to its end."),
    Outcome.IMPRESSION: _("Your ad was shown, whether or not it came into view."),
}
COST_NAMES: Final[dict[Outcome, str]] = {
    Outcome.SALE: "CPS",
    Outcome.LEAD: "CPL",
    Outcome.INSTALL: "CPI",
    Outcome.ACTION: "CPA",
    Outcome.CLICK: "CPC",
    Outcome.VIEWABLE: "vCPM",
    Outcome.VIDEO: "CPCV",
    Outcome.IMPRESSION: "CPM",
}
PRICES: Final[dict[PriceKind, Words]] = {
    PriceKind.SHARE: _("A share of the order"),
    PriceKind.FLAT: _("An amount each"),
    PriceKind.PER_UNIT: _("An amount per item"),
    PriceKind.PER_THOUSAND: _("An amount per thousand"),
}
VISIBILITIES: Final[dict[Visibility, Words]] = {
    Visibility.PUBLIC: _("Open to everybody"),
    Visibility.APPROVAL: _("By application"),
    Visibility.PRIVATE: _("By invitation only"),
}
ABOUT_VISIBILITIES: Final[dict[Visibility, Words]] = {
    Visibility.PUBLIC: _("Listed in the marketplace. A publisher of an allowed type is in at once."),
    Visibility.APPROVAL: _("Listed in the marketplace. Publishers apply and you decide."),
    Visibility.PRIVATE: _("Not listed. Only publishers you invite ever see it."),
}
PROMOTION_TYPES: Final[dict[PromotionType, Words]] = {
    PromotionType.CONTENT: _("Content and influencers"),
    PromotionType.EMAIL: pgettext_lazy("promotion", "E-mail"),
    PromotionType.PRICE_COMPARISON: _("Price comparison"),
    PromotionType.VOUCHER: _("Voucher codes"),
    PromotionType.CASHBACK: _("Cashback"),
    PromotionType.LOYALTY: _("Loyalty programs"),
    PromotionType.CARD_LINKED: _("Card-linked offers"),
    PromotionType.EMPLOYEE_BENEFITS: _("Employee benefits"),
    PromotionType.SUB_NETWORK: _("Sub-networks"),
    PromotionType.DISPLAY: pgettext_lazy("promotion", "Display"),
    PromotionType.SEARCH: _("Search ads"),
    PromotionType.RETARGETING: _("Retargeting"),
    PromotionType.EXTENSION: _("Browser extensions"),
}
METHODS: Final[dict[Method, Words]] = {
    "code": _("Promo code"),
    "click": pgettext_lazy("method", "Click"),
    "view": pgettext_lazy("method", "View"),
    "recurring": pgettext_lazy("method", "Recurring customer"),
}
CHANNEL_POLICIES: Final[dict[ChannelPolicy, Words]] = {
    ChannelPolicy.ANY: _("Pay, by click, code or view"),
    ChannelPolicy.CLICK: _("Pay only after a click"),
    ChannelPolicy.VIEW: _("Pay only after a view"),
    ChannelPolicy.NONE: _("Pay nobody"),
}
MEASURES: Final[dict[Measure, Words]] = {
    Measure.COST: _("Cost, fee included"),
    Measure.COMMISSION: _("Commission"),
    Measure.COUNT: _("Number of outcomes"),
}
PERIODS: Final[dict[Period, Words]] = {
    Period.DAY: _("a day"),
    Period.WEEK: _("a week"),
    Period.MONTH: _("a month"),
    Period.TOTAL: _("in total"),
}
NOW: Final[dict[Period, Words]] = {
    Period.DAY: _("today"),
    Period.WEEK: _("this week"),
    Period.MONTH: _("this month"),
    Period.TOTAL: _("in total"),
}
OVERS: Final[dict[Over, Words]] = {
    Over.REFUSE: _("What does not fit whole is not paid at all"),
    Over.CLAMP: _("What does not fit whole is paid what is left"),
}
CATEGORIES: Final[dict[str, Words]] = {
    "fashion": _("Fashion and shoes"),
    "home": _("Home and garden"),
    "electronics": _("Electronics"),
    "beauty": _("Beauty and health"),
    "food": _("Food and drink"),
    "sports": _("Sports and outdoors"),
    "family": _("Children and family"),
    "travel": _("Travel"),
    "finance": _("Finance and insurance"),
    "energy": _("Energy"),
    "telecom": _("Telecom and broadband"),
    "software": _("Software and B2B"),
    "games": _("Games and apps"),
    "media": _("Media and books"),
    "education": _("Education"),
    "services": _("Services"),
    "other": _("Other"),
}
VERDICTS: Final[dict[str, Words]] = {
    "reached": _("Reached"),
    "on_track": _("On track"),
    "at_risk": _("At risk"),
    "out_of_reach": _("Out of reach"),
    "too_early": _("Too early to tell"),
}
CEILINGS: Final[dict[str, Words]] = {
    "within": _("Within what one may cost"),
    "at_risk": _("May come to cost too much"),
    "over": _("Costs more than it may"),
}

CLAUSES: Final[dict[str, Words]] = {
    "status": _("State"),
    "standard": _("Look-back, click"),
    "incentive": _("Look-back, cashback and loyalty click"),
    "soft": _("Look-back, extension and retargeting click"),
    "view": _("Look-back, view"),
    "attribution": _("Who is paid"),
    "channels": _("Other channels"),
    "fee": _("Network fee"),
    "auto_approval": _("Approval"),
    "hold": _("Hold"),
    "lock": _("Lock"),
    "max_age": _("Late orders"),
    "consent": _("Consent"),
    "recurring": _("Recurring customers"),
    "lapsed": _("Lapsed customers"),
    "promotion_types": _("Allowed promotion"),
    "text": _("Text of the terms"),
}


def clauses(terms: TermsView | TermsDraft) -> Iterator[Clause]:
    """A version as sentences, in reading order; the fee only where it is known."""
    for key, says in _sentences(terms):
        yield Clause(key=key, title=CLAUSES[key], says=says)


def _sentences(terms: TermsView | TermsDraft) -> Iterator[tuple[str, Words]]:
    if isinstance(terms, TermsView):
        yield "status", STATES[terms.status]
    for name in ("standard", "incentive", "soft", "view"):
        yield name, window_says(getattr(terms.windows, name))
    yield "attribution", attribution_says(terms.attribution)
    yield "channels", channels_say(terms.channels, terms.channel_default)
    if terms.fee_ppm is not None:
        yield "fee", fee_says(terms.fee_ppm)
    yield "auto_approval", approval_says(terms.auto_approval_days, terms.delivery_days)
    yield "hold", hold_says(terms.hold_days)
    yield "lock", lock_says(terms.lock_days)
    yield "max_age", max_age_says(terms.max_age_days)
    yield "consent", consent_says(terms.consent_required)
    yield "recurring", recurring_says(terms.recurring_months)
    yield "lapsed", lapsed_says(terms.lapsed_after_days)
    yield "promotion_types", promotion_says(terms.promotion_types)
    yield "text", terms.text


def days(count: int) -> str:
    """30 days."""
    return period(count * DAY_SECONDS)


def window_says(seconds: int) -> str:
    """How long a touch counts."""
    if not seconds:
        return gettext("Never counts.")
    return gettext("Counts for %(time)s.") % {"time": period(seconds)}


def attribution_says(methods: tuple[Method, ...]) -> str:
    """The order in which methods are tried."""
    named = [str(METHODS[one]).lower() for one in methods]
    if len(named) == 1:
        return gettext("Only by %(method)s; the last one wins.") % {"method": named[0]}
    return gettext("First by %(first)s, then by %(rest)s. Within each the last one wins.") % {
        "first": named[0],
        "rest": gettext(", then by ").join(named[1:]),
    }


def channels_say(channels: Mapping[str, ChannelPolicy], default: ChannelPolicy) -> str:
    """What happens to an order that the advertiser credits to a channel."""
    named = [f"“{name}”: {str(CHANNEL_POLICIES[policy]).lower()}" for name, policy in channels.items()]
    rest = str(CHANNEL_POLICIES[default])
    if not named:
        return gettext("Every order: %(policy)s.") % {"policy": rest.lower()}
    return gettext("%(named)s. Every other order: %(policy)s.") % {
        "named": "; ".join(named),
        "policy": rest.lower(),
    }


def fee_says(fee_ppm: int) -> str:
    """The operator's share."""
    if not fee_ppm:
        return gettext("No network fee.")
    return gettext("The network charges %(share)s of each commission, on top of it.") % {
        "share": share(fee_ppm)
    }


def approval_says(auto_approval_days: int | None, delivery_days: int | None = None) -> str:
    """When an outcome is approved."""
    if auto_approval_days is None:
        return gettext("Pending until the advertiser approves or declines it.")
    if auto_approval_days == 0:
        return gettext("Approved at once.")
    says = gettext("Approved by itself after %(time)s, unless the advertiser decides before.") % {
        "time": days(auto_approval_days)
    }
    if delivery_days is None:
        return says
    waits = gettext(
        "Not before what was bought can no longer be returned, counted from %(time)s after the order."
    ) % {"time": days(delivery_days)}
    return f"{says} {waits}"


def hold_says(hold_days: int) -> str:
    """When an approved commission becomes payable."""
    if not hold_days:
        return gettext("Payable as soon as it is approved.")
    return gettext("Payable %(time)s after it is approved.") % {"time": days(hold_days)}


def lock_says(lock_days: int | None) -> str:
    """From when nobody changes an approved commission."""
    if lock_days is None:
        return gettext("Never locked: an approved order can be refunded at any time.")
    if not lock_days:
        return gettext("Locked as soon as it is approved: then only a refund takes it back.")
    return gettext("Locked %(time)s after it is approved: then only a refund takes it back.") % {
        "time": days(lock_days)
    }


def max_age_says(max_age_days: int) -> str:
    """How late an order may be told of."""
    return gettext("Orders that are told of more than %(time)s late are refused.") % {
        "time": days(max_age_days)
    }


def consent_says(consent_required: bool) -> str:
    """Whether a visitor must have agreed to be recognised."""
    if consent_required:
        return gettext("A visitor is recognised only with consent; clicks count either way.")
    return gettext("Visitors are recognised without asking them: only where the law allows it.")


def recurring_says(months: int) -> str:
    """For how long a customer stays with whoever brought it."""
    if not months:
        return gettext("Every order is earned anew.")
    return ngettext(
        "A customer's orders are the first one's publisher's for %(months)d month.",
        "A customer's orders are the first one's publisher's for %(months)d months.",
        months,
    ) % {"months": months}


def lapsed_says(after_days: int | None) -> str:
    """When a customer has lapsed."""
    if after_days is None:
        return gettext("Customers are new or returning, and never lapse.")
    return gettext("A customer without an order for %(time)s has lapsed.") % {"time": days(after_days)}


def promotion_says(types: tuple[PromotionType, ...]) -> str:
    """Who may promote."""
    if not types:
        return gettext("Every kind of promotion.")
    return gettext("Only: %(types)s.") % {
        "types": ", ".join(str(PROMOTION_TYPES[one]).lower() for one in types)
    }


def version_words(number: int) -> Words:
    """Version 3."""
    return format_lazy("{word} {number}", word=_("Version"), number=number)
