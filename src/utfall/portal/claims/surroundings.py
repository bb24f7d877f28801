"""Where else claims show: among a program's tabs, and on the first page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.claims.chapter import BUYING
from utfall.portal.claims.showing import waiting
from utfall.portal.home.cards import Attention, card
from utfall.portal.programs import tabs

tabs.register("claims", _("Claims"), page="claims:clock", order=76, needs=Permission.MANAGE, kinds=BUYING)


@card(kinds=frozenset({Kind.ADVERTISER, Kind.AGENCY}), order=23, needs=Permission.MONEY)
def claims_to_decide(caller: Caller) -> Attention | None:
    """Claims that wait for a decision."""
    return _told(caller, "open") if waiting(caller) else None


@card(kinds=frozenset({Kind.PUBLISHER}), order=23, needs=Permission.MANAGE)
def claims_to_answer(caller: Caller) -> Attention | None:
    """Claims about which something was asked."""
    return _told(caller, "more_info") if waiting(caller) else None


def _told(caller: Caller, state: str) -> Attention:
    is_publisher = caller.kind is Kind.PUBLISHER
    return Attention(
        words=_("Questions about your claims wait for an answer")
        if is_publisher
        else _("Claims wait for you"),
        count=waiting(caller),
        icon="message-question",
        url=reverse("claims:index", args=[caller.slug]) + f"?state={state}",
        action=_("Answer") if is_publisher else _("Decide"),
    )
