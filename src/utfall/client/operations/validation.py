"""The operations of validation."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.conversions import ListedOrderAnswer, OrderAnswer
from utfall.client.models.validation import (
    DecisionBatchAnswer,
    DecisionRow,
    DecisionRowState,
    DecisionsJudgedAnswer,
    Due,
    EvidencePolicyAnswer,
    ListedDecisionBatchAnswer,
    ListedDecisionRow,
    OrderStandingAnswer,
    WorkbenchAnswer,
)
from utfall.client.models.validation_sent import DecisionsSent, EvidencePolicySent, MatchingDecisionSent
from utfall.client.multipart import File
from utfall.client.reading import each
from utfall.client.transport import Calls


class Validation:
    """Validation."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def decide(self, body: DecisionsSent, *, idempotency_key: str | None = None) -> DecisionsJudgedAnswer:
        """Decide about orders. Each row is judged and answered with its verdict; the good ones are written
        when this answers.
        """
        return self._calls.call("POST", "/validations", DecisionsJudgedAnswer, body=body, key=idempotency_key)

    def batches(self, *, after: int | None = None, limit: int | None = None) -> ListedDecisionBatchAnswer:
        """Batches of decisions. Who decided what and when, newest first."""
        return self._calls.call(
            "GET", "/validations", ListedDecisionBatchAnswer, query={"after": after, "limit": limit}
        )

    def each_batches(self, *, limit: int | None = None) -> Iterator[DecisionBatchAnswer]:
        """Batches of decisions. All of them, part by part."""
        return each(lambda after: self.batches(after=after, limit=limit))

    def upload(
        self,
        *,
        advertiser: int | None = None,
        apply: bool | None = None,
        file: File,
        idempotency_key: str | None = None,
    ) -> DecisionBatchAnswer:
        """Decide by file. The file is read and judged in the background; look at the batch for how far it
        is.
        """
        return self._calls.call(
            "POST",
            "/validations/file",
            DecisionBatchAnswer,
            query={"advertiser": advertiser, "apply": apply},
            form={"file": file},
            key=idempotency_key,
        )

    def decide_matching(
        self, body: MatchingDecisionSent, *, idempotency_key: str | None = None
    ) -> DecisionBatchAnswer:
        """Decide about all that match a filter. At most 40,000 orders, judged in the background; look at
        the batch for how far it is.
        """
        return self._calls.call(
            "POST", "/validations/matching", DecisionBatchAnswer, body=body, key=idempotency_key
        )

    def workbench(self) -> WorkbenchAnswer:
        """What waits, by deadline. What waits for a decision, until when, and the money at stake; for a
        publisher by program.
        """
        return self._calls.call("GET", "/validations/workbench", WorkbenchAnswer)

    def waiting(
        self, *, after: int | None = None, limit: int | None = None, due: Due | None = None
    ) -> ListedOrderAnswer:
        """Orders that wait. Those of one span of days, or all that silence will approve; the soonest
        first.
        """
        return self._calls.call(
            "GET",
            "/validations/waiting",
            ListedOrderAnswer,
            query={"after": after, "limit": limit, "due": due},
        )

    def each_waiting(self, *, limit: int | None = None, due: Due | None = None) -> Iterator[OrderAnswer]:
        """Orders that wait. All of them, part by part."""
        return each(lambda after: self.waiting(after=after, limit=limit, due=due))

    def batch(self, batch: int) -> DecisionBatchAnswer:
        """One batch. How far it is, and what became of its rows by now."""
        return self._calls.call("GET", f"/validations/{batch}", DecisionBatchAnswer)

    def rows(
        self,
        batch: int,
        *,
        state: DecisionRowState | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedDecisionRow:
        """Rows of a batch. Each with its verdict, and once it is settled with its outcome and receipt."""
        return self._calls.call(
            "GET",
            f"/validations/{batch}/rows",
            ListedDecisionRow,
            query={"state": state, "after": after, "limit": limit},
        )

    def each_rows(
        self, batch: int, *, state: DecisionRowState | None = None, limit: int | None = None
    ) -> Iterator[DecisionRow]:
        """Rows of a batch. All of them, part by part."""
        return each(lambda after: self.rows(batch, after=after, state=state, limit=limit))

    def apply(self, batch: int, *, idempotency_key: str | None = None) -> DecisionBatchAnswer:
        """Apply a batch. Write the good rows of a batch that was only judged."""
        return self._calls.call(
            "POST", f"/validations/{batch}/apply", DecisionBatchAnswer, key=idempotency_key
        )

    def discard(self, batch: int, *, idempotency_key: str | None = None) -> DecisionBatchAnswer:
        """Discard a batch. Forget a batch that was only judged."""
        return self._calls.call(
            "POST", f"/validations/{batch}/discard", DecisionBatchAnswer, key=idempotency_key
        )

    def standing(self, conversion: int) -> OrderStandingAnswer:
        """What can be decided about an order. Where it stands, line by line, and the decisions that are
        open now.
        """
        return self._calls.call("GET", f"/validations/orders/{conversion}", OrderStandingAnswer)

    def policy(self, program: int) -> EvidencePolicyAnswer:
        """For which reasons a program asks for evidence. The usual ones, unless the program says
        otherwise.
        """
        return self._calls.call("GET", f"/programs/{program}/validation", EvidencePolicyAnswer)

    def set_policy(
        self, program: int, body: EvidencePolicySent, *, idempotency_key: str | None = None
    ) -> EvidencePolicyAnswer:
        """Say for which reasons evidence is asked for. It holds for decisions from now on."""
        return self._calls.call(
            "PUT", f"/programs/{program}/validation", EvidencePolicyAnswer, body=body, key=idempotency_key
        )
