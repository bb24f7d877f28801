"""Who is who: parties by their numbers, for every app that shows a name."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final, TypeVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, Role, refuse
from utfall.portal.access.roles import grants_of
from utfall.portal.look.choosing import Offer, Search
from utfall.portal.people.contracts import Correspondent, OrganisationView, Party
from utfall.portal.people.models import Mandate, Membership, Organisation, User
from utfall.portal.people.shown import organisation_of, party_of

LANGUAGES: Final = {"SE": "sv", "NO": "nb"}
"""In which language somebody is written to who chose none, by the country of their organisation."""
LISTED_AT_MOST: Final = 200
"""Of more than these nobody looks through a list."""
Sort = TypeVar("Sort", int, str)


def party(kind: Kind, number: int) -> Party:
    """One advertiser or publisher; NotFound where there is none."""
    found = parties(kind, [number]).get(number)
    if found is None:
        raise NotFound
    return found


def parties(kind: Kind, numbers: Iterable[int]) -> dict[int, Party]:
    """Advertisers or publishers by number, those that exist."""
    rows = Organisation.objects.system().filter(kind=kind.value, number__in=set(numbers))
    return {row.number: party_of(row) for row in rows}


def party_names(kind: Kind, numbers: Iterable[int]) -> dict[int, str]:
    """What advertisers or publishers are called, by number, those that exist."""
    rows = Organisation.objects.system().filter(kind=kind.value, number__in=set(numbers))
    return dict(rows.values_list("number", "name"))


def organisations(keys: Iterable[int]) -> dict[int, Party]:
    """Organisations of any kind by their own keys, those that exist."""
    rows = Organisation.objects.system().filter(pk__in=set(keys))
    return {row.pk: party_of(row) for row in rows}


def names(users: Iterable[int]) -> dict[int, str]:
    """What people are called, by their numbers: for telling who did something."""
    rows = User.objects.filter(pk__in=set(users))
    return {row.pk: str(row) for row in rows}


def find_parties(kind: Kind, words: str = "", limit: int = 50) -> list[Party]:
    """Active advertisers or publishers whose name, website or number has the words in it, by name."""
    rows = Organisation.objects.system().filter(kind=kind.value, state=Organisation.State.ACTIVE)
    return [party_of(row) for row in matching(rows, words).order_by("name", "pk")[:limit]]


def advertiser_choices(caller: Caller) -> list[tuple[int, str]]:
    """Numbers and names of the advertisers a caller acts for, by name; of an operator's only the first, one
    more than a list offers.
    """
    if caller.kind is Kind.OPERATOR:
        return [(one.number, one.name) for one in find_parties(Kind.ADVERTISER, limit=LISTED_AT_MOST + 1)]
    named = party_names(Kind.ADVERTISER, caller.advertisers)
    return sorted(named.items(), key=lambda one: one[1])


def advertisers_offered(caller: Caller) -> Offer:
    """The advertisers a caller may act for, as a form offers them: a list, or of an operator's a search."""
    choices = advertiser_choices(caller)
    if caller.kind is not Kind.OPERATOR or len(choices) <= LISTED_AT_MOST:
        return Offer(choices=choices)
    url = reverse("people:advertisers", kwargs={"org": caller.slug})
    rows = Organisation.objects.system().filter(kind=Kind.ADVERTISER.value)
    # By number whatever its state: who paid may have been suspended since.
    return Offer(search=_search(url, rows.filter(state=Organisation.State.ACTIVE), rows))


def parties_offered(kind: Kind, numbers: Iterable[int], url: str) -> Offer:
    """Some parties, whatever their state, as a form offers them: a list, or a search for which
    `url` proposes. `numbers` may be a query, which is asked anew with each question.
    """
    choices = parties_proposed(kind, numbers, limit=LISTED_AT_MOST + 1)
    if len(choices) <= LISTED_AT_MOST:
        return Offer(choices=sorted(choices, key=lambda one: one[1].casefold()))
    rows = Organisation.objects.system().filter(kind=kind.value, number__in=numbers)
    return Offer(search=_search(url, rows, rows))


def _search(url: str, named: QuerySet[Organisation], numbered: QuerySet[Organisation]) -> Search:
    """One of many: by a whole name among some, two at most, or by number among others."""

    def by_name(name: str) -> list[tuple[int, str]]:
        return list(named.filter(_spelt("name__iexact", name)).values_list("number", "name")[:2])

    def by_number(number: int) -> tuple[int, str] | None:
        return numbered.filter(number=number).values_list("number", "name").first()

    return Search(url=url, named=by_name, numbered=by_number)


