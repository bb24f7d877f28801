"""The app's nouns in words: states, reasons, kinds of properties, and what a decision means."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from utfall.portal.access.errors import Words
from utfall.portal.partners.contracts import BanReason, Order, PropertyKind, Reapply, Rejection, State

TABS: Final[tuple[tuple[str, Words, tuple[State, ...]], ...]] = (
    ("waiting", pgettext_lazy("partners", "Waiting"), (State.PENDING,)),
    ("active", pgettext_lazy("partners", "Active"), (State.APPROVED,)),
    ("invited", pgettext_lazy("partners", "Invited"), (State.INVITED,)),
    ("paused", pgettext_lazy("partners", "Paused"), (State.PAUSED,)),
    (
        "ended",
        pgettext_lazy("partners", "Ended"),
        (State.REJECTED, State.DECLINED, State.BANNED, State.ARCHIVED),
    ),
)
STATES: Final[dict[State, Words]] = {
    State.PENDING: pgettext_lazy("partnership", "Waiting"),
    State.APPROVED: pgettext_lazy("partnership", "Active"),
    State.REJECTED: pgettext_lazy("partnership", "Rejected"),
    State.INVITED: pgettext_lazy("partnership", "Invited"),
    State.DECLINED: pgettext_lazy("partnership", "Declined"),
    State.PAUSED: pgettext_lazy("partnership", "Paused"),
    State.BANNED: pgettext_lazy("partnership", "Banned"),
    State.ARCHIVED: pgettext_lazy("partnership", "Ended"),
}
MEANINGS: Final[dict[State, Words]] = {
    State.PENDING: _("The publisher asked to take part and waits for a decision. Nothing is earned yet."),
    State.APPROVED: _("Clicks count, and outcomes earn commission by the rules of the program."),
    State.REJECTED: _("The application was turned down. Nothing is earned."),
    State.INVITED: _("The publisher was invited and has not answered yet. Nothing is earned yet."),
    State.DECLINED: _("The publisher declined the invitation. Nothing is earned."),
    State.PAUSED: _("Clicks still reach the site but earn nothing. What was earned stays earned."),
    State.BANNED: _("Ended for good: nothing is earned, and the publisher cannot apply again."),
    State.ARCHIVED: _("The partnership has ended. What was earned stays earned."),
}
NEXT_STEPS: Final[dict[State, Words]] = {
    State.PENDING: _("Wait for the advertiser's decision; we write to you."),
    State.APPROVED: _("Make a link and put it on your site."),
    State.REJECTED: _("Read why, and apply again when you can."),
    State.INVITED: _("Read the terms, then accept or decline."),
    State.DECLINED: _("You can still apply if you change your mind."),
    State.PAUSED: _("Ask the advertiser what it takes to go on."),
    State.BANNED: _("There is nothing you can do here."),
    State.ARCHIVED: _("You can apply again."),
}
REASONS: Final[dict[str, Words]] = {
    Rejection.PROMOTION_TYPE: _("The way you promote is not allowed in this program"),
    Rejection.AUDIENCE: _("Your audience is not the one we look for"),
    Rejection.CONTENT: _("Your content does not fit our brand"),
    Rejection.INCOMPLETE: _("Your profile or your answers are incomplete"),
    Rejection.BRAND: _("You advertise on our brand name"),
    Rejection.FULL: _("We take no more partners of this kind for now"),
    Rejection.OTHER: _("Another reason"),
    BanReason.TERMS_VIOLATION: _("It broke the terms"),
    BanReason.INAPPROPRIATE_CONTENT: _("Its content is inappropriate"),
    BanReason.FAKE_TRAFFIC: _("Its traffic is not real"),
    BanReason.FRAUD: _("Fraud"),
    BanReason.SPAM: _("It sends spam"),
    BanReason.BRAND_ABUSE: _("It abuses our brand"),
}
REJECTIONS: Final = {one.value: REASONS[one] for one in Rejection}
BANS: Final = {one.value: REASONS[one] for one in BanReason}
REAPPLIES: Final[dict[Reapply, Words]] = {
    Reapply.AT_ONCE: _("At once: as soon as what is missing is mended"),
    Reapply.LATER: _("After 90 days"),
    Reapply.NEVER: pgettext_lazy("apply again", "Never"),
}
KINDS: Final[dict[PropertyKind, Words]] = {
    PropertyKind.SITE: pgettext_lazy("property", "Website"),
    PropertyKind.APP: pgettext_lazy("property", "App"),
    PropertyKind.SOCIAL: pgettext_lazy("property", "Social channel"),
    PropertyKind.NEWSLETTER: pgettext_lazy("property", "Newsletter"),
    PropertyKind.PODCAST: pgettext_lazy("property", "Podcast"),
    PropertyKind.OTHER: pgettext_lazy("property", "Other"),
}
ICONS: Final[dict[PropertyKind, str]] = {
    PropertyKind.SITE: "world",
    PropertyKind.APP: "device-mobile",
    PropertyKind.SOCIAL: "brand-instagram",
    PropertyKind.NEWSLETTER: "mail",
    PropertyKind.PODCAST: "microphone",
    PropertyKind.OTHER: "box",
}
ORDERS: Final[dict[Order, Words]] = {
    Order.NEWEST: _("Newest first"),
    Order.EPC: _("Earnings per click"),
    Order.FASTEST: _("Fastest decision"),
    Order.ACCEPTANCE: _("Acceptance rate"),
    Order.NAME: pgettext_lazy("order", "Name"),
}
PROBLEMS: Final[dict[str, Words]] = {
    "missing": _("We reached the address but did not find the mark. Check that it is saved and published."),
    "elsewhere": _("The address sends visitors on to another site. Verify the site where they end up."),
    "status": _("The address answers with an error. Make sure that it is open to everybody."),
    "unresolved": _("There is no such address. Check how it is spelt."),
    "private": _("The address is not on the open internet, so nobody can look at it from here."),
    "refused": _("The site does not answer. Try again when it is up."),
    "timeout": _("The site took too long to answer. Try again later."),
    "tls": _("The site's certificate is not valid. Renew it, then check again."),
    "too_large": _("The page is larger than a megabyte. Use the file instead of the tag."),
}
UNREACHED: Final = _("The address could not be read. Check it, then try again.")


def problem_words(code: str) -> Words:
    """Why a property was not verified, and what to do."""
    return PROBLEMS.get(code, UNREACHED) if code else ""


def reason_words(code: str) -> Words:
    """A reason of rejection or ban in words; empty where there is none."""
    return REASONS.get(code, code)
