"""Bonuses by API: everything that the pages do."""

from typing import Any

from utfall.portal.bonuses import facade
from utfall.portal.bonuses.chapter import DOING, READERS, endpoints
from utfall.portal.bonuses.schemas import (
    GrantAnswer,
    GrantedAnswer,
    GrantSent,
    GrantsWanted,
    TakeBackSent,
    shown,
)
from utfall.portal.rest.facade import ApiRequest, Listed, Query, listed

__all__ = ["endpoints"]


@endpoints.get(
    "/bonuses", answers=Listed[GrantAnswer], kinds=READERS, summary="Bonuses and placements, newest first"
)
def grants(request: ApiRequest, wanted: Query[GrantsWanted]) -> dict[str, Any]:
    """What your programs granted, or what your publishers were granted."""
    return listed(facade.grants(request.caller, **wanted.dict()), shown)


@endpoints.get("/bonuses/{int:grant}", answers=GrantAnswer, kinds=READERS, summary="A bonus or placement")
def granted(request: ApiRequest, grant: int) -> dict[str, Any]:
    """And what became of it at settlement."""
    return shown(facade.granted(request.caller, grant))


@endpoints.post(
    "/programs/{int:program}/bonuses",
    answers=GrantedAnswer,
    status=201,
    summary="Grant a bonus or pay a placement",
    **DOING,
)
def grant(request: ApiRequest, program: int, body: GrantSent) -> dict[str, Any]:
    """Send an idempotency key: a bonus that is sent twice without one is granted twice."""
    found = facade.grant(request.caller, body.draft(program))
    return {"proposal": found} if isinstance(found, int) else {"grant": shown(found)}


@endpoints.post(
    "/bonuses/{int:grant}/take-back",
    answers=GrantAnswer,
    status=201,
    conflicts=True,
    summary="Take back a bonus",
    **DOING,
)
def take_back(request: ApiRequest, grant: int, body: TakeBackSent) -> dict[str, Any]:
    """All that is left of it, or a part. What was paid out already is owed, and goes against what comes."""
    return shown(facade.take_back(request.caller, grant, **body.dict()))
