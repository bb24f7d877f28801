"""Versions of the terms by API."""

from typing import Any, Final

from utfall.portal.access import Permission
from utfall.portal.programs import answers, facade, schemas
from utfall.portal.programs.chapter import DOERS, endpoints
from utfall.portal.programs.contracts import TermsView
from utfall.portal.rest.facade import ApiRequest, Moment, Number, Query, Strict

MANAGE: Final = Permission.MANAGE


class At(Strict):
    """The moment that is asked about; now, if none is said."""

    at: Moment | None = None


class Since(Strict):
    """The version to compare with."""

    before: Number


@endpoints.get(
    "/programs/{int:program}/terms", answers=answers.TermsAnswer, summary="Terms in force at a moment"
)
def terms(request: ApiRequest, program: int, asked: Query[At]) -> TermsView:
    """What was in force when a click or an order happened."""
    return facade.terms_in_force(request.caller, program, asked.at)


@endpoints.get(
    "/programs/{int:program}/versions", answers=list[answers.TermsAnswer], summary="Versions of the terms"
)
def versions(request: ApiRequest, program: int) -> list[TermsView]:
    """Newest first; publishers see those that were, are or will be in force."""
    return facade.versions(request.caller, program)


@endpoints.get(
    "/programs/{int:program}/versions/{int:number}/changes",
    answers=list[answers.ChangeAnswer],
    summary="What a version changed",
)
def changes(request: ApiRequest, program: int, number: int, since: Query[Since]) -> list[dict[str, Any]]:
    """The clauses that differ from another version, in the language of the request."""
    before = facade.version(request.caller, program, since.before)
    found = facade.difference(before, facade.version(request.caller, program, number))
    return [
        {"key": one.key, "title": str(one.title), "before": str(one.before), "after": str(one.after)}
        for one in found
    ]


@endpoints.put(
    "/programs/{int:program}/draft-terms",
    answers=answers.TermsAnswer,
    needs=MANAGE,
    kinds=DOERS,
    summary="Write the terms of a draft",
)
def draft_terms(request: ApiRequest, program: int, body: schemas.TermsSaid) -> TermsView:
    """Nothing is agreed yet, so they are written over."""
    return facade.draft_terms(request.caller, program, body.draft())


@endpoints.post(
    "/programs/{int:program}/versions",
    answers=answers.PublishedAnswer,
    status=201,
    needs=MANAGE,
    kinds=DOERS,
    summary="Publish new terms",
)
def publish(request: ApiRequest, program: int, body: schemas.NewVersion) -> dict[str, Any]:
    """They hold from a moment on, never in the past; a second person may have to agree first."""
    answer = facade.publish_terms(
        request.caller,
        program,
        body.terms.draft(),
        effective_from=body.effective_from,
        note=body.note,
    )
    return {"proposal": answer} if isinstance(answer, int) else {"version": answer}


@endpoints.post(
    "/programs/{int:program}/versions/{int:number}/withdraw",
    answers=answers.TermsAnswer,
    needs=MANAGE,
    kinds=DOERS,
    summary="Withdraw a version",
)
def withdraw(request: ApiRequest, program: int, number: int, body: schemas.Why) -> TermsView:
    """Before it is in force."""
    return facade.withdraw_terms(request.caller, program, number, why=body.why)
