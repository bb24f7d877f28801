"""Commission rules by API: read, replaced as a whole, tried on the past, looked over."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.commission import facade, schemas
from utfall.portal.commission.contracts import Changed, Offer, RevisionView
from utfall.portal.commission.preview import Preview
from utfall.portal.commission.registry import DOERS
from utfall.portal.commission.standing import own_program
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Moment,
    Paging,
    Query,
    Rows,
    Status,
    Strict,
    Verdicts,
    bulk,
    listed,
)

endpoints = Endpoints("commission", _("Commission"))
PRICE = Permission.PRICE
ROUTE = "/programs/{int:program}/commission"


class At(Strict):
    """At which time; `ever` for every rule there was."""

    at: Moment | None = Field(None, description="Null: now.")
    ever: bool = Field(False, description="Every rule that is, was or will be.")


@endpoints.get(
    f"{ROUTE}/rules", answers=list[schemas.RuleAnswer], kinds=BUYERS, summary="Rules in order of precedence"
)
def rules(request: ApiRequest, program: int, at: Query[At]) -> list[dict[str, Any]]:
    """Those in force at a time, or every one."""
    view = own_program(request.caller, program)
    found = facade.rules(request.caller, program, None if at.ever else at.at or timezone.now())
    names = facade.names_of(request.caller, program, [one.draft for one in found])
    return [schemas.rule_answer(one, facade.rule_words(one.draft, view.currency, names)) for one in found]


@endpoints.put(
    f"{ROUTE}/rules",
    answers=schemas.ChangedAnswer,
    needs=PRICE,
    kinds=DOERS,
    summary="Replace the list of rules",
)
def change_rules(request: ApiRequest, program: int, body: schemas.RulesChange) -> dict[str, Any]:
    """The list holds from its time on; rules that do not change go on, others end."""
    return _changed(_change(request.caller, program, body))


@endpoints.post(
    "/commission/rules/bulk",
    needs=PRICE,
    kinds=DOERS,
    bulk=True,
    summary="Replace the rules of many programs",
)
def change_many(request: ApiRequest, body: Rows[schemas.ProgramRules]) -> Status[Verdicts]:
    """Each program by itself, with its own verdict."""
    return bulk(body, lambda row: _plain(_change(request.caller, row.program, row)))


@endpoints.post(
    f"{ROUTE}/lint",
    answers=list[schemas.RemarkAnswer],
    kinds=BUYERS,
    summary="Look a list of rules over",
)
def lint(request: ApiRequest, program: int, body: schemas.RulesBody) -> list[dict[str, Any]]:
    """Rules that never pay, gaps, and prices that look like a slip, with how to mend each. Saves nothing."""
    drafts = [one.draft() for one in body.rules]
    return [schemas.remark_answer(one) for one in facade.findings(request.caller, program, drafts)]


@endpoints.post(
    f"{ROUTE}/previews",
    answers=schemas.PreviewStarted,
    needs=PRICE,
    kinds=DOERS,
    status=202,
    summary="Ask what rules would have paid",
)
def start_preview(request: ApiRequest, program: int, body: schemas.PreviewBody) -> Status[dict[str, int]]:
    """The last days are settled again under these rules, beside those of now."""
    drafts = [one.draft() for one in body.rules]
    return Status(202, {"preview": facade.preview(request.caller, program, drafts, days=body.days)})


@endpoints.get(
    f"{ROUTE}/previews/{{int:whatif}}",
    answers=schemas.PreviewAnswer,
    kinds=BUYERS,
    summary="What rules would have paid",
)
def preview(request: ApiRequest, program: int, whatif: int) -> dict[str, Any]:
    """Ask again until `state` is done, failed or cancelled."""
    return _preview(facade.preview_of(request.caller, program, whatif))


@endpoints.get(
    f"{ROUTE}/revisions",
    answers=Listed[schemas.RevisionAnswer],
    kinds=BUYERS,
    summary="Changes of the rules, newest first",
)
def revisions(request: ApiRequest, program: int, paging: Query[Paging]) -> dict[str, Any]:
    """Who changed what, when, why, and from when on."""
    found = facade.revisions(request.caller, program, after=paging.after, limit=paging.limit)
    return listed(found, _revision)


@endpoints.get(
    f"{ROUTE}/offer",
    answers=schemas.OfferAnswer,
    kinds=frozenset({Kind.PUBLISHER}),
    summary="What a program pays you",
)
def offer(request: ApiRequest, program: int) -> Offer:
    """The rules that can apply to the publisher, in words, with their dates."""
    return facade.offer_for(request.caller, program)


def _change(caller: Caller, program: int, body: schemas.RulesChange) -> Changed:
    drafts = [one.draft() for one in body.rules]
    return facade.change_rules(caller, program, drafts, effective_from=body.effective_from, why=body.why)


def _changed(done: Changed) -> dict[str, Any]:
    return {
        "changes": [schemas.change_answer(one) for one in done.changes],
        "effective_from": done.effective_from,
        "proposal": done.proposal,
    }


def _plain(done: Changed) -> dict[str, Any]:
    return schemas.ChangedAnswer.model_validate(_changed(done)).model_dump(mode="json")


def _revision(one: RevisionView) -> dict[str, Any]:
    return {
        "id": one.id,
        "program": one.program,
        "made_at": one.made_at,
        "made_by": one.made_by,
        "why": one.why,
        "effective_from": one.effective_from,
        "changes": [schemas.change_answer(change) for change in one.changes],
    }


def _preview(found: Preview) -> dict[str, Any]:
    return {
        "preview": found.task.id,
        "state": found.task.state.value,
        "percent": found.task.percent,
        "said": found.task.said,
        "error": found.task.error,
        "since": found.since,
        "until": found.until,
        "report": found.report,
    }
