"""Runs of papers by API."""

from typing import Any

from ninja import Status

from utfall.portal.invoices import facade
from utfall.portal.invoices.chapter import OPERATING, endpoints
from utfall.portal.invoices.paper_contracts import RunWanted
from utfall.portal.invoices.paper_schemas import (
    RowAnswer,
    RowsWanted,
    RunAnswer,
    RunSent,
    row_shown,
    run_shown,
)
from utfall.portal.rest.facade import ApiRequest, Listed, Paging, Query, listed


@endpoints.get("/invoices/runs", answers=Listed[RunAnswer], summary="Runs of papers", **OPERATING)
def runs(request: ApiRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Newest first."""
    return listed(facade.runs(request.caller, after=wanted.after, limit=wanted.limit), run_shown)


@endpoints.post("/invoices/runs", answers=RunAnswer, status=201, summary="Have papers drafted", **OPERATING)
def start(request: ApiRequest, sent: RunSent) -> Any:
    """Nothing is issued before you say so; `work` tells how far it is."""
    return Status(201, run_shown(facade.start(request.caller, RunWanted(**sent.dict()))))


@endpoints.get("/invoices/runs/{int:paper_run}", answers=RunAnswer, summary="One run of papers", **OPERATING)
def run(request: ApiRequest, paper_run: int) -> dict[str, Any]:
    """Where it stands."""
    return run_shown(facade.run(request.caller, paper_run))


@endpoints.get(
    "/invoices/runs/{int:paper_run}/papers",
    answers=Listed[RowAnswer],
    summary="What the papers of a run say, and who gets none",
    **OPERATING,
)
def rows(request: ApiRequest, paper_run: int, wanted: Query[RowsWanted]) -> dict[str, Any]:
    """Each with its lines, or with the reason."""
    return listed(facade.drafts(request.caller, paper_run, **wanted.dict()), row_shown)


@endpoints.post(
    "/invoices/runs/{int:paper_run}/issue",
    answers=RunAnswer,
    summary="Issue the papers of a run",
    **OPERATING,
)
def issue(request: ApiRequest, paper_run: int) -> dict[str, Any]:
    """They get numbers, are frozen, and never change."""
    return run_shown(facade.issue(request.caller, paper_run))


@endpoints.post(
    "/invoices/runs/{int:paper_run}/draft-again",
    answers=RunAnswer,
    summary="Draft again what is not issued",
    **OPERATING,
)
def draft_again(request: ApiRequest, paper_run: int) -> dict[str, Any]:
    """As the book and the particulars are now."""
    return run_shown(facade.draft_again(request.caller, paper_run))


@endpoints.post(
    "/invoices/runs/{int:paper_run}/go-on",
    answers=RunAnswer,
    summary="Go on with a run that stopped",
    **OPERATING,
)
def again(request: ApiRequest, paper_run: int) -> dict[str, Any]:
    """The same papers, the same numbers, nothing twice."""
    return run_shown(facade.again(request.caller, paper_run))


@endpoints.post(
    "/invoices/runs/{int:paper_run}/cancel",
    answers=RunAnswer,
    summary="Cancel a run of papers",
    **OPERATING,
)
def cancel(request: ApiRequest, paper_run: int) -> dict[str, Any]:
    """What is issued stays."""
    return run_shown(facade.cancel(request.caller, paper_run))
