"""The API's operations of webhooks, postbacks and their deliveries."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Query, listed
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.contracts import EndpointView, Macro, NewSecret, Preview, SendingView
from utfall.portal.webhooks.schemas import (
    EndpointAnswer,
    EndpointMade,
    EndpointSent,
    MacroAnswer,
    PreviewAnswer,
    PreviewSent,
    ReplayAnswer,
    ReplaySent,
    RotationSent,
    SecretAnswer,
    SendingAnswer,
    SendingsWanted,
    SendingWhole,
)

endpoints = Endpoints("webhooks", _("Webhooks and postbacks"))
TRACK = Permission.TRACK


@endpoints.get("/webhooks", answers=list[EndpointAnswer], summary="Webhooks and postbacks")
def hooks(request: ApiRequest) -> list[EndpointView]:
    """Every endpoint, the oldest first."""
    return facade.endpoints(request.caller)


@endpoints.post("/webhooks", answers=SecretAnswer, needs=TRACK, status=201, summary="Make an endpoint")
def make(request: ApiRequest, body: EndpointMade) -> NewSecret:
    """A new webhook or postback; its secret is in this answer alone."""
    return facade.create_endpoint(request.caller, body.draft(), advertiser=body.advertiser)


@endpoints.get("/webhooks/macros", answers=list[MacroAnswer], summary="Macros of postbacks")
def macros(request: ApiRequest) -> list[Macro]:
    """Everything that may stand in curly brackets."""
    return facade.macros()


@endpoints.post("/webhooks/preview", answers=PreviewAnswer, summary="Preview a postback")
def preview(request: ApiRequest, body: PreviewSent) -> Preview:
    """The address with your newest conversion in it, or a made-up one."""
    return facade.preview(request.caller, body.url, body.program)


@endpoints.get("/webhooks/deliveries", answers=Listed[SendingAnswer], summary="Deliveries")
def deliveries(request: ApiRequest, wanted: Query[SendingsWanted]) -> dict[str, Any]:
    """The log, newest first."""
    found = facade.sendings(
        request.caller,
        endpoint=wanted.endpoint,
        state=wanted.state,
        kind=wanted.kind,
        after=wanted.after,
        limit=wanted.limit,
    )
    return listed(found)


@endpoints.get("/webhooks/deliveries/{int:sending}", answers=SendingWhole, summary="One delivery")
def delivery(request: ApiRequest, sending: int) -> SendingView:
    """With every try: what was sent and what came back."""
    return facade.sending(request.caller, sending)


@endpoints.post(
    "/webhooks/deliveries/{int:sending}/again", answers=SendingWhole, needs=TRACK, summary="Deliver again"
)
def again(request: ApiRequest, sending: int) -> SendingView:
    """At once, under the same id."""
    return facade.redeliver(request.caller, sending)


@endpoints.get("/webhooks/{int:endpoint}", answers=EndpointAnswer, summary="One endpoint")
def hook(request: ApiRequest, endpoint: int) -> EndpointView:
    """One endpoint and how it fares."""
    return facade.endpoint(request.caller, endpoint)


@endpoints.put("/webhooks/{int:endpoint}", answers=EndpointAnswer, needs=TRACK, summary="Change an endpoint")
def change(request: ApiRequest, endpoint: int, body: EndpointSent) -> EndpointView:
    """All but its form and its secret."""
    return facade.change_endpoint(request.caller, endpoint, body.draft())


@endpoints.delete("/webhooks/{int:endpoint}", needs=TRACK, summary="Remove an endpoint")
def remove(request: ApiRequest, endpoint: int) -> None:
    """It is called no more."""
    facade.remove_endpoint(request.caller, endpoint)


@endpoints.post(
    "/webhooks/{int:endpoint}/pause", answers=EndpointAnswer, needs=TRACK, summary="Pause an endpoint"
)
def pause(request: ApiRequest, endpoint: int) -> EndpointView:
    """What changes meanwhile is sent when it is resumed."""
    return facade.pause_endpoint(request.caller, endpoint)


@endpoints.post(
    "/webhooks/{int:endpoint}/resume", answers=EndpointAnswer, needs=TRACK, summary="Resume an endpoint"
)
def resume(request: ApiRequest, endpoint: int) -> EndpointView:
    """What waited is sent, and what it missed."""
    return facade.resume_endpoint(request.caller, endpoint)


@endpoints.post("/webhooks/{int:endpoint}/secret", answers=SecretAnswer, needs=TRACK, summary="New secret")
def rotate(request: ApiRequest, endpoint: int, body: RotationSent) -> NewSecret:
    """Messages carry a signature by the old one as well until the overlap is over."""
    return facade.rotate_secret(request.caller, endpoint, overlap=body.overlap())


@endpoints.post("/webhooks/{int:endpoint}/test", answers=SendingWhole, needs=TRACK, summary="Send a test")
def test(request: ApiRequest, endpoint: int) -> SendingView:
    """A signed ping, or a postback's example; ask for the delivery to see what came of it."""
    return facade.send_test(request.caller, endpoint)


@endpoints.post("/webhooks/{int:endpoint}/replay", answers=ReplayAnswer, needs=TRACK, summary="Replay")
def replay(request: ApiRequest, endpoint: int, body: ReplaySent) -> dict[str, int]:
    """Send again everything after a cursor of the change feed, or what was made in a span of time."""
    number = facade.replay(request.caller, endpoint, cursor=body.cursor, since=body.since, until=body.until)
    return {"number": number}
