"""The operations of commission."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator, Sequence
from datetime import datetime

from utfall.client.models.commission import (
    ChangedAnswer,
    CommissionOfferAnswer,
    ListedRevisionAnswer,
    PreviewAnswer,
    PreviewStarted,
    RevisionAnswer,
    RuleAnswer,
    RuleRemarkAnswer,
    Verdicts,
)
from utfall.client.models.commission_sent import PreviewBody, ProgramRules, RulesBody, RulesChange
from utfall.client.reading import each
from utfall.client.transport import Calls


class Commission:
    """Commission."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def rules(
        self, program: int, *, at: datetime | None = None, ever: bool | None = None
    ) -> tuple[RuleAnswer, ...]:
        """Rules in order of precedence. Those in force at a time, or every one."""
        return self._calls.call(
            "GET",
            f"/programs/{program}/commission/rules",
            tuple[RuleAnswer, ...],
            query={"at": at, "ever": ever},
        )

    def change_rules(
        self, program: int, body: RulesChange, *, idempotency_key: str | None = None
    ) -> ChangedAnswer:
        """Replace the list of rules. The list holds from its time on; rules that do not change go on,
        others end.
        """
        return self._calls.call(
            "PUT", f"/programs/{program}/commission/rules", ChangedAnswer, body=body, key=idempotency_key
        )

    def change_many(self, rows: Sequence[ProgramRules], *, idempotency_key: str | None = None) -> Verdicts:
        """Replace the rules of many programs. Each program by itself, with its own verdict."""
        return self._calls.call(
            "POST", "/commission/rules/bulk", Verdicts, body={"rows": rows}, key=idempotency_key
        )

    def lint(
        self, program: int, body: RulesBody, *, idempotency_key: str | None = None
    ) -> tuple[RuleRemarkAnswer, ...]:
        """Look a list of rules over. Rules that never pay, gaps, and prices that look like a slip, with
        how to mend each. Saves nothing.
        """
        return self._calls.call(
            "POST",
            f"/programs/{program}/commission/lint",
            tuple[RuleRemarkAnswer, ...],
            body=body,
            key=idempotency_key,
        )

    def start_preview(
        self, program: int, body: PreviewBody, *, idempotency_key: str | None = None
    ) -> PreviewStarted:
        """Ask what rules would have paid. The last days are settled again under these rules, beside those
        of now.
        """
        return self._calls.call(
            "POST", f"/programs/{program}/commission/previews", PreviewStarted, body=body, key=idempotency_key
        )

    def preview(self, program: int, whatif: int) -> PreviewAnswer:
        """What rules would have paid. Ask again until `state` is done, failed or cancelled."""
        return self._calls.call("GET", f"/programs/{program}/commission/previews/{whatif}", PreviewAnswer)

    def revisions(
        self, program: int, *, after: int | None = None, limit: int | None = None
    ) -> ListedRevisionAnswer:
        """Changes of the rules, newest first. Who changed what, when, why, and from when on."""
        return self._calls.call(
            "GET",
            f"/programs/{program}/commission/revisions",
            ListedRevisionAnswer,
            query={"after": after, "limit": limit},
        )

    def each_revisions(self, program: int, *, limit: int | None = None) -> Iterator[RevisionAnswer]:
        """Changes of the rules, newest first. All of them, part by part."""
        return each(lambda after: self.revisions(program, after=after, limit=limit))

    def offer(self, program: int) -> CommissionOfferAnswer:
        """What a program pays you. The rules that can apply to the publisher, in words, with their dates."""
        return self._calls.call("GET", f"/programs/{program}/commission/offer", CommissionOfferAnswer)
