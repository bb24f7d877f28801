"""Members: who belongs to an organisation, and as what. There is always an owner."""

from collections.abc import Container

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, NotFound, Permission, Role, refuse
from utfall.portal.people.changes import record
from utfall.portal.people.contracts import Member
from utfall.portal.people.models import Membership, Organisation
from utfall.portal.people.second_factor import with_second_factor
from utfall.portal.people.within import target


def members(caller: Caller, organisation: int | None = None) -> list[Member]:
    """Everybody of an organisation, owners first."""
    caller.require(Permission.LOOK)
    rows = Membership.objects.of(caller).filter(organisation=target(caller, organisation))
    strong = with_second_factor(rows.values_list("user_id", flat=True))
    found = [_member(row, strong) for row in rows.select_related("user")]
    order = list(Role)
    return sorted(found, key=lambda member: (order.index(member.role), member.email))


def change_role(caller: Caller, user: int, role: Role, *, organisation: int | None = None) -> None:
    """Give a member another role; the last owner stays owner."""
    caller.require(Permission.PEOPLE)
    with transaction.atomic():
        of = target(caller, organisation)
        row = _membership(caller, of, user)
        before = row.role
        if before == role.value:
            return
        if before == Role.OWNER.value:
            _refuse_last_owner(of, row)
        row.role = role.value
        row.save(update_fields=["role"])
        told = {"email": row.user.email}
        record(
            caller,
            "member.role_changed",
            f"user:{user}",
            before={**told, "role": before},
            after={**told, "role": role.value},
            of=of,
        )


def remove(caller: Caller, user: int, *, organisation: int | None = None) -> None:
    """End a membership: an owner any but the last owner's, everybody their own."""
    caller.require(Permission.LOOK if user == caller.user else Permission.PEOPLE)
    with transaction.atomic():
        of = target(caller, organisation)
        row = _membership(caller, of, user)
        if row.role == Role.OWNER.value:
            _refuse_last_owner(of, row)
        told = {"email": row.user.email, "role": row.role}
        row.delete()
        record(caller, "member.removed", f"user:{user}", before=told, of=of)


def _membership(caller: Caller, of: Organisation, user: int) -> Membership:
    rows = Membership.objects.of(caller).select_related("user").filter(organisation=of, user_id=user)
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def _refuse_last_owner(of: Organisation, row: Membership) -> None:
    owners = Membership.objects.system().filter(organisation=of, role=Role.OWNER.value)
    if not owners.exclude(pk=row.pk).exists():
        sentence = _("An organisation always has an owner. Make somebody else owner first.")
        refuse("last_owner", sentence, "role")


def _member(row: Membership, strong: Container[int]) -> Member:
    user = row.user
    return Member(
        user=user.pk,
        email=user.email,
        name=user.name,
        role=Role(row.role),
        since=row.created_at,
        visited_at=row.visited_at,
        has_second_factor=user.pk in strong,
    )
