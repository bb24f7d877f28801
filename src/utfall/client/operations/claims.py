"""The operations of claims."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator, Sequence
from datetime import datetime

from utfall.client.models.claims import (
    ClaimAnswer,
    ClaimClockAnswer,
    ClaimMessageAnswer,
    ClaimProofContent,
    ClaimState,
    ListedClaimAnswer,
)
from utfall.client.models.claims_sent import (
    ClaimClockSent,
    ClaimDenialSent,
    ClaimSent,
    ClaimTextSent,
    ClaimWordsSent,
)
from utfall.client.multipart import File
from utfall.client.reading import each
from utfall.client.transport import Calls


class Claims:
    """Claims."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def claims(
        self,
        *,
        state: ClaimState | None = None,
        program: int | None = None,
        reference: str | None = None,
        due_until: datetime | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedClaimAnswer:
        """Claims. Yours, or those about your programs; newest first."""
        return self._calls.call(
            "GET",
            "/claims",
            ListedClaimAnswer,
            query={
                "state": state,
                "program": program,
                "reference": reference,
                "due_until": due_until,
                "after": after,
                "limit": limit,
            },
        )

    def each_claims(
        self,
        *,
        state: ClaimState | None = None,
        program: int | None = None,
        reference: str | None = None,
        due_until: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[ClaimAnswer]:
        """Claims. All of them, part by part."""
        return each(
            lambda after: self.claims(
                after=after,
                state=state,
                program=program,
                reference=reference,
                due_until=due_until,
                limit=limit,
            )
        )

    def file(self, body: ClaimSent, *, idempotency_key: str | None = None) -> ClaimAnswer:
        """File a claim. Answered at once from the receipts; send proof with a message."""
        return self._calls.call("POST", "/claims", ClaimAnswer, body=body, key=idempotency_key)

    def claim(self, claim: int) -> ClaimAnswer:
        """One claim. Where it stands."""
        return self._calls.call("GET", f"/claims/{claim}", ClaimAnswer)

    def messages(self, claim: int) -> tuple[ClaimMessageAnswer, ...]:
        """The conversation about a claim. Oldest first, with the files that were sent."""
        return self._calls.call("GET", f"/claims/{claim}/messages", tuple[ClaimMessageAnswer, ...])

    def reply(
        self,
        claim: int,
        *,
        text: str | None = None,
        files: Sequence[File] | None = None,
        idempotency_key: str | None = None,
    ) -> ClaimAnswer:
        """Add to a claim. Answer a question, or send proof."""
        return self._calls.call(
            "POST",
            f"/claims/{claim}/messages",
            ClaimAnswer,
            form={"text": text, "files": files},
            key=idempotency_key,
        )

    def proof(self, claim: int, proof: int) -> ClaimProofContent:
        """A file of a claim. Its name and content."""
        return self._calls.call("GET", f"/claims/{claim}/proofs/{proof}", ClaimProofContent)

    def withdraw(self, claim: int, *, idempotency_key: str | None = None) -> ClaimAnswer:
        """Withdraw a claim. It can be filed anew."""
        return self._calls.call("POST", f"/claims/{claim}/withdraw", ClaimAnswer, key=idempotency_key)

    def ask(self, claim: int, body: ClaimTextSent, *, idempotency_key: str | None = None) -> ClaimAnswer:
        """Ask the publisher for more. The clock stops until it answers, for at most 30 days."""
        return self._calls.call("POST", f"/claims/{claim}/ask", ClaimAnswer, body=body, key=idempotency_key)

    def approve(self, claim: int, body: ClaimWordsSent, *, idempotency_key: str | None = None) -> ClaimAnswer:
        """Approve a claim. The award is written and settled within a moment; look at `award`."""
        return self._calls.call(
            "POST", f"/claims/{claim}/approve", ClaimAnswer, body=body, key=idempotency_key
        )

    def deny(self, claim: int, body: ClaimDenialSent, *, idempotency_key: str | None = None) -> ClaimAnswer:
        """Deny a claim. With a reason that its publisher reads."""
        return self._calls.call("POST", f"/claims/{claim}/deny", ClaimAnswer, body=body, key=idempotency_key)

    def clock(self, program: int) -> ClaimClockAnswer:
        """How a program decides claims. How long it takes at most, and how it has done."""
        return self._calls.call("GET", f"/programs/{program}/claims", ClaimClockAnswer)

    def set_clock(
        self, program: int, body: ClaimClockSent, *, idempotency_key: str | None = None
    ) -> ClaimClockAnswer:
        """Set the clock of claims. It holds for claims that are filed from now on."""
        return self._calls.call(
            "PUT", f"/programs/{program}/claims", ClaimClockAnswer, body=body, key=idempotency_key
        )
