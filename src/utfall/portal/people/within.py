"""Which organisation an operation is about: the caller's own, or any where the operator speaks."""

from utfall.portal.access import Caller, Kind, NotFound, Permission
from utfall.portal.people.models import Organisation


def target(caller: Caller, wanted: int | None) -> Organisation:
    """The row of the organisation that is meant; nobody but an operator can mean another's."""
    if wanted is not None and wanted != caller.organisation:
        if caller.kind is not Kind.OPERATOR or not caller.may(Permission.OPERATE):
            raise NotFound
        return Organisation.objects.one(caller, pk=wanted)
    return Organisation.objects.one(caller, pk=caller.organisation)


def advertiser_of(caller: Caller, wanted: int | None) -> Organisation:
    """The advertiser's organisation, for its own people, its agency and the operator."""
    number = caller.advertiser(wanted)
    found = Organisation.objects.system().filter(kind=Kind.ADVERTISER.value, number=number).first()
    if found is None:
        raise NotFound
    return found
