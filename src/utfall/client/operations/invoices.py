"""The operations of invoices."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.models.invoices import HouseAccountAnswer, ParticularsAnswer
from utfall.client.models.invoices_sent import HouseAccountSent, HouseCurrencySent, ParticularsSent
from utfall.client.transport import Calls


class Invoices:
    """Invoices."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def particulars(
        self, *, advertiser: int | None = None, publisher: int | None = None
    ) -> ParticularsAnswer:
        """Billing details. Whom papers name, and what is missing before anything can be issued or paid."""
        return self._calls.call(
            "GET", "/billing", ParticularsAnswer, query={"advertiser": advertiser, "publisher": publisher}
        )

    def set_particulars(
        self,
        body: ParticularsSent,
        *,
        advertiser: int | None = None,
        publisher: int | None = None,
        idempotency_key: str | None = None,
    ) -> ParticularsAnswer:
        """Set billing details. Issued papers stay as they are."""
        return self._calls.call(
            "PUT",
            "/billing",
            ParticularsAnswer,
            query={"advertiser": advertiser, "publisher": publisher},
            body=body,
            key=idempotency_key,
        )

    def accept_agreement(self, *, idempotency_key: str | None = None) -> ParticularsAnswer:
        """Accept the self-billing agreement. The operator writes your invoices from then on."""
        return self._calls.call("POST", "/billing/agreement", ParticularsAnswer, key=idempotency_key)

    def house_accounts(self) -> tuple[HouseAccountAnswer, ...]:
        """The house's accounts. By currency."""
        return self._calls.call("GET", "/billing/accounts", tuple[HouseAccountAnswer, ...])

    def set_house_account(
        self, body: HouseAccountSent, *, idempotency_key: str | None = None
    ) -> HouseAccountAnswer:
        """Set the house's account in a currency. The next files use it."""
        return self._calls.call(
            "PUT", "/billing/accounts", HouseAccountAnswer, body=body, key=idempotency_key
        )

    def remove_house_account(self, body: HouseCurrencySent, *, idempotency_key: str | None = None) -> None:
        """Remove the house's account in a currency. Nothing is paid in it until there is another."""
        self._calls.call("POST", "/billing/accounts/remove", type(None), body=body, key=idempotency_key)
