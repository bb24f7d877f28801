"""Background work by API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Moment,
    Paging,
    Query,
    Schema,
    listed,
)
from utfall.portal.work import facade
from utfall.portal.work.contracts import State, Task

endpoints = Endpoints("work", _("Background work"))


class TaskAnswer(Schema):
    """A piece of work and how far it is."""

    id: int
    kind: str
    state: State
    done: int
    total: int = Field(description="0 where nobody knows yet.")
    percent: int
    said: str = Field(description="What is being done, in a few words.")
    result: Any = Field(description="What came of it; its form depends on the kind.")
    error_code: str
    error: str
    actor: str
    created_at: Moment
    started_at: Moment | None
    ended_at: Moment | None


class TaskFilters(Paging):
    """Which work is wanted."""

    kind: str = Field("", max_length=60)
    state: State | None = None


@endpoints.get("/work", answers=Listed[TaskAnswer], summary="Background work, newest first")
def tasks(request: ApiRequest, filters: Query[TaskFilters]) -> dict[str, Any]:
    """What the organisation asked for, and how far it is."""
    found = facade.tasks(
        request.caller, kind=filters.kind, state=filters.state, after=filters.after, limit=filters.limit
    )
    return listed(found)


@endpoints.get("/work/{int:work}", answers=TaskAnswer, summary="One piece of work")
def task(request: ApiRequest, work: int) -> Task:
    """Ask again until `state` is done, failed or cancelled."""
    return facade.task(request.caller, work)


@endpoints.post("/work/{int:work}/cancel", answers=TaskAnswer, summary="Cancel a piece of work")
def cancel(request: ApiRequest, work: int) -> Task:
    """For whoever may start it. What runs stops within a moment; what it did so far is not undone."""
    return facade.cancel(request.caller, work)
