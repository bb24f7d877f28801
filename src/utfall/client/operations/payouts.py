"""The operations of payouts."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.models.payouts import (
    ExchangeRatesAnswer,
    PayoutAnswer,
    PayoutBatchAnswer,
    PayoutDetailsAnswer,
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
from utfall.client.multipart import File
from utfall.client.operations.payouts_reading import PayoutsReading


class Payouts(PayoutsReading):
    """Payouts."""

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

    def fetch_rates(self, *, idempotency_key: str | None = None) -> ExchangeRatesAnswer:
        """Fetch newer exchange rates. From where the operator said; `last_fetch` says how it went."""
        return self._calls.call("POST", "/payouts/rates/fetch", ExchangeRatesAnswer, key=idempotency_key)

    def give_rates(self, *, file: File, idempotency_key: str | None = None) -> ExchangeRatesAnswer:
        """Give newer exchange rates. A table as the European Central Bank offers it, with a newer day than
        the one in use.
        """
        return self._calls.call(
            "POST", "/payouts/rates/file", ExchangeRatesAnswer, form={"file": file}, key=idempotency_key
        )

    def prepare(self, body: PayoutBatchSent, *, idempotency_key: str | None = None) -> PayoutBatchAnswer:
        """Prepare a batch of payouts. Freezes who is due; nothing is paid before its release."""
        return self._calls.call("POST", "/payouts/batches", PayoutBatchAnswer, body=body, key=idempotency_key)

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

    def note_by_hand(
        self, payout: int, body: PayoutOutcomeSent, *, idempotency_key: str | None = None
    ) -> PayoutAnswer:
        """Note by hand what became of a payout. Usually the bank's files say it."""
        return self._calls.call(
            "POST", f"/payouts/{payout}/outcome", PayoutAnswer, body=body, key=idempotency_key
        )
