"""The API's operations of tracking: the set-up, the calls as they come, a test order, and receipts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission
from utfall.portal.rest.facade import ApiRequest, Endpoints, Query
from utfall.portal.tracking import facade
from utfall.portal.tracking.contracts import PublicKey, ReceiptView, SentOrder, Setup, Wanted, Watched
from utfall.portal.tracking.listed import OWNING
from utfall.portal.tracking.schemas import (
    CallsAnswer,
    CallsWanted,
    DocumentAnswer,
    OfAdvertiser,
    PublicKeyAnswer,
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


@endpoints.get("/receipts/{int:receipt}/document", answers=DocumentAnswer, summary="A receipt with its proof")
def receipt_document(request: ApiRequest, receipt: int, wanted: Query[SideWanted]) -> dict[str, Any]:
    """The side that is yours as it was signed: the answer's body is what `utfall receipt verify` reads,
    offline and with the public key alone."""
    return facade.receipt_document(request.caller, receipt, wanted.side)


@endpoints.get("/receipts/key", answers=PublicKeyAnswer, summary="The key that receipts are verified with")
def public_key(request: ApiRequest) -> PublicKey:
    """Compare its fingerprint with one that you got another way, then keep it."""
    return facade.public_key(request.caller)
