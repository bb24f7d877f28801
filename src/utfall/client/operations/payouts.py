"""The operations of payouts."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.payouts import (
    EarningsAnswer,
    ListedPayoutAnswer,
    ListedPayoutBatchAnswer,
    ListedPayoutCameBackAnswer,
    PaidCommissionsAnswer,
    PayoutAnswer,
    PayoutBatchAnswer,
    PayoutCameBackAnswer,
    PayoutDetailsAnswer,
    PayoutDueAnswer,
    PayoutFileAnswer,
    PayoutState,
)
from utfall.client.models.payouts_sent import (
    PayoutAccountSent,
    PayoutBatchSent,
    PayoutFileWaySent,
    PayoutOutcomeSent,
    PayoutReleaseSent,
    PayoutWhySent,
    PayoutWishesSent,
)
from utfall.client.reading import each
from utfall.client.transport import Calls


class Payouts:
    """Payouts."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def earnings(self, *, publisher: int | None = None) -> tuple[EarningsAnswer, ...]:
        """Earnings. By currency: what was earned, where it stands, when it moves on, and why it is not
        paid yet.
        """
        return self._calls.call(
            "GET", "/earnings", tuple[EarningsAnswer, ...], query={"publisher": publisher}
        )

    def details(self, *, publisher: int | None = None) -> PayoutDetailsAnswer:
        """How a publisher is paid. And what is missing before anything can be."""
        return self._calls.call(
            "GET", "/payouts/details", PayoutDetailsAnswer, query={"publisher": publisher}
        )

    def set_wishes(
        self, body: PayoutWishesSent, *, publisher: int | None = None, idempotency_key: str | None = None
    ) -> PayoutDetailsAnswer:
        """Set how often a publisher is paid. And from which amount on."""
        return self._calls.call(
            "PUT",
            "/payouts/details",
            PayoutDetailsAnswer,
            query={"publisher": publisher},
            body=body,
            key=idempotency_key,
        )

    def set_account(
        self, body: PayoutAccountSent, *, publisher: int | None = None, idempotency_key: str | None = None
    ) -> PayoutDetailsAnswer:
        """Set the account that is paid to. It is used after three days; nothing is paid until then, and
        the owners are told by mail.
        """
        return self._calls.call(
            "PUT",
            "/payouts/details/account",
            PayoutDetailsAnswer,
            query={"publisher": publisher},
            body=body,
            key=idempotency_key,
        )

    def ask(self, *, idempotency_key: str | None = None) -> PayoutDetailsAnswer:
        """Ask for a payout. For those who are paid when they ask."""
        return self._calls.call("POST", "/payouts/details/ask", PayoutDetailsAnswer, key=idempotency_key)

    def stop(
        self, body: PayoutWhySent, *, publisher: int | None = None, idempotency_key: str | None = None
    ) -> PayoutDetailsAnswer:
        """Stop payouts. Nothing is paid until the operator lets it go on."""
        return self._calls.call(
            "POST",
            "/payouts/details/stop",
            PayoutDetailsAnswer,
            query={"publisher": publisher},
            body=body,
            key=idempotency_key,
        )

    def resume(
        self, publisher: int, body: PayoutWhySent, *, idempotency_key: str | None = None
    ) -> PayoutDetailsAnswer:
        """Let payouts go on. The operator's to decide, whoever stopped them."""
        return self._calls.call(
            "POST",
            f"/payouts/publishers/{publisher}/resume",
            PayoutDetailsAnswer,
            body=body,
            key=idempotency_key,
        )

    def payouts(
        self,
        *,
        state: PayoutState | None = None,
        publisher: int | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedPayoutAnswer:
        """Payouts. Yours, or everybody's; newest first."""
        return self._calls.call(
            "GET",
            "/payouts",
            ListedPayoutAnswer,
            query={"state": state, "publisher": publisher, "after": after, "limit": limit},
        )

    def each_payouts(
        self, *, state: PayoutState | None = None, publisher: int | None = None, limit: int | None = None
    ) -> Iterator[PayoutAnswer]:
        """Payouts. All of them, part by part."""
        return each(lambda after: self.payouts(after=after, state=state, publisher=publisher, limit=limit))

    def due(self) -> tuple[PayoutDueAnswer, ...]:
        """Who is due, and why others are not. Every payable balance with its verdict today."""
        return self._calls.call("GET", "/payouts/due", tuple[PayoutDueAnswer, ...])

    def came_back(
        self, *, is_open: bool | None = None, after: int | None = None, limit: int | None = None
    ) -> ListedPayoutCameBackAnswer:
        """Payouts that came back. Refused by the bank or the book, or returned: each with its next step."""
        return self._calls.call(
            "GET",
            "/payouts/came-back",
            ListedPayoutCameBackAnswer,
            query={"is_open": is_open, "after": after, "limit": limit},
        )

    def each_came_back(
        self, *, is_open: bool | None = None, limit: int | None = None
    ) -> Iterator[PayoutCameBackAnswer]:
        """Payouts that came back. All of them, part by part."""
        return each(lambda after: self.came_back(after=after, is_open=is_open, limit=limit))

    def batches(self, *, after: int | None = None, limit: int | None = None) -> ListedPayoutBatchAnswer:
        """Batches of payouts. Newest first."""
        return self._calls.call(
            "GET", "/payouts/batches", ListedPayoutBatchAnswer, query={"after": after, "limit": limit}
        )

    def each_batches(self, *, limit: int | None = None) -> Iterator[PayoutBatchAnswer]:
        """Batches of payouts. All of them, part by part."""
        return each(lambda after: self.batches(after=after, limit=limit))

    def prepare(self, body: PayoutBatchSent, *, idempotency_key: str | None = None) -> PayoutBatchAnswer:
        """Prepare a batch of payouts. Freezes who is due; nothing is paid before its release."""
        return self._calls.call("POST", "/payouts/batches", PayoutBatchAnswer, body=body, key=idempotency_key)

    def batch(self, payout_batch: int) -> PayoutBatchAnswer:
        """One batch of payouts. Where it stands."""
        return self._calls.call("GET", f"/payouts/batches/{payout_batch}", PayoutBatchAnswer)

    def payouts_of_batch(
        self, payout_batch: int, *, after: int | None = None, limit: int | None = None
    ) -> ListedPayoutAnswer:
        """The payouts of a batch. Newest first."""
        return self._calls.call(
            "GET",
            f"/payouts/batches/{payout_batch}/payouts",
            ListedPayoutAnswer,
            query={"after": after, "limit": limit},
        )

    def each_payouts_of_batch(self, payout_batch: int, *, limit: int | None = None) -> Iterator[PayoutAnswer]:
        """The payouts of a batch. All of them, part by part."""
        return each(lambda after: self.payouts_of_batch(payout_batch, after=after, limit=limit))

    def release(
        self, payout_batch: int, body: PayoutReleaseSent, *, idempotency_key: str | None = None
    ) -> PayoutBatchAnswer:
        """Release a batch of payouts. Where two people are asked for, `proposal` is what the second has to
        decide.
        """
        return self._calls.call(
            "POST",
            f"/payouts/batches/{payout_batch}/release",
            PayoutBatchAnswer,
            body=body,
            key=idempotency_key,
        )

    def discard(self, payout_batch: int, *, idempotency_key: str | None = None) -> PayoutBatchAnswer:
        """Discard a batch of payouts. Everybody in it is due again."""
        return self._calls.call(
            "POST", f"/payouts/batches/{payout_batch}/discard", PayoutBatchAnswer, key=idempotency_key
        )

    def take_out(
        self, payout_batch: int, payout: int, *, idempotency_key: str | None = None
    ) -> PayoutBatchAnswer:
        """Take a payout out of a batch. Before its release."""
        return self._calls.call(
            "DELETE",
            f"/payouts/batches/{payout_batch}/payouts/{payout}",
            PayoutBatchAnswer,
            key=idempotency_key,
        )

    def send(
        self, payout_batch: int, body: PayoutFileWaySent, *, idempotency_key: str | None = None
    ) -> PayoutBatchAnswer:
        """Hand out the bank file of a batch. Once: then get the file, or find it in the directory."""
        return self._calls.call(
            "POST", f"/payouts/batches/{payout_batch}/send", PayoutBatchAnswer, body=body, key=idempotency_key
        )

    def bank_file(self, payout_batch: int, *, part: int | None = None) -> PayoutFileAnswer:
        """The bank file of a batch. ISO 20022 `pain.001.001.09`, the same bytes each time."""
        return self._calls.call(
            "GET", f"/payouts/batches/{payout_batch}/file", PayoutFileAnswer, query={"part": part}
        )

    def payout(self, payout: int) -> PayoutAnswer:
        """One payout. Where it stands."""
        return self._calls.call("GET", f"/payouts/{payout}", PayoutAnswer)

    def commissions(self, payout: int, *, after: str | None = None) -> PaidCommissionsAnswer:
        """The commissions of a payout. Each with its receipt."""
        return self._calls.call(
            "GET", f"/payouts/{payout}/commissions", PaidCommissionsAnswer, query={"after": after}
        )

    def note_by_hand(
        self, payout: int, body: PayoutOutcomeSent, *, idempotency_key: str | None = None
    ) -> PayoutAnswer:
        """Note by hand what became of a payout. Usually the bank's files say it."""
        return self._calls.call(
            "POST", f"/payouts/{payout}/outcome", PayoutAnswer, body=body, key=idempotency_key
        )
