"""The operations of payouts."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.payouts import (
    EarningsAnswer,
    ExchangeRatesAnswer,
    ListedPayoutAnswer,
    ListedPayoutBatchAnswer,
    ListedPayoutCameBackAnswer,
    PaidCommissionsAnswer,
    PayoutAnswer,
    PayoutBatchAnswer,
    PayoutCameBackAnswer,
    PayoutDetailsAnswer,
    PayoutDueAnswer,
    PayoutDueSumAnswer,
    PayoutFileAnswer,
)
from utfall.client.models.payouts_words import PayoutState
from utfall.client.reading import each
from utfall.client.transport import Calls


class PayoutsReading:
    """Payouts. What only looks."""

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

    def due_sums(self) -> tuple[PayoutDueSumAnswer, ...]:
        """What is due, by currency. In so many payouts, and what of the payable waits; who and why: `GET
        /payouts/due`.
        """
        return self._calls.call("GET", "/payouts/due/sums", tuple[PayoutDueSumAnswer, ...])

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

    def exchange_rates(self) -> ExchangeRatesAnswer:
        """Where exchange rates stand. Which table is in use, how old it is, and the rate of each currency
        that is used.
        """
        return self._calls.call("GET", "/payouts/rates", ExchangeRatesAnswer)

    def batches(self, *, after: int | None = None, limit: int | None = None) -> ListedPayoutBatchAnswer:
        """Batches of payouts. Newest first."""
        return self._calls.call(
            "GET", "/payouts/batches", ListedPayoutBatchAnswer, query={"after": after, "limit": limit}
        )

    def each_batches(self, *, limit: int | None = None) -> Iterator[PayoutBatchAnswer]:
        """Batches of payouts. All of them, part by part."""
        return each(lambda after: self.batches(after=after, limit=limit))

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
