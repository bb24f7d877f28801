"""The operations of banking."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.banking import (
    BankBalanceAnswer,
    BankFileAnswer,
    BankMovementAnswer,
    BankMovementVerdict,
    ListedBankFileAnswer,
    ListedBankMovementAnswer,
    PayInAnswer,
)
from utfall.client.models.banking_sent import BankMatchSent, SentBackSent
from utfall.client.multipart import File
from utfall.client.reading import each
from utfall.client.transport import Calls


class Banking:
    """Bank files."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def pay_in(self, *, advertiser: int | None = None) -> PayInAnswer:
        """How to pay in. The reference and the accounts, and what came."""
        return self._calls.call("GET", "/pay-in", PayInAnswer, query={"advertiser": advertiser})

    def files(self, *, after: int | None = None, limit: int | None = None) -> ListedBankFileAnswer:
        """Bank files. Newest first."""
        return self._calls.call(
            "GET", "/bank/files", ListedBankFileAnswer, query={"after": after, "limit": limit}
        )

    def each_files(self, *, limit: int | None = None) -> Iterator[BankFileAnswer]:
        """Bank files. All of them, part by part."""
        return each(lambda after: self.files(after=after, limit=limit))

    def import_file(self, *, file: File, idempotency_key: str | None = None) -> BankFileAnswer:
        """Import a bank file. The same file twice changes nothing. A large one is read in the background."""
        return self._calls.call(
            "POST", "/bank/files", BankFileAnswer, form={"file": file}, key=idempotency_key
        )

    def file(self, bank_file: int) -> BankFileAnswer:
        """One bank file. With how many of its movements were taken for what."""
        return self._calls.call("GET", f"/bank/files/{bank_file}", BankFileAnswer)

    def movements(
        self,
        bank_file: int,
        *,
        verdict: BankMovementVerdict | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedBankMovementAnswer:
        """The movements of a bank file. Each with its verdict."""
        return self._calls.call(
            "GET",
            f"/bank/files/{bank_file}/movements",
            ListedBankMovementAnswer,
            query={"verdict": verdict, "after": after, "limit": limit},
        )

    def each_movements(
        self, bank_file: int, *, verdict: BankMovementVerdict | None = None, limit: int | None = None
    ) -> Iterator[BankMovementAnswer]:
        """The movements of a bank file. All of them, part by part."""
        return each(lambda after: self.movements(bank_file, after=after, verdict=verdict, limit=limit))

    def go_on(self, bank_file: int, *, idempotency_key: str | None = None) -> BankFileAnswer:
        """Go on reading a bank file. Where it was stopped."""
        return self._calls.call("POST", f"/bank/files/{bank_file}/go-on", BankFileAnswer, key=idempotency_key)

    def balances(self) -> tuple[BankBalanceAnswer, ...]:
        """What statements say stands on the accounts. By the newest statement of each account."""
        return self._calls.call("GET", "/bank/balances", tuple[BankBalanceAnswer, ...])

    def suspense(self) -> tuple[BankMovementAnswer, ...]:
        """Money that nobody knows the owner of. Oldest first."""
        return self._calls.call("GET", "/bank/suspense", tuple[BankMovementAnswer, ...])

    def match(
        self, movement: int, body: BankMatchSent, *, idempotency_key: str | None = None
    ) -> BankMovementAnswer:
        """Say whose money it is. It is their deposit from then on."""
        return self._calls.call(
            "POST", f"/bank/movements/{movement}/match", BankMovementAnswer, body=body, key=idempotency_key
        )

    def send_back(
        self, movement: int, body: SentBackSent, *, idempotency_key: str | None = None
    ) -> BankMovementAnswer:
        """Note that money was sent back. To whoever paid it."""
        return self._calls.call(
            "POST",
            f"/bank/movements/{movement}/sent-back",
            BankMovementAnswer,
            body=body,
            key=idempotency_key,
        )
