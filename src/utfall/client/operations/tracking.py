"""The operations of tracking."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from typing import Literal

from utfall.client.models.people import SecretAnswer
from utfall.client.models.tracking import (
    CallsAnswer,
    PublicKeyAnswer,
    ReceiptAnswer,
    ReceiptDocumentAnswer,
    SentOrderAnswer,
    SetupAnswer,
)
from utfall.client.models.tracking_sent import OfAdvertiser, TestWanted
from utfall.client.transport import Calls

KindWord = Literal["", "conversion", "amendment", "click", "impression", "viewable", "video_progress", "cost"]


class Tracking:
    """Tracking."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def setup(self, *, advertiser: int | None = None) -> SetupAnswer:
        """Tracking set-up. What is set up, what was heard of lately by each method, and a checklist."""
        return self._calls.call("GET", "/tracking/setup", SetupAnswer, query={"advertiser": advertiser})

    def calls(
        self,
        *,
        advertiser: int | None = None,
        cursor: str | None = None,
        kind: KindWord | None = None,
        verdict: Literal["", "accepted", "refused"] | None = None,
        order: str | None = None,
        tests_only: bool | None = None,
    ) -> CallsAnswer:
        """Calls as they come. What the edge heard since the cursor, newest first, with what was decided
        about it. Ask again with the cursor of the answer.
        """
        return self._calls.call(
            "GET",
            "/tracking/calls",
            CallsAnswer,
            query={
                "advertiser": advertiser,
                "cursor": cursor,
                "kind": kind,
                "verdict": verdict,
                "order": order,
                "tests_only": tests_only,
            },
        )

    def test_order(self, body: TestWanted, *, idempotency_key: str | None = None) -> SentOrderAnswer:
        """Send a test order. Send one to the edge as a shop would. It is shown and settled as a test, and
        moves no money.
        """
        return self._calls.call(
            "POST", "/tracking/test-order", SentOrderAnswer, body=body, key=idempotency_key
        )

    def postback_secret(self, body: OfAdvertiser, *, idempotency_key: str | None = None) -> SecretAnswer:
        """Renew the postback secret. A new secret for postbacks, told this once; the one before is void
        within seconds.
        """
        return self._calls.call(
            "POST", "/tracking/postback-secret", SecretAnswer, body=body, key=idempotency_key
        )

    def receipt(
        self, receipt: int, *, side: Literal["", "advertiser", "publisher"] | None = None
    ) -> ReceiptAnswer:
        """A receipt. Why something is owed or is not, by the side that is yours."""
        return self._calls.call("GET", f"/receipts/{receipt}", ReceiptAnswer, query={"side": side})

    def receipt_document(
        self, receipt: int, *, side: Literal["", "advertiser", "publisher"] | None = None
    ) -> ReceiptDocumentAnswer:
        """A receipt with its proof. The side that is yours as it was signed: the answer's body is what
        `utfall receipt verify` reads, offline and with the public key alone.
        """
        return self._calls.call(
            "GET", f"/receipts/{receipt}/document", ReceiptDocumentAnswer, query={"side": side}
        )

    def public_key(self) -> PublicKeyAnswer:
        """The key that receipts are verified with. Compare its fingerprint with one that you got another
        way, then keep it.
        """
        return self._calls.call("GET", "/receipts/key", PublicKeyAnswer)
