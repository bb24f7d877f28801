"""Who is who: parties by their numbers, for every app that shows a name."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, Role, refuse
from utfall.portal.access.roles import grants_of
from utfall.portal.people.contracts import Correspondent, OrganisationView, Party
from utfall.portal.people.models import Membership, Organisation
from utfall.portal.people.shown import organisation_of, party_of


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


def find_parties(kind: Kind, words: str = "", limit: int = 50) -> list[Party]:
    """Active advertisers or publishers whose name, website or number has the words in it, by name."""
    rows = Organisation.objects.system().filter(kind=kind.value, state=Organisation.State.ACTIVE)
    return [party_of(row) for row in matching(rows, words).order_by("name", "pk")[:limit]]


def correspondents(kind: Kind, number: int, permission: Permission) -> list[Correspondent]:
    """The people of a party whose role allows something, to be written to about it."""
    roles = [role.value for role in Role if permission in grants_of(kind, role)]
    rows = Membership.objects.system().select_related("user").order_by("pk")
    rows = rows.filter(organisation__kind=kind.value, organisation__number=number, role__in=roles)
    return [
        Correspondent(
            email=row.user.email,
            language=row.user.language,
            user=row.user_id,
            organisation=row.organisation_id,
        )
        for row in rows.filter(user__is_active=True)
    ]


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
    found = Q(name__icontains=words) | Q(slug__icontains=words) | Q(website__icontains=words)
    return rows.filter(found | Q(number=int(words)) if words.isdecimal() and len(words) < 12 else found)
