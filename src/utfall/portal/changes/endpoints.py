"""The API's change feed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.changes import facade
from utfall.portal.changes.contracts import Kind
from utfall.portal.rest.facade import ApiRequest, Endpoints, Field, Moment, Query, Schema, Strict

endpoints = Endpoints("changes", _("Change feed"))


class FeedWanted(Strict):
    """Which part of the feed is wanted."""

    after: int = Field(0, ge=0, le=2**63 - 1, description="The cursor `following` of the part before.")
    limit: int = Field(USUAL, ge=1, le=LARGEST, description="How many changes at most.")
    kind: list[Kind] = Field([], max_length=len(Kind), description="Only these kinds.")
    subject: str = Field("", max_length=120, description="Only about this, such as `conversion:17`.")


class ChangeAnswer(Schema):
    """A change, as your side may read it."""

    id: int
    at: Moment
    kind: Kind
    subject: str = Field(description="What changed, such as `conversion:17` or `partnership:3`.")
    advertiser: int | None = None
    publisher: int | None = None
    program: int | None = None
    receipt: int | None = Field(None, description="The receipt that decided it, where one did.")
    body: dict[str, Any]


class FeedAnswer(Schema):
    """Changes after a cursor, oldest first."""

    items: list[ChangeAnswer]
    following: int = Field(description="The cursor to go on from, as `after`.")
    is_end: bool = Field(description="Whether there is nothing more just now; ask again later.")


@endpoints.get("/changes", answers=FeedAnswer, summary="What changed")
def changes(request: ApiRequest, wanted: Query[FeedWanted]) -> dict[str, Any]:
    """Everything that changed after a cursor, oldest first; nothing is told twice or left out."""
    found = facade.changes(request.caller, wanted.after, wanted.limit, wanted.kind, wanted.subject)
    return {"items": list(found.items), "following": found.following, "is_end": found.is_end}
