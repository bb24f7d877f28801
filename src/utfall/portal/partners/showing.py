"""A publisher as advertisers see it: who it is, what it says of itself, and what it owns."""

from collections.abc import Iterable
from dataclasses import replace

from utfall.portal.access import Caller, Kind, NotFound, Permission
from utfall.portal.partners.contracts import Showcase
from utfall.portal.partners.models import Partnership, Profile, Property
from utfall.portal.partners.publishers import profile_view, property_view
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import Party

MOST = 60


def showcase(caller: Caller, publisher: int) -> Showcase:
    """A publisher that is listed, a partner of the caller's, or the caller itself; else NotFound."""
    caller.require(Permission.LOOK)
    is_listed = Profile.objects.seen_by(caller).filter(publisher=publisher).exists()
    is_known = Partnership.objects.of(caller).filter(publisher=publisher).exists()
    if not (is_listed or is_known or publisher in caller.publishers or caller.sees_all):
        raise NotFound
    return _shown([people.party(Kind.PUBLISHER, publisher)])[0]


def showcases(caller: Caller, publishers: Iterable[int]) -> dict[int, Showcase]:
    """Those of these publishers that the caller may know, by number."""
    caller.require(Permission.LOOK)
    wanted = set(publishers)
    known = {
        *Profile.objects.seen_by(caller).filter(publisher__in=wanted).values_list("publisher", flat=True),
        *Partnership.objects.of(caller).filter(publisher__in=wanted).values_list("publisher", flat=True),
    }
    return {one.party.number: one for one in _shown(people.parties(Kind.PUBLISHER, known).values())}


def find_publishers(
    caller: Caller, search: str = "", *, promotion_type: str = "", country: str = "", category: str = ""
) -> list[Showcase]:
    """Listed publishers whom one could invite, by name: at most sixty; narrow the search for others."""
    caller.require(Permission.LOOK)
    rows = Profile.objects.seen_by(caller).filter(listed=True)
    if country:
        rows = rows.filter(countries__icontains=f'"{country.upper()}"')
    if category:
        rows = rows.filter(categories__icontains=f'"{category}"')
    listed = set(rows.values_list("publisher", flat=True))
    if promotion_type:
        owning = Property.objects.system().filter(promotion_type=promotion_type, archived_at__isnull=True)
        listed &= set(owning.values_list("publisher", flat=True))
    live = {
        one.number: one for one in people.parties(Kind.PUBLISHER, listed).values() if one.state == "active"
    }
    found = [one for one in _shown(live.values()) if _has(one, search)]
    found.sort(key=lambda one: (-one.verified, one.party.name.casefold()))
    return found[:MOST]


def _has(one: Showcase, search: str) -> bool:
    words = search.strip().casefold()[:100]
    told = (one.party.name, one.party.website, one.profile.headline, one.profile.description)
    owned = (text for each in one.properties for text in (each.name, each.url))
    return any(words in text.casefold() for text in (*told, *owned))


def _shown(parties: Iterable[Party]) -> list[Showcase]:
    """Publishers that were found to be in sight, with all that is to be seen of them."""
    listed = list(parties)
    numbers = [one.number for one in listed]
    profiles = {
        row.publisher: profile_view(row) for row in Profile.objects.system().filter(publisher__in=numbers)
    }
    owned: dict[int, list[Property]] = {number: [] for number in numbers}
    rows = Property.objects.system().filter(publisher__in=numbers, archived_at__isnull=True)
    for row in rows.order_by("name", "pk"):
        owned[row.publisher].append(row)
    return [
        Showcase(
            party=one,
            profile=profiles.get(one.number) or profile_view(Profile(publisher=one.number, listed=False)),
            # The mark proves ownership: nobody else is told.
            properties=tuple(replace(property_view(row), token="") for row in owned[one.number]),
        )
        for one in listed
    ]
