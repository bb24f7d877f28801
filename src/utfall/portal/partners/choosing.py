"""Choosing one of the publishers that a caller works with: a list, or a search where they are many."""

from collections.abc import Iterable
from typing import Final

from django.urls import reverse

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.look.choosing import Offer
from utfall.portal.partners.models import Partnership
from utfall.portal.people import facade as people

PROPOSED: Final = 20


def publishers_offered(caller: Caller) -> Offer:
    """The publishers of the caller's partnerships, of any state; a publisher has no others to choose from."""
    if caller.kind is Kind.PUBLISHER:
        return Offer()
    url = reverse("partners:proposed", kwargs={"org": caller.slug})
    return people.parties_offered(Kind.PUBLISHER, _mine(caller), url)


def publishers_proposed(caller: Caller, words: str) -> list[tuple[int, str]]:
    """The first of them that have the words in their name, website or number, by name."""
    caller.require(Permission.LOOK)
    return people.parties_proposed(Kind.PUBLISHER, _mine(caller), words, limit=PROPOSED)


def _mine(caller: Caller) -> Iterable[int]:
    return Partnership.objects.of(caller).values_list("publisher", flat=True)
