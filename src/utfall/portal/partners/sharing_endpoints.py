"""Operations on splits and overrides: who else is paid."""

from utfall.portal.access import Permission
from utfall.portal.partners import facade
from utfall.portal.partners.chapter import BUYING, SELLING, endpoints
from utfall.portal.partners.sharing_contracts import OverrideView, SplitView
from utfall.portal.partners.sharing_schemas import (
    OverrideAnswer,
    OverrideSent,
    SharingEnded,
    SharingWanted,
    SplitAnswer,
    SplitSent,
)
from utfall.portal.rest.facade import ApiRequest, Query

PRICE = Permission.PRICE
AGREEING = BUYING | SELLING


@endpoints.get("/splits", answers=list[SplitAnswer], summary="Splits")
def splits(request: ApiRequest, asked: Query[SharingWanted]) -> list[SplitView]:
    """How commissions are shared among publishers, newest first; a publisher reads its own share."""
    return facade.splits(request.caller, program=asked.program)


@endpoints.post("/splits", answers=SplitAnswer, needs=PRICE, kinds=BUYING, summary="Share a commission")
def add_split(request: ApiRequest, body: SplitSent) -> SplitView:
    """From now on or later, what a publisher wins in a program is shared with others."""
    return facade.add_split(request.caller, body.draft())


@endpoints.post(
    "/splits/{int:split}/end", answers=SplitAnswer, needs=PRICE, kinds=BUYING, summary="End a split"
)
def end_split(request: ApiRequest, split: int, body: SharingEnded) -> SplitView:
    """Orders that were placed before stay shared."""
    return facade.end_split(request.caller, split, body.at, why=body.why)


@endpoints.post(
    "/splits/{int:split}/keep",
    answers=SplitAnswer,
    needs=PRICE,
    kinds=BUYING,
    summary="Take back the end of a split",
)
def keep_split(request: ApiRequest, split: int) -> SplitView:
    """While its end is still to come: it holds on without one."""
    return facade.keep_split(request.caller, split)


@endpoints.get("/overrides", answers=list[OverrideAnswer], summary="Overrides")
def overrides(request: ApiRequest, asked: Query[SharingWanted]) -> list[OverrideView]:
    """What parents get of what their children earn, newest first."""
    return facade.overrides(request.caller, program=asked.program)


@endpoints.post(
    "/overrides",
    answers=OverrideAnswer,
    needs=Permission.MANAGE,
    kinds=AGREEING,
    summary="Give a parent a share",
)
def add_override(request: ApiRequest, body: OverrideSent) -> OverrideView:
    """On top it is agreed by the advertiser of the program; out of the child's own by the child."""
    return facade.add_override(request.caller, body.draft())


@endpoints.post(
    "/overrides/{int:override}/end",
    answers=OverrideAnswer,
    needs=Permission.MANAGE,
    kinds=AGREEING,
    summary="End an override",
)
def end_override(request: ApiRequest, override: int, body: SharingEnded) -> OverrideView:
    """Orders that were placed before stay as they are."""
    return facade.end_override(request.caller, override, body.at, why=body.why)


@endpoints.post(
    "/overrides/{int:override}/keep",
    answers=OverrideAnswer,
    needs=Permission.MANAGE,
    kinds=AGREEING,
    summary="Take back the end of an override",
)
def keep_override(request: ApiRequest, override: int) -> OverrideView:
    """While its end is still to come: it holds on without one."""
    return facade.keep_override(request.caller, override)
