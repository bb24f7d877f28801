"""The operations of funding."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.funding import (
    CreditStandingAnswer,
    DepositSettledAnswer,
    DepositSettlingAnswer,
    EarningsFundedAnswer,
    ListedDepositSettlingAnswer,
    PaymentTermsAnswer,
)
from utfall.client.models.funding_sent import PaymentTermsSent
from utfall.client.reading import each
from utfall.client.transport import Calls


class Funding:
    """Deposits and credit."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def standing(self, *, advertiser: int | None = None) -> tuple[CreditStandingAnswer, ...]:
        """What is used of a deposit and credit. By currency, from the book at one of its entries."""
        return self._calls.call(
            "GET", "/funding", tuple[CreditStandingAnswer, ...], query={"advertiser": advertiser}
        )

    def all_standings(self) -> tuple[CreditStandingAnswer, ...]:
        """Where every advertiser stands. By number and currency."""
        return self._calls.call("GET", "/funding/advertisers", tuple[CreditStandingAnswer, ...])

    def history(self, *, advertiser: int | None = None) -> tuple[PaymentTermsAnswer, ...]:
        """What was agreed on with an advertiser. The newest first; of each currency the newest holds."""
        return self._calls.call(
            "GET", "/funding/terms", tuple[PaymentTermsAnswer, ...], query={"advertiser": advertiser}
        )

    def set_terms(
        self, advertiser: int, body: PaymentTermsSent, *, idempotency_key: str | None = None
    ) -> PaymentTermsAnswer:
        """Agree on terms of payment. From now on; invoices that were issued keep their day."""
        return self._calls.call(
            "PUT",
            f"/funding/advertisers/{advertiser}/terms",
            PaymentTermsAnswer,
            body=body,
            key=idempotency_key,
        )

    def settle(self, advertiser: int, *, idempotency_key: str | None = None) -> DepositSettledAnswer:
        """Pay open invoices from a deposit. Oldest due first; a duty does it by itself every quarter of a
        minute.
        """
        return self._calls.call(
            "POST", f"/funding/advertisers/{advertiser}/settle", DepositSettledAnswer, key=idempotency_key
        )

    def settlings(
        self, *, advertiser: int | None = None, after: int | None = None, limit: int | None = None
    ) -> ListedDepositSettlingAnswer:
        """What deposits paid. Newest first."""
        return self._calls.call(
            "GET",
            "/funding/settlings",
            ListedDepositSettlingAnswer,
            query={"advertiser": advertiser, "after": after, "limit": limit},
        )

    def each_settlings(
        self, *, advertiser: int | None = None, limit: int | None = None
    ) -> Iterator[DepositSettlingAnswer]:
        """What deposits paid. All of them, part by part."""
        return each(lambda after: self.settlings(after=after, advertiser=advertiser, limit=limit))

    def funded(
        self, *, publisher: int | None = None, program: int | None = None
    ) -> tuple[EarningsFundedAnswer, ...]:
        """How much of a publisher's commission is funded. By program, currency and status; nothing of the
        advertisers' balances.
        """
        return self._calls.call(
            "GET",
            "/funding/funded",
            tuple[EarningsFundedAnswer, ...],
            query={"publisher": publisher, "program": program},
        )
