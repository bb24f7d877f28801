"""Quality by API: everything that the pages do."""

from dataclasses import asdict, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.quality import facade, schemas
from utfall.portal.quality.chapter import BUYING, SELLING
from utfall.portal.quality.comparing import STEPS
from utfall.portal.quality.contracts import BlamedView, HandledView, HeldView, LookView, ProfileView
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Query, listed

endpoints = Endpoints("quality", _("Quality"))


@endpoints.get(
    "/quality/findings", kinds=BUYERS, answers=Listed[schemas.FindingAnswer], summary="Doubtful traffic"
)
def findings(request: ApiRequest, wanted: Query[schemas.FindingsWanted]) -> dict[str, Any]:
    """What looks doubtful, the most at stake first."""
    return listed(facade.findings(request.caller, **wanted.dict()))


@endpoints.get(
    "/quality/findings/{int:finding}", kinds=BUYERS, answers=schemas.FindingAnswer, summary="One finding"
)
def finding(request: ApiRequest, finding: int) -> Any:
    """Where it stands."""
    return facade.finding(request.caller, finding)


@endpoints.get(
    "/quality/findings/{int:finding}/orders",
    kinds=BUYERS,
    answers=Listed[schemas.BlamedAnswer],
    summary="The orders a finding blames",
)
def blamed(request: ApiRequest, finding: int, wanted: Query[schemas.PartWanted]) -> dict[str, Any]:
    """Newest first, with what was decided about each."""
    part = facade.blamed(request.caller, finding, after=wanted.after, limit=wanted.limit)
    return listed(part, _blamed)


@endpoints.post(
    "/quality/findings/{int:finding}/hold",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=schemas.ResultAnswer,
    summary="Hold blamed orders",
)
def hold(request: ApiRequest, finding: int, sent: schemas.HoldSent) -> Any:
    """Into the review queue. The day on which silence approves does not move; say what happens before it."""
    return facade.hold(request.caller, finding, **sent.dict())


@endpoints.post(
    "/quality/findings/{int:finding}/release",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=schemas.ResultAnswer,
    summary="Release blamed orders",
)
def release(request: ApiRequest, finding: int, sent: schemas.ReleaseSent) -> Any:
    """They wait for their approval like any other order."""
    return facade.release(request.caller, finding, sent.orders, why=sent.why)


@endpoints.post(
    "/quality/findings/{int:finding}/decline",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=schemas.ResultAnswer,
    summary="Decline blamed orders",
)
def decline(request: ApiRequest, finding: int, sent: schemas.DeclineSent) -> Any:
    """Through validation, and final. What cannot be declined is left, with the reason."""
    return facade.decline(request.caller, finding, sent.orders, reason=sent.reason, evidence=sent.evidence)


@endpoints.post(
    "/quality/findings/{int:finding}/dismiss",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=schemas.FindingAnswer,
    summary="Dismiss a finding",
)
def dismiss(request: ApiRequest, finding: int, sent: schemas.DismissalSent) -> Any:
    """What is like it is not told again for 90 days."""
    facade.dismiss(request.caller, finding, sent.why)
    return facade.finding(request.caller, finding)


@endpoints.post(
    "/quality/findings/{int:finding}/reopen",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=schemas.FindingAnswer,
    summary="Open a dismissed finding again",
)
def reopen(request: ApiRequest, finding: int) -> Any:
    """Take a dismissal back."""
    facade.reopen(request.caller, finding)
    return facade.finding(request.caller, finding)


@endpoints.post(
    "/quality/orders/{int:conversion}/undo",
    needs=Permission.MONEY,
    kinds=BUYING,
    summary="Take back a hold or a release",
)
def undo(request: ApiRequest, conversion: int) -> None:
    """The order is undecided again."""
    facade.undo(request.caller, conversion)


@endpoints.get(
    "/quality/held", kinds=BUYERS, answers=Listed[schemas.HandledAnswer], summary="The review queue"
)
def held(request: ApiRequest, wanted: Query[schemas.PartWanted]) -> dict[str, Any]:
    """Held orders, the nearest day on which silence approves first."""
    return listed(facade.held(request.caller, after=wanted.after, limit=wanted.limit), _held)


@endpoints.get(
    "/programs/{int:program}/quality", kinds=BUYERS, answers=schemas.LookAnswer, summary="The last look"
)
def look(request: ApiRequest, program: int) -> dict[str, Any]:
    """When a program was looked at, and how its publishers spread."""
    return _look(facade.look(request.caller, program))


@endpoints.get(
    "/programs/{int:program}/quality/publishers",
    kinds=BUYERS,
    answers=Listed[schemas.ProfileAnswer],
    summary="Publishers compared",
)
def profiles(request: ApiRequest, program: int, wanted: Query[schemas.PartWanted]) -> dict[str, Any]:
    """Those with the most orders first."""
    part = facade.profiles(request.caller, program, after=wanted.after, limit=wanted.limit)
    return listed(part, _profile)


@endpoints.get(
    "/traffic", kinds=SELLING, answers=list[schemas.ProfileAnswer], summary="How your traffic compares"
)
def mine(request: ApiRequest) -> list[dict[str, Any]]:
    """Your own, beside quartiles without names, where at least five publishers can be compared."""
    return [_profile(one) for one in facade.mine(request.caller)]


def _plain(view: Any) -> dict[str, Any]:
    return {one.name: getattr(view, one.name) for one in fields(view)}


def _blamed(view: BlamedView) -> dict[str, Any]:
    return _plain(view) | {"status": view.order.status if view.order else None}


def _held(view: HeldView) -> HandledView:
    return view.handled


def _profile(view: ProfileView) -> dict[str, Any]:
    refused = [{"reason": reason, "clicks": count} for reason, count in view.refused]
    return _plain(view) | {"refused": refused, "spreads": _spreads(view)}


def _look(view: LookView) -> dict[str, Any]:
    return _plain(view) | {"delay_steps": list(STEPS), "spreads": _spreads(view)}


def _spreads(view: ProfileView | LookView) -> dict[str, Any]:
    return {name.value: asdict(one) for name, one in view.spreads.items()}
