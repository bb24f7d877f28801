"""The operations of finance."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date

from utfall.client.models.finance import AdvertiserMoneyAnswer, FinanceFeesAnswer, FinanceFiguresAnswer
from utfall.client.transport import Calls


class Finance:
    """Finance."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def figures(self, *, currency: str | None = None, as_of: date | None = None) -> FinanceFiguresAnswer:
        """The house's money in a currency. Balances, the age of invoices, credit, payables, fees and the
        cash to come, as of one entry; or what of these stood at the end of a past day. A day that may
        still grow is refused (`day_not_over`), and so is one before anything was settled
        (`before_the_book`).
        """
        return self._calls.call(
            "GET", "/finance", FinanceFiguresAnswer, query={"currency": currency, "as_of": as_of}
        )

    def fees(
        self, *, currency: str | None = None, as_of: date | None = None, month: str | None = None
    ) -> FinanceFeesAnswer:
        """The network's fees by advertiser. The fees of a month, those that were taken back taken off, by
        advertiser.
        """
        return self._calls.call(
            "GET",
            "/finance/fees",
            FinanceFeesAnswer,
            query={"currency": currency, "as_of": as_of, "month": month},
        )

    def own(self, *, advertiser: int | None = None) -> AdvertiserMoneyAnswer:
        """An advertiser's own money. Deposit, limit, what is open, and what the deposit paid."""
        return self._calls.call(
            "GET", "/finance/own", AdvertiserMoneyAnswer, query={"advertiser": advertiser}
        )
