"""The API's operations of tracking: the set-up, the calls as they come, a test order, and receipts."""

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission
from utfall.portal.rest.facade import ApiRequest, Endpoints, Query
from utfall.portal.tracking import facade
from utfall.portal.tracking.contracts import ReceiptView, SentOrder, Setup, Wanted, Watched
from utfall.portal.tracking.listed import OWNING
from utfall.portal.tracking.schemas import (
    CallsAnswer,
    CallsWanted,
    OfAdvertiser,
    ReceiptAnswer,
    SecretAnswer,
    SentOrderAnswer,
    SetupAnswer,
    SideWanted,
    TestWanted,
)

endpoints = Endpoints("tracking", _("Tracking"))


@endpoints.get("/tracking/setup", answers=SetupAnswer, kinds=OWNING, summary="Tracking set-up")
def setup(request: ApiRequest, wanted: Query[OfAdvertiser]) -> Setup:
    """What is set up, what was heard of lately by each method, and a checklist."""
    return facade.setup(request.caller, wanted.advertiser)


@endpoints.get("/tracking/calls", answers=CallsAnswer, summary="Calls as they come")
def calls(request: ApiRequest, wanted: Query[CallsWanted]) -> Watched:
    """What the edge heard since the cursor, newest first, with what was decided about it. Ask again with the
    cursor of the answer."""
    asked = Wanted(
        kind=wanted.kind,
        verdict=wanted.verdict,
        order=wanted.order,
        tests_only=wanted.tests_only,
        advertiser=wanted.advertiser,
    )
    return facade.calls(request.caller, wanted.cursor, asked)


@endpoints.post(
    "/tracking/test-order",
    answers=SentOrderAnswer,
    needs=Permission.EVENTS,
    kinds=OWNING,
    summary="Send a test order",
)
def test_order(request: ApiRequest, body: TestWanted) -> SentOrder:
    """Send one to the edge as a shop would. It is shown and settled as a test, and moves no money."""
    return facade.send_test_order(
        request.caller,
        advertiser=body.advertiser,
        program=body.program,
        secret=body.secret,
        click=body.click,
    )


@endpoints.post(
    "/tracking/postback-secret",
    answers=SecretAnswer,
    needs=Permission.TRACK,
    kinds=OWNING,
    summary="Renew the postback secret",
)
def postback_secret(request: ApiRequest, body: OfAdvertiser) -> dict[str, str]:
    """A new secret for postbacks, told this once; the one before is void within seconds."""
    return {"secret": facade.renew_postback_secret(request.caller, body.advertiser)}


@endpoints.get("/receipts/{int:receipt}", answers=ReceiptAnswer, summary="A receipt")
def receipt(request: ApiRequest, receipt: int, wanted: Query[SideWanted]) -> ReceiptView:
    """Why something is owed or is not, by the side that is yours."""
    return facade.receipt(request.caller, receipt, wanted.side)
