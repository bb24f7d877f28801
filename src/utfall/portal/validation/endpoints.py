"""Decisions by API: everything that the pages do."""

from dataclasses import fields
from typing import Annotated, Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import File, Status
from ninja.files import UploadedFile

from utfall.portal.access import Caller, Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.access.times import to_ms
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.schemas import OrderAnswer
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Paging, Query, listed
from utfall.portal.validation import facade
from utfall.portal.validation.chapter import BUYING
from utfall.portal.validation.contracts import BatchView, Decision, PolicyView, RowView, Way
from utfall.portal.validation.schemas import (
    BatchAnswer,
    DecisionRow,
    DecisionsSent,
    FileWanted,
    JudgedAnswer,
    MatchingSent,
    PolicyAnswer,
    PolicySent,
    RowsWanted,
    StandingAnswer,
    WaitingWanted,
    WorkbenchAnswer,
    sorted_reasons,
)

endpoints = Endpoints("validation", _("Validation"))
Sent = Annotated[UploadedFile, File(description="CSV with a heading, or JSON lines; at most 40,000 rows.")]
ALL_AT_ONCE = 200


@endpoints.post(
    "/validations",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=JudgedAnswer,
    status=201,
    summary="Decide about orders",
)
def decide(request: ApiRequest, sent: DecisionsSent) -> Any:
    """Each row is judged and answered with its verdict; the good ones are written when this answers."""
    rows = [one.asked() for one in sent.rows]
    found = facade.decide(
        request.caller, rows, advertiser=sent.advertiser, way=Way.API, name=sent.name, apply=sent.apply
    )
    return Status(201, _shown(found) | {"verdicts": _verdicts(request.caller, found.id)})


@endpoints.post(
    "/validations/file",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=BatchAnswer,
    status=202,
    summary="Decide by file",
)
def upload(request: ApiRequest, file: Sent, wanted: Query[FileWanted]) -> Any:
    """The file is read and judged in the background; look at the batch for how far it is."""
    made = facade.upload(
        request.caller,
        file.file,  # type: ignore[arg-type]
        file.name or "",
        advertiser=wanted.advertiser,
        apply=wanted.apply,
    )
    return Status(202, _shown(made))


@endpoints.post(
    "/validations/matching",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=BatchAnswer,
    status=202,
    summary="Decide about all that match a filter",
)
def decide_matching(request: ApiRequest, sent: MatchingSent) -> Any:
    """At most 40,000 orders, judged in the background; look at the batch for how far it is."""
    made = facade.decide_all(
        request.caller,
        conversions.asked_of(QueryDict(sent.filter)).filters,
        Decision(
            action=sent.action,
            reason=sent.reason,
            evidence=sent.evidence,
            despite_hold=sent.despite_hold,
        ),
        advertiser=sent.advertiser,
        apply=sent.apply,
    )
    return Status(202, _shown(made))


@endpoints.get("/validations/workbench", answers=WorkbenchAnswer, summary="What waits, by deadline")
def workbench(request: ApiRequest) -> dict[str, Any]:
    """What waits for a decision, until when, and the money at stake; for a publisher by program."""
    found = facade.workbench(request.caller)
    running = [
        {"batch": one.batch.id, "state": one.batch.state, "done": one.done, "total": one.total}
        for one in found.running
    ]
    return {one.name: getattr(found, one.name) for one in fields(found)} | {"running": running}


@endpoints.get("/validations/waiting", answers=Listed[OrderAnswer], summary="Orders that wait")
def waiting(request: ApiRequest, wanted: Query[WaitingWanted]) -> dict[str, Any]:
    """Those of one span of days, or all that silence will approve; the soonest first."""
    return listed(facade.waiting(request.caller, wanted.due, wanted.after, wanted.limit))


@endpoints.get("/validations", kinds=BUYERS, answers=Listed[BatchAnswer], summary="Batches of decisions")
def batches(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Who decided what and when, newest first."""
    return listed(facade.batches(request.caller, after=paging.after, limit=paging.limit), _shown)


@endpoints.get("/validations/{int:batch}", kinds=BUYERS, answers=BatchAnswer, summary="One batch")
def batch(request: ApiRequest, batch: int) -> dict[str, Any]:
    """How far it is, and what became of its rows by now."""
    return _shown(facade.batch(request.caller, batch))


@endpoints.get(
    "/validations/{int:batch}/rows", kinds=BUYERS, answers=Listed[DecisionRow], summary="Rows of a batch"
)
def rows(request: ApiRequest, batch: int, wanted: Query[RowsWanted]) -> dict[str, Any]:
    """Each with its verdict, and once it is settled with its outcome and receipt."""
    found = facade.rows(request.caller, batch, state=wanted.state, after=wanted.after, limit=wanted.limit)
    return listed(found, _row)


@endpoints.post(
    "/validations/{int:batch}/apply",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=BatchAnswer,
    summary="Apply a batch",
)
def apply(request: ApiRequest, batch: int) -> dict[str, Any]:
    """Write the good rows of a batch that was only judged."""
    return _shown(facade.apply(request.caller, batch))


@endpoints.post(
    "/validations/{int:batch}/discard",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=BatchAnswer,
    summary="Discard a batch",
)
def discard(request: ApiRequest, batch: int) -> dict[str, Any]:
    """Forget a batch that was only judged."""
    return _shown(facade.discard(request.caller, batch))


@endpoints.get(
    "/validations/orders/{int:conversion}",
    kinds=BUYERS,
    answers=StandingAnswer,
    summary="What can be decided about an order",
)
def standing(request: ApiRequest, conversion: int) -> dict[str, Any]:
    """Where it stands, line by line, and the decisions that are open now."""
    found = facade.standing(request.caller, conversion, to_ms(timezone.now()))
    return {one.name: getattr(found, one.name) for one in fields(found)} | {
        "evidence_for": sorted_reasons(found.evidence_for)
    }


@endpoints.get(
    "/programs/{int:program}/validation",
    kinds=BUYERS,
    answers=PolicyAnswer,
    summary="For which reasons a program asks for evidence",
)
def policy(request: ApiRequest, program: int) -> dict[str, Any]:
    """The usual ones, unless the program says otherwise."""
    return _policy(facade.policy(request.caller, program))


@endpoints.put(
    "/programs/{int:program}/validation",
    needs=Permission.MANAGE,
    kinds=BUYING,
    answers=PolicyAnswer,
    summary="Say for which reasons evidence is asked for",
)
def set_policy(request: ApiRequest, program: int, sent: PolicySent) -> dict[str, Any]:
    """It holds for decisions from now on."""
    return _policy(facade.set_policy(request.caller, program, sent.reasons))


def _verdicts(caller: Caller, batch: int) -> list[dict[str, Any]]:
    found, after = [], None
    while True:
        part = facade.rows(caller, batch, after=after, limit=ALL_AT_ONCE)
        found += [_row(one) for one in part.items]
        after = part.following
        if after is None:
            return found


def _shown(view: BatchView) -> dict[str, Any]:
    told = {one.name: getattr(view, one.name) for one in fields(view)}
    counts = {"good": view.good, "refused": view.refused, "waiting": view.waiting}
    return told | counts | {"states": {state.value: count for state, count in view.states.items()}}


def _row(row: RowView) -> dict[str, Any]:
    told = {one.name: getattr(row, one.name) for one in fields(row)}
    return told | {"sentence": str(row.sentence), "mend": str(row.mend)}


def _policy(view: PolicyView) -> dict[str, Any]:
    return {"program": view.program, "reasons": sorted_reasons(view.reasons), "is_own": view.is_own}
