"""The operations of people."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.people import (
    ColleagueInvitedAnswer,
    KeyAnswer,
    ListedOrganisationAnswer,
    MandateAnswer,
    MemberAnswer,
    OrganisationAnswer,
    OrganisationKind,
    ThisKeyAnswer,
)
from utfall.client.reading import each
from utfall.client.transport import Calls


class PeopleReading:
    """People and organisations. What only looks."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def organisation(self) -> OrganisationAnswer:
        """The key's organisation. The organisation the key speaks for."""
        return self._calls.call("GET", "/organisation", OrganisationAnswer)

    def members(self) -> tuple[MemberAnswer, ...]:
        """Members. Everybody of the organisation, owners first."""
        return self._calls.call("GET", "/members", tuple[MemberAnswer, ...])

    def invitations(self) -> tuple[ColleagueInvitedAnswer, ...]:
        """Open invitations. Invitations that nobody accepted yet."""
        return self._calls.call("GET", "/invitations", tuple[ColleagueInvitedAnswer, ...])

    def this_key(self) -> ThisKeyAnswer:
        """What this key may do. Whom it speaks for, with which scopes, and whose records are within its
        reach.
        """
        return self._calls.call("GET", "/key", ThisKeyAnswer)

    def keys(self) -> tuple[KeyAnswer, ...]:
        """API keys. The organisation's keys, newest first."""
        return self._calls.call("GET", "/keys", tuple[KeyAnswer, ...])

    def mandates(self) -> tuple[MandateAnswer, ...]:
        """Mandates. Those asked for and in force."""
        return self._calls.call("GET", "/mandates", tuple[MandateAnswer, ...])

    def tenants(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        q: str | None = None,
        kind: OrganisationKind | None = None,
        state: str | None = None,
    ) -> ListedOrganisationAnswer:
        """All organisations. Newest first."""
        return self._calls.call(
            "GET",
            "/organisations",
            ListedOrganisationAnswer,
            query={"after": after, "limit": limit, "q": q, "kind": kind, "state": state},
        )

    def each_tenants(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
        kind: OrganisationKind | None = None,
        state: str | None = None,
    ) -> Iterator[OrganisationAnswer]:
        """All organisations. All of them, part by part."""
        return each(lambda after: self.tenants(after=after, limit=limit, q=q, kind=kind, state=state))

    def tenant(self, organisation: int) -> OrganisationAnswer:
        """One organisation. As the operator sees it."""
        return self._calls.call("GET", f"/organisations/{organisation}", OrganisationAnswer)

    def tenant_members(self, organisation: int) -> tuple[MemberAnswer, ...]:
        """An organisation's members. Everybody who works there."""
        return self._calls.call("GET", f"/organisations/{organisation}/members", tuple[MemberAnswer, ...])
