"""The operator's operations of the API: organisations of the whole installation."""

from typing import Any

from utfall.portal.access import Kind, Permission
from utfall.portal.people import facade, schemas
from utfall.portal.people.chapter import endpoints
from utfall.portal.people.contracts import Invited, Member, Newcomer, OrganisationView
from utfall.portal.rest.facade import ApiRequest, Listed, Paging, Query

NEEDS: Any = {"needs": Permission.OPERATE, "kinds": frozenset({Kind.OPERATOR})}


class Wanted(Paging):
    """Which organisations."""

    q: str = ""
    kind: Kind | None = None
    state: str = ""


@endpoints.get(
    "/organisations", answers=Listed[schemas.OrganisationAnswer], summary="All organisations", **NEEDS
)
def tenants(request: ApiRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """Newest first."""
    found = facade.tenants(
        request.caller,
        words=wanted.q,
        kind=wanted.kind,
        state=wanted.state,
        after=wanted.after,
        limit=wanted.limit,
    )
    return {"items": found.items, "following": found.following}


@endpoints.post(
    "/organisations",
    answers=schemas.OrganisationAnswer,
    status=201,
    summary="Create an organisation",
    **NEEDS,
)
def create(request: ApiRequest, body: schemas.TenantWanted) -> OrganisationView:
    """Create an organisation of any kind and invite its first owner."""
    told = body.dict(exclude={"owner_email"})
    return facade.create_organisation(request.caller, Newcomer(**told), body.owner_email)


@endpoints.get(
    "/organisations/{int:organisation}",
    answers=schemas.OrganisationAnswer,
    summary="One organisation",
    **NEEDS,
)
def tenant(request: ApiRequest, organisation: int) -> OrganisationView:
    """As the operator sees it."""
    return facade.tenant(request.caller, organisation)


@endpoints.get(
    "/organisations/{int:organisation}/members",
    answers=list[schemas.MemberAnswer],
    summary="An organisation's members",
    **NEEDS,
)
def tenant_members(request: ApiRequest, organisation: int) -> list[Member]:
    """Everybody who works there."""
    return facade.members(request.caller, organisation)


@endpoints.post(
    "/organisations/{int:organisation}/invitations",
    answers=schemas.InvitedAnswer,
    status=201,
    summary="Invite somebody into an organisation",
    **NEEDS,
)
def tenant_invite(request: ApiRequest, organisation: int, body: schemas.NewInvitation) -> Invited:
    """For an organisation whose owner is lost."""
    return facade.invite(request.caller, body.email, body.role, organisation=organisation)


@endpoints.post(
    "/organisations/{int:organisation}/approve",
    answers=schemas.OrganisationAnswer,
    summary="Approve a newcomer",
    **NEEDS,
)
def approve(request: ApiRequest, organisation: int) -> OrganisationView:
    """Let it do business."""
    return facade.approve(request.caller, organisation)


@endpoints.post(
    "/organisations/{int:organisation}/suspend",
    answers=schemas.OrganisationAnswer,
    summary="Suspend an organisation",
    **NEEDS,
)
def suspend(request: ApiRequest, organisation: int, body: schemas.Why) -> OrganisationView:
    """Keep it out, for a reason."""
    return facade.suspend(request.caller, organisation, body.why)


@endpoints.post(
    "/organisations/{int:organisation}/restore",
    answers=schemas.OrganisationAnswer,
    summary="Restore an organisation",
    **NEEDS,
)
def restore(request: ApiRequest, organisation: int) -> OrganisationView:
    """Let it act again."""
    return facade.restore(request.caller, organisation)


@endpoints.put("/sign-up/approval", summary="Whether newcomers wait", **NEEDS)
def approval(request: ApiRequest, body: schemas.ApprovalChange) -> None:
    """Whether newcomers wait for the operator before they do business."""
    facade.set_approval(request.caller, body.approval_needed)
