"""The operations of operations."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.operations import (
    AnnouncedAnswer,
    AnnouncementAnswer,
    FeeSetAnswer,
    HealthAnswer,
    ImpersonationAnswer,
    ListedAnnouncementAnswer,
    ListedImpersonationAnswer,
    ListedNetworkFeeAnswer,
    ListedTenantAnswer,
    NetworkFeeAnswer,
    OperatorMatter,
    OperatorMatterAnswer,
    TenantAnswer,
    TenantLimitAnswer,
)
from utfall.client.models.operations_sent import (
    AnnouncementSent,
    NetworkFeeSent,
    OperatorDecisionSent,
    TenantLimitsSent,
)
from utfall.client.models.people import OrganisationKind
from utfall.client.reading import each
from utfall.client.transport import Calls


class Operations:
    """Operations."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def health(self) -> HealthAnswer:
        """How the installation is. Every process and queue, with a word, what it means and how to mend it."""
        return self._calls.call("GET", "/operations/health", HealthAnswer)

    def waiting(self, *, matter: OperatorMatter | None = None) -> tuple[OperatorMatterAnswer, ...]:
        """What waits for the operator. The oldest first, whatever kind it is of."""
        return self._calls.call(
            "GET", "/operations/waiting", tuple[OperatorMatterAnswer, ...], query={"matter": matter}
        )

    def decide(self, body: OperatorDecisionSent, *, idempotency_key: str | None = None) -> None:
        """Decide what waits. A change that needs a second person needs a person: a key does not decide
        that.
        """
        self._calls.call("POST", "/operations/decisions", type(None), body=body, key=idempotency_key)

    def tenants(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        q: str | None = None,
        kind: OrganisationKind | None = None,
        state: str | None = None,
    ) -> ListedTenantAnswer:
        """Tenants and what they do. Newest first."""
        return self._calls.call(
            "GET",
            "/operations/tenants",
            ListedTenantAnswer,
            query={"after": after, "limit": limit, "q": q, "kind": kind, "state": state},
        )

    def each_tenants(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
        kind: OrganisationKind | None = None,
        state: str | None = None,
    ) -> Iterator[TenantAnswer]:
        """Tenants and what they do. All of them, part by part."""
        return each(lambda after: self.tenants(after=after, limit=limit, q=q, kind=kind, state=state))

    def limits(self, organisation: int) -> tuple[TenantLimitAnswer, ...]:
        """What a tenant is allowed. Everything that is limited, with what is usual."""
        return self._calls.call(
            "GET", f"/operations/tenants/{organisation}/limits", tuple[TenantLimitAnswer, ...]
        )

    def set_limits(
        self, organisation: int, body: TenantLimitsSent, *, idempotency_key: str | None = None
    ) -> tuple[TenantLimitAnswer, ...]:
        """Allow a tenant more or less. It holds at once."""
        return self._calls.call(
            "PUT",
            f"/operations/tenants/{organisation}/limits",
            tuple[TenantLimitAnswer, ...],
            body=body,
            key=idempotency_key,
        )

    def fees(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        q: str | None = None,
        advertiser: int | None = None,
    ) -> ListedNetworkFeeAnswer:
        """The network fee of every program. Newest program first."""
        return self._calls.call(
            "GET",
            "/operations/fees",
            ListedNetworkFeeAnswer,
            query={"after": after, "limit": limit, "q": q, "advertiser": advertiser},
        )

    def each_fees(
        self, *, limit: int | None = None, q: str | None = None, advertiser: int | None = None
    ) -> Iterator[NetworkFeeAnswer]:
        """The network fee of every program. All of them, part by part."""
        return each(lambda after: self.fees(after=after, limit=limit, q=q, advertiser=advertiser))

    def set_fee(
        self, program: int, body: NetworkFeeSent, *, idempotency_key: str | None = None
    ) -> FeeSetAnswer:
        """Change a program's network fee. A new version of the terms that differs in the fee alone."""
        return self._calls.call(
            "PUT", f"/operations/fees/{program}", FeeSetAnswer, body=body, key=idempotency_key
        )

    def announcements(
        self, *, after: int | None = None, limit: int | None = None
    ) -> ListedAnnouncementAnswer:
        """All announcements. Newest first, over and withdrawn ones as well."""
        return self._calls.call(
            "GET",
            "/operations/announcements",
            ListedAnnouncementAnswer,
            query={"after": after, "limit": limit},
        )

    def each_announcements(self, *, limit: int | None = None) -> Iterator[AnnouncementAnswer]:
        """All announcements. All of them, part by part."""
        return each(lambda after: self.announcements(after=after, limit=limit))

    def announce(self, body: AnnouncementSent, *, idempotency_key: str | None = None) -> AnnouncementAnswer:
        """Announce. A line on every page of those it is for."""
        return self._calls.call(
            "POST", "/operations/announcements", AnnouncementAnswer, body=body, key=idempotency_key
        )

    def announcement(self, announcement: int) -> AnnouncementAnswer:
        """One announcement. With how many have dismissed it."""
        return self._calls.call("GET", f"/operations/announcements/{announcement}", AnnouncementAnswer)

    def withdraw(self, announcement: int, *, idempotency_key: str | None = None) -> AnnouncementAnswer:
        """Withdraw an announcement. It is on no page any more."""
        return self._calls.call(
            "POST",
            f"/operations/announcements/{announcement}/withdraw",
            AnnouncementAnswer,
            key=idempotency_key,
        )

    def announced(self) -> tuple[AnnouncedAnswer, ...]:
        """What the operator announces. What is for your organisation now, the most urgent first."""
        return self._calls.call("GET", "/announcements", tuple[AnnouncedAnswer, ...])

    def impersonations(
        self, *, after: int | None = None, limit: int | None = None
    ) -> ListedImpersonationAnswer:
        """Who of the operator's looked. At your portal, newest first. Keys never look: only a person in a
        browser does.
        """
        return self._calls.call(
            "GET", "/impersonations", ListedImpersonationAnswer, query={"after": after, "limit": limit}
        )

    def each_impersonations(self, *, limit: int | None = None) -> Iterator[ImpersonationAnswer]:
        """Who of the operator's looked. All of them, part by part."""
        return each(lambda after: self.impersonations(after=after, limit=limit))

    def end_looking(self, impersonation: int, *, idempotency_key: str | None = None) -> ImpersonationAnswer:
        """End an impersonation. Anybody's, at once: the next request of that browser is refused."""
        return self._calls.call(
            "POST", f"/impersonations/{impersonation}/end", ImpersonationAnswer, key=idempotency_key
        )
