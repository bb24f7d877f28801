"""The operations of finance."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.models.finance import AdvertiserMoneyAnswer, FinanceFiguresAnswer
from utfall.client.transport import Calls


class Finance:
    """Finance."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def figures(self, *, currency: str | None = None) -> FinanceFiguresAnswer:
        """The house's money in a currency. Balances, the age of invoices, credit, payables, fees and the
        cash to come, as of one entry.
        """
        return self._calls.call("GET", "/finance", FinanceFiguresAnswer, query={"currency": currency})

    def own(self, *, advertiser: int | None = None) -> AdvertiserMoneyAnswer:
        """An advertiser's own money. Deposit, limit, what is open, and what the deposit paid."""
        return self._calls.call(
            "GET", "/finance/own", AdvertiserMoneyAnswer, query={"advertiser": advertiser}
        )
