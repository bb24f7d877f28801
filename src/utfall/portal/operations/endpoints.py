"""The API's operations of operating, and what everybody may read of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, Permission
from utfall.portal.operations import facade
from utfall.portal.operations.contracts import (
    AllowanceView,
    AnnouncementView,
    FeeView,
    HealthView,
    ImpersonationView,
    WaitingView,
)
from utfall.portal.operations.schemas import (
    AnnouncedAnswer,
    AnnouncementAnswer,
    AnnouncementSent,
    DecisionSent,
    FeeAnswer,
    FeeSent,
    FeeSetAnswer,
    FeesWanted,
    HealthAnswer,
    ImpersonationAnswer,
    LimitAnswer,
    LimitsSent,
    TenantAnswer,
    TenantsWanted,
    WaitingAnswer,
    WaitingWanted,
)
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Paging, Query, listed

endpoints = Endpoints("operations", _("Operations"))
OPERATE: Any = {"needs": Permission.OPERATE, "kinds": frozenset({Kind.OPERATOR})}


@endpoints.get("/operations/health", answers=HealthAnswer, summary="How the installation is", **OPERATE)
def health(request: ApiRequest) -> HealthView:
    """Every process and queue, with a word, what it means and how to mend it."""
    return facade.health(request.caller)


@endpoints.get(
    "/operations/waiting", answers=list[WaitingAnswer], summary="What waits for the operator", **OPERATE
)
def waiting(request: ApiRequest, wanted: Query[WaitingWanted]) -> list[WaitingView]:
    """The oldest first, whatever kind it is of."""
    return facade.waiting(request.caller, wanted.matter)


@endpoints.post("/operations/decisions", summary="Decide what waits", **OPERATE)
def decide(request: ApiRequest, body: DecisionSent) -> None:
    """A change that needs a second person needs a person: a key does not decide that."""
    facade.decide(request.caller, body.matter, body.id, approve=body.approve, why=body.why)


@endpoints.get(
    "/operations/tenants", answers=Listed[TenantAnswer], summary="Tenants and what they do", **OPERATE
)
def tenants(request: ApiRequest, wanted: Query[TenantsWanted]) -> dict[str, Any]:
    """Newest first."""
    found = facade.tenants(
        request.caller,
        words=wanted.q,
        kind=wanted.kind,
        state=wanted.state,
        after=wanted.after,
        limit=wanted.limit,
    )
    return listed(found)


@endpoints.get(
    "/operations/tenants/{int:organisation}/limits",
    answers=list[LimitAnswer],
    summary="What a tenant is allowed",
    **OPERATE,
)
def limits(request: ApiRequest, organisation: int) -> list[AllowanceView]:
    """Everything that is limited, with what is usual."""
    return facade.allowances(request.caller, organisation)


@endpoints.put(
    "/operations/tenants/{int:organisation}/limits",
    answers=list[LimitAnswer],
    summary="Allow a tenant more or less",
    **OPERATE,
)
def set_limits(request: ApiRequest, organisation: int, body: LimitsSent) -> list[AllowanceView]:
    """It holds at once."""
    return facade.allow(request.caller, organisation, body.wanted())


@endpoints.get(
    "/operations/fees", answers=Listed[FeeAnswer], summary="The network fee of every program", **OPERATE
)
def fees(request: ApiRequest, wanted: Query[FeesWanted]) -> dict[str, Any]:
    """Newest program first."""
    found = facade.fees(
        request.caller,
        words=wanted.q,
        advertiser=wanted.advertiser,
        after=wanted.after,
        limit=wanted.limit,
    )
    return listed(found)


@endpoints.put(
    "/operations/fees/{int:program}",
    answers=FeeSetAnswer,
    summary="Change a program's network fee",
    **OPERATE,
)
def set_fee(request: ApiRequest, program: int, body: FeeSent) -> dict[str, FeeView | int]:
    """A new version of the terms that differs in the fee alone."""
    made = facade.set_fee(
        request.caller, program, body.fee_ppm, effective_from=body.effective_from, why=body.why
    )
    return {"proposal" if isinstance(made, int) else "fee": made}


@endpoints.get(
    "/operations/announcements", answers=Listed[AnnouncementAnswer], summary="All announcements", **OPERATE
)
def announcements(request: ApiRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Newest first, over and withdrawn ones as well."""
    return listed(facade.announcements(request.caller, after=wanted.after, limit=wanted.limit))


@endpoints.post(
    "/operations/announcements", answers=AnnouncementAnswer, status=201, summary="Announce", **OPERATE
)
def announce(request: ApiRequest, body: AnnouncementSent) -> AnnouncementView:
    """A line on every page of those it is for."""
    return facade.announce(request.caller, body.draft())


@endpoints.get(
    "/operations/announcements/{int:announcement}",
    answers=AnnouncementAnswer,
    summary="One announcement",
    **OPERATE,
)
def announcement(request: ApiRequest, announcement: int) -> AnnouncementView:
    """With how many have dismissed it."""
    return facade.announcement(request.caller, announcement)


@endpoints.post(
    "/operations/announcements/{int:announcement}/withdraw",
    answers=AnnouncementAnswer,
    summary="Withdraw an announcement",
    **OPERATE,
)
def withdraw(request: ApiRequest, announcement: int) -> AnnouncementView:
    """It is on no page any more."""
    return facade.withdraw_announcement(request.caller, announcement)


@endpoints.get("/announcements", answers=list[AnnouncedAnswer], summary="What the operator announces")
def announced(request: ApiRequest) -> list[AnnouncementView]:
    """What is for your organisation now, the most urgent first."""
    return facade.announced(request.caller)


@endpoints.get(
    "/impersonations",
    answers=Listed[ImpersonationAnswer],
    needs=Permission.AUDIT,
    summary="Who of the operator's looked",
)
def impersonations(request: ApiRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """At your portal, newest first. Keys never look: only a person in a browser does."""
    return listed(facade.impersonations(request.caller, after=wanted.after, limit=wanted.limit))


@endpoints.post(
    "/impersonations/{int:impersonation}/end",
    answers=ImpersonationAnswer,
    summary="End an impersonation",
    **OPERATE,
)
def end_looking(request: ApiRequest, impersonation: int) -> ImpersonationView:
    """Anybody's, at once: the next request of that browser is refused."""
    return facade.end_looking_of(request.caller, impersonation)
