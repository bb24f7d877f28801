"""The operations of audit."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator
from datetime import datetime

from utfall.client.models.audit import (
    ApprovalPolicyAnswer,
    AuditEntryAnswer,
    ChainVerdictAnswer,
    ListedAuditEntryAnswer,
    ListedProposalAnswer,
    ProposalAnswer,
    ProposalState,
)
from utfall.client.models.audit_sent import ApprovalPolicy
from utfall.client.query import segment
from utfall.client.reading import each
from utfall.client.transport import Calls


class Audit:
    """Audit log and approvals."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def entries(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        action: str | None = None,
        subject: str | None = None,
        q: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> ListedAuditEntryAnswer:
        """Changes, newest first. Every change with an effect on money that concerns the organisation."""
        return self._calls.call(
            "GET",
            "/audit",
            ListedAuditEntryAnswer,
            query={
                "after": after,
                "limit": limit,
                "action": action,
                "subject": subject,
                "q": q,
                "since": since,
                "until": until,
            },
        )

    def each_entries(
        self,
        *,
        limit: int | None = None,
        action: str | None = None,
        subject: str | None = None,
        q: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[AuditEntryAnswer]:
        """Changes, newest first. All of them, part by part."""
        return each(
            lambda after: self.entries(
                after=after, limit=limit, action=action, subject=subject, q=q, since=since, until=until
            )
        )

    def verdict(self) -> ChainVerdictAnswer:
        """Check the chain. Every entry is hashed again; the answer says how far the chain holds."""
        return self._calls.call("GET", "/audit/verdict", ChainVerdictAnswer)

    def entry(self, entry: int) -> AuditEntryAnswer:
        """One change. A change by its number."""
        return self._calls.call("GET", f"/audit/{entry}", AuditEntryAnswer)

    def proposals(
        self, *, after: int | None = None, limit: int | None = None, state: ProposalState | None = None
    ) -> ListedProposalAnswer:
        """What needs a second person. A person decides them in the portal: a key can ask for a change and
        withdraw it, never approve one.
        """
        return self._calls.call(
            "GET", "/approvals", ListedProposalAnswer, query={"after": after, "limit": limit, "state": state}
        )

    def each_proposals(
        self, *, limit: int | None = None, state: ProposalState | None = None
    ) -> Iterator[ProposalAnswer]:
        """What needs a second person. All of them, part by part."""
        return each(lambda after: self.proposals(after=after, limit=limit, state=state))

    def proposal(self, proposal: int) -> ProposalAnswer:
        """One proposal. A change that was asked for."""
        return self._calls.call("GET", f"/approvals/{proposal}", ProposalAnswer)

    def withdraw(self, proposal: int, *, idempotency_key: str | None = None) -> ProposalAnswer:
        """Withdraw a proposal. Whoever asked no longer wants it."""
        return self._calls.call(
            "POST", f"/approvals/{proposal}/withdraw", ProposalAnswer, key=idempotency_key
        )

    def policies(self) -> tuple[ApprovalPolicyAnswer, ...]:
        """What needs approval. What the operator asks for, kind by kind."""
        return self._calls.call("GET", "/approval-policies", tuple[ApprovalPolicyAnswer, ...])

    def set_policy(
        self, change: str, body: ApprovalPolicy, *, idempotency_key: str | None = None
    ) -> ApprovalPolicyAnswer:
        """Say what needs approval. It holds for what is asked for from now on."""
        return self._calls.call(
            "PUT",
            f"/approval-policies/{segment(change)}",
            ApprovalPolicyAnswer,
            body=body,
            key=idempotency_key,
        )