def parties_proposed(
    kind: Kind, numbers: Iterable[int], words: str = "", *, limit: int
) -> list[tuple[int, str]]:
    """Numbers and names of those among some parties, whatever their state, that have the words, by name."""
    rows = Organisation.objects.system().filter(kind=kind.value, number__in=numbers)
    return list(matching(rows, words).order_by("name", "pk").values_list("number", "name")[:limit])


def numbers_found(kind: Kind, words: str) -> Iterable[int]:
    """The numbers of all active advertisers or publishers that have the words: a query within another's."""
    rows = Organisation.objects.system().filter(kind=kind.value, state=Organisation.State.ACTIVE)
    return matching(rows, words).values_list("number", flat=True)


def correspondents(kind: Kind, number: int, permission: Permission) -> list[Correspondent]:
    """The people of a party whose role allows something, to be written to about it, once each; and those of
    the agencies that act for an advertiser, where these want its letters.
    """
    found = _members(kind, permission, organisation__kind=kind.value, organisation__number=number)
    if kind is Kind.ADVERTISER:
        known = {one.email.lower() for one in found}
        theirs = _members(Kind.AGENCY, permission, organisation__in=_agencies_of(number))
        found += {one.email.lower(): one for one in theirs if one.email.lower() not in known}.values()
    return found


def _members(kind: Kind, permission: Permission, **wanted: Any) -> list[Correspondent]:
    """The active people of some organisations whose role allows something there."""
    roles = [role.value for role in Role if permission in grants_of(kind, role)]
    rows = Membership.objects.system().select_related("user", "organisation").order_by("pk")
    return [
        Correspondent(
            email=row.user.email,
            language=row.user.language,
            user=row.user_id,
            organisation=row.organisation_id,
            slug=row.organisation.slug,
        )
        for row in rows.filter(role__in=roles, user__is_active=True, **wanted)
    ]


def _agencies_of(advertiser: int) -> list[int]:
    """The agencies that act for an advertiser now and want to hear of it."""
    rows = Mandate.objects.system().filter(granted_at__isnull=False, ended_at=None, letters=True)
    rows = rows.filter(advertiser__kind=Kind.ADVERTISER.value, advertiser__number=advertiser)
    return list(rows.exclude(agency__state__in=Organisation.SHUT).values_list("agency", flat=True))


def readers(party: Party, permission: Permission, *also: int | str | None) -> list[Correspondent]:
    """Whom to write to at an organisation, once each: its address for others, its people who may do
    something, and whoever else is named, by number or by address. Each reads the language they chose, or
    else their country's.
    """
    usual = LANGUAGES.get(party.country, "en")
    rows = User.objects.filter(is_active=True)
    named = rows.filter(Q(pk__in=_of(int, also)) | Q(email__in=_of(str, also)))
    found: dict[str, Correspondent] = {}
    if party.contact_email:
        found[party.contact_email.lower()] = Correspondent(email=party.contact_email, language=usual)
    for one in correspondents(party.kind, party.number, permission):
        found[one.email.lower()] = one
    for row in named.order_by("pk"):
        found.setdefault(row.email.lower(), Correspondent(email=row.email, language=row.language))
    return [
        replace(one, email=email, language=one.language or usual, slug=one.slug or party.slug)
        for email, one in found.items()
    ]


def _of(kind: type[Sort], values: Iterable[object]) -> set[Sort]:
    return {one for one in values if isinstance(one, kind)}


def organisation(caller: Caller) -> OrganisationView:
    """The organisation the caller acts for."""
    return organisation_of(Organisation.objects.one(caller, pk=caller.organisation))


def is_live(kind: Kind, number: int) -> bool:
    """Whether the operator lets this party do business now."""
    rows = Organisation.objects.system().filter(kind=kind.value, number=number)
    return rows.filter(state=Organisation.State.ACTIVE).exists()


def require_live(caller: Caller) -> None:
    """Refuse what goes live while the operator has not let the organisation in yet."""
    state = Organisation.objects.one(caller, pk=caller.organisation).state
    if state == Organisation.State.PENDING:
        sentence = _("The operator still has to approve your organisation. You can prepare everything now.")
        refuse("organisation_pending", sentence)


def matching(rows: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Those that have the words in their name, address or website, or are the number itself."""
    words = words.strip()[:100]
    if not words:
        return rows
    found = _spelt("name__icontains", words) | Q(slug__icontains=words) | Q(website__icontains=words)
    return rows.filter(found | Q(number=int(words)) if words.isdecimal() and len(words) < 12 else found)


def _spelt(lookup: str, words: str) -> Q:
    """Words in any case as people write names; SQLite itself knows the case of A to Z only, not that of Å."""
    cases = {words}
    if not words.isascii():
        cases |= {words.lower(), words.upper(), words.capitalize(), words.title()}
    found = Q()
    for one in sorted(cases):
        found |= Q(**{lookup: one})
    return found
