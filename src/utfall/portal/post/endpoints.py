"""How letters fare, by API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, Permission
from utfall.portal.post import facade
from utfall.portal.post.contracts import LetterView, State
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Moment, Paging, Query, Schema, listed

endpoints = Endpoints("post", _("Letters"))
OPERATORS = frozenset({Kind.OPERATOR})


class LetterAnswer(Schema):
    """How a letter fares: not what it says."""

    id: int
    to: str
    subject: str
    state: State
    attempts: int
    next_try: Moment
    error: str
    created_at: Moment
    sent_at: Moment | None


class LetterFilters(Paging):
    """Which letters are wanted."""

    state: State | None = None


@endpoints.get(
    "/letters",
    needs=Permission.OPERATE,
    kinds=OPERATORS,
    answers=Listed[LetterAnswer],
    summary="Letters, newest first",
)
def letters(request: ApiRequest, filters: Query[LetterFilters]) -> dict[str, Any]:
    """Outgoing e-mail and how it fares."""
    return listed(facade.letters(request.caller, filters.state, after=filters.after, limit=filters.limit))


@endpoints.post(
    "/letters/{int:letter}/retry",
    needs=Permission.OPERATE,
    kinds=OPERATORS,
    answers=LetterAnswer,
    summary="Try a letter again",
)
def retry(request: ApiRequest, letter: int) -> LetterView:
    """A letter that was given up or kept."""
    return facade.retry(request.caller, letter)
