"""Where else payouts show: on the first page, and among the publishers' programs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.home.cards import Attention, card
from utfall.portal.payouts.coming_back import came_back_count
from utfall.portal.payouts.contracts import BatchState
from utfall.portal.payouts.judging import details_of
from utfall.portal.payouts.models import Batch
from utfall.portal.payouts.rate_standing import old_rates


@card(kinds=frozenset({Kind.PUBLISHER}), order=24, needs=Permission.MONEY)
def getting_paid(caller: Caller) -> Attention | None:
    """What is missing before anything can be paid."""
    view = details_of(caller.number)
    if not any(one.page for one in view.missing):
        return None
    return Attention(
        words=_("Something is missing before you can be paid"),
        icon="wallet",
        url=reverse("payouts:details", args=[caller.slug]),
        action=_("Complete it"),
    )


@card(kinds=frozenset({Kind.OPERATOR}), order=24, needs=Permission.MONEY)
def batches_to_send(caller: Caller) -> Attention | None:
    """Batches that are released and not yet with the bank."""
    rows = Batch.objects.of(caller).filter(state=BatchState.RELEASED.value)
    count = rows.count()
    if not count:
        return None
    return Attention(
        words=_("Payout batches wait to be handed to the bank"),
        count=count,
        icon="building-bank",
        url=reverse("payouts:index", args=[caller.slug]),
        action=_("Send"),
    )


@card(kinds=frozenset({Kind.OPERATOR}), order=26, needs=Permission.MONEY)
def rates_are_old(caller: Caller) -> Attention | None:
    """Publishers who are not paid because the exchange rates are too old."""
    old = old_rates()
    if old is None:
        return None
    return Attention(
        words=_("Exchange rates are too old: publishers wait for newer ones"),
        count=old.waiting,
        icon="arrows-exchange",
        url=reverse("payouts:rates", args=[caller.slug]),
        action=_("See the rates"),
    )


@card(kinds=frozenset({Kind.OPERATOR}), order=25, needs=Permission.MONEY)
def payouts_that_came_back(caller: Caller) -> Attention | None:
    """Payouts that the bank did not pay or sent back, and nobody was paid again."""
    count = came_back_count(caller)
    if not count:
        return None
    return Attention(
        words=_("Payouts came back and are not paid again yet"),
        count=count,
        icon="arrow-back-up",
        url=reverse("payouts:came_back", args=[caller.slug]),
        action=_("See why"),
    )
