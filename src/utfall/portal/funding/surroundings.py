"""Where else funding shows: on the first page of advertisers and of the operator."""

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.funding.contracts import State
from utfall.portal.funding.standing import all_standings, standings
from utfall.portal.home.cards import Attention, card

FRESH_SECONDS = 30
WORRYING = (State.LOW, State.EXHAUSTED)


@card(kinds=frozenset({Kind.ADVERTISER}), order=9, needs=Permission.MONEY)
def little_left(caller: Caller) -> list[Attention]:
    """That a deposit, with the credit, is nearly or wholly used."""
    worst = _worst_of(caller.number)
    if worst is None:
        return []
    gone = worst == State.EXHAUSTED.value
    return [
        Attention(
            words=_("Your deposit and credit are used up") if gone else _("Little is left of your deposit"),
            icon="wallet",
            tone="bad" if gone else "warn",
            url=reverse("finance:own", args=[caller.slug]),
            action=_("Pay in"),
        )
    ]


@card(kinds=frozenset({Kind.OPERATOR}), order=25, needs=Permission.MONEY)
def advertisers_with_little(caller: Caller) -> Attention | None:
    """How many advertisers have used their deposits and credit, or nearly."""
    count = cache.get_or_set("funding-worrying", _worrying, FRESH_SECONDS)
    if not count:
        return None
    return Attention(
        words=_("Advertisers have little or nothing left to use"),
        count=count,
        icon="scale",
        url=reverse("funding:index", args=[caller.slug]),
        action=_("Look"),
    )


def _worst_of(advertiser: int) -> str | None:
    """The worst state of an advertiser in any currency, where it is worth a word; asked twice a minute."""
    key = f"funding-worst:{advertiser}"
    found: tuple[str | None] | None = cache.get(key)
    if found is None:
        states = {one.state for one in standings(advertiser) if one.used_micros > 0}
        found = (next((one.value for one in reversed(WORRYING) if one in states), None),)
        cache.set(key, found, FRESH_SECONDS)
    return found[0]


def _worrying() -> int:
    return len({one.advertiser for one in all_standings() if one.state in WORRYING and one.used_micros > 0})
