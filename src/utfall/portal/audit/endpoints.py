"""The log and the approvals by API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, Permission
from utfall.portal.audit import facade
from utfall.portal.audit.contracts import (
    DecidedBy,
    Entry,
    Filters,
    PolicyView,
    ProposalView,
    Required,
    State,
    Verdict,
)
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Micros,
    Moment,
    Paging,
    Ppm,
    Query,
    Schema,
    Strict,
    listed,
)

endpoints = Endpoints("audit", _("Audit log and approvals"))


class EntryAnswer(Schema):
    """A change. Who made it is empty where that is a person of the other side."""

    seq: int
    at: Moment
    action: str
    subject: str
    actor: str
    via: str = Field(description="user, key or system.")
    user: int | None
    key: int | None
    organisation: int
    advertiser: int | None
    publisher: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    why: str
    prior: str = Field(description="The hash of the entry before.")
    hash: str = Field(description="SHA-256 over all the rest as canonical JSON.")


class EntryFilters(Paging):
    """Which entries are wanted."""

    action: str = Field("", max_length=60)
    subject: str = Field("", max_length=120)
    q: str = Field("", max_length=100, description="Words in the subject, actor, action or reason.")
    since: Moment | None = None
    until: Moment | None = None


class VerdictAnswer(Schema):
    """Whether the chain holds."""

    holds: bool
    checked: int
    head: str
    broken_at: int | None
    reason: str = Field(description="missing, unlinked or changed; empty where it holds.")


class ProposalAnswer(Schema):
    """A change that needs a second person."""

    id: int
    kind: str
    words: str
    subject: str
    payload: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    asked_why: str
    asked_name: str
    asked_at: Moment
    expires_at: Moment
    state: State
    decided_name: str
    decided_at: Moment | None
    why: str
    advertiser: int | None
    publisher: int | None


class ProposalFilters(Paging):
    """Which proposals are wanted."""

    state: State | None = None


class Policy(Strict):
    """When a kind of change needs a second person, and who that may be."""

    required: Required
    above_ppm: Ppm | None = None
    above_micros: dict[str, Micros] = Field({}, description="Limits by currency.")
    decided_by: DecidedBy = DecidedBy.COLLEAGUE
    why: str = Field("", max_length=1000)


class PolicyAnswer(Schema):
    """What the operator asks for."""

    kind: str
    required: Required
    above_ppm: int | None
    above_micros: dict[str, int]
    decided_by: DecidedBy


@endpoints.get("/audit", needs=Permission.AUDIT, answers=Listed[EntryAnswer], summary="Changes, newest first")
def entries(request: ApiRequest, filters: Query[EntryFilters]) -> dict[str, Any]:
    """Every change with an effect on money that concerns the organisation."""
    wanted = Filters(
        action=filters.action,
        subject=filters.subject,
        words=filters.q,
        since=filters.since,
        until=filters.until,
    )
    return listed(facade.entries(request.caller, wanted, after=filters.after, limit=filters.limit))


@endpoints.get("/audit/verdict", needs=Permission.AUDIT, answers=VerdictAnswer, summary="Check the chain")
def verdict(request: ApiRequest) -> Verdict:
    """Every entry is hashed again; the answer says how far the chain holds."""
    return facade.check(request.caller)


@endpoints.get("/audit/{int:entry}", needs=Permission.AUDIT, answers=EntryAnswer, summary="One change")
def entry(request: ApiRequest, entry: int) -> Entry:
    """A change by its number."""
    return facade.entry(request.caller, entry)


@endpoints.get("/approvals", answers=Listed[ProposalAnswer], summary="What needs a second person")
def proposals(request: ApiRequest, filters: Query[ProposalFilters]) -> dict[str, Any]:
    """A person decides them in the portal: a key can ask for a change and withdraw it, never approve one."""
    part = facade.proposals(request.caller, filters.state, after=filters.after, limit=filters.limit)
    return listed(part)


@endpoints.get("/approvals/{int:proposal}", answers=ProposalAnswer, summary="One proposal")
def proposal(request: ApiRequest, proposal: int) -> ProposalView:
    """A change that was asked for."""
    return facade.proposal(request.caller, proposal)


@endpoints.post(
    "/approvals/{int:proposal}/withdraw",
    needs=Permission.PRICE,
    answers=ProposalAnswer,
    summary="Withdraw a proposal",
)
def withdraw(request: ApiRequest, proposal: int) -> ProposalView:
    """Whoever asked no longer wants it."""
    return facade.withdraw(request.caller, proposal)


@endpoints.get("/approval-policies", answers=list[PolicyAnswer], summary="What needs approval")
def policies(request: ApiRequest) -> list[PolicyView]:
    """What the operator asks for, kind by kind."""
    return facade.policies(request.caller)


@endpoints.put(
    "/approval-policies/{str:change}",
    needs=Permission.OPERATE,
    kinds=frozenset({Kind.OPERATOR}),
    answers=PolicyAnswer,
    summary="Say what needs approval",
)
def set_policy(request: ApiRequest, change: str, payload: Policy) -> PolicyView:
    """It holds for what is asked for from now on."""
    wanted = PolicyView(
        kind=change,
        required=payload.required,
        above_ppm=payload.above_ppm,
        above_micros=payload.above_micros,
        decided_by=payload.decided_by,
    )
    facade.set_policy(request.caller, wanted, why=payload.why)
    return facade.policy(change)
