"""The operations of partners."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator
from typing import Literal

from utfall.client.models.partners import (
    ApplicationAnswer,
    EnrolmentAnswer,
    ListedApplicationAnswer,
    ListedPartnershipAnswer,
    ListedProgramOfferAnswer,
    OverrideAnswer,
    PartnerLetterAnswer,
    PartnershipAnswer,
    ProfileAnswer,
    ProgramMailInvitationAnswer,
    ProgramOfferAnswer,
    PropertyAnswer,
    PublisherAnswer,
    SplitAnswer,
)
from utfall.client.models.partners_words import PartnershipState
from utfall.client.models.programs_words import PriceKind, PromotionType
from utfall.client.reading import each
from utfall.client.transport import Calls


class PartnersReading:
    """Partners. What only looks."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def marketplace(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        q: str | None = None,
        category: str | None = None,
        country: str | None = None,
        currency: str | None = None,
        outcome: str | None = None,
        price: PriceKind | None = None,
        promotion_type: PromotionType | None = None,
        open_only: bool | None = None,
        sort: Literal["newest", "epc", "fastest", "acceptance", "name"] | None = None,
    ) -> ListedProgramOfferAnswer:
        """The marketplace. Listed programs, with what they pay, how they decide, and why one cannot apply."""
        return self._calls.call(
            "GET",
            "/marketplace",
            ListedProgramOfferAnswer,
            query={
                "after": after,
                "limit": limit,
                "q": q,
                "category": category,
                "country": country,
                "currency": currency,
                "outcome": outcome,
                "price": price,
                "promotion_type": promotion_type,
                "open_only": open_only,
                "sort": sort,
            },
        )

    def each_marketplace(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
        category: str | None = None,
        country: str | None = None,
        currency: str | None = None,
        outcome: str | None = None,
        price: PriceKind | None = None,
        promotion_type: PromotionType | None = None,
        open_only: bool | None = None,
        sort: Literal["newest", "epc", "fastest", "acceptance", "name"] | None = None,
    ) -> Iterator[ProgramOfferAnswer]:
        """The marketplace. All of them, part by part."""
        return each(
            lambda after: self.marketplace(
                after=after,
                limit=limit,
                q=q,
                category=category,
                country=country,
                currency=currency,
                outcome=outcome,
                price=price,
                promotion_type=promotion_type,
                open_only=open_only,
                sort=sort,
            )
        )

    def offer(self, program: int) -> ProgramOfferAnswer:
        """One offer. One program as this publisher sees it."""
        return self._calls.call("GET", f"/marketplace/{program}", ProgramOfferAnswer)

    def find(
        self,
        *,
        q: str | None = None,
        promotion_type: PromotionType | None = None,
        country: str | None = None,
        category: str | None = None,
    ) -> tuple[PublisherAnswer, ...]:
        """Find publishers. Listed publishers, at most sixty."""
        return self._calls.call(
            "GET",
            "/publishers",
            tuple[PublisherAnswer, ...],
            query={"q": q, "promotion_type": promotion_type, "country": country, "category": category},
        )

    def publisher(self, publisher: int) -> PublisherAnswer:
        """One publisher. A listed publisher, or a partner."""
        return self._calls.call("GET", f"/publishers/{publisher}", PublisherAnswer)

    def profile(self) -> ProfileAnswer:
        """The own profile. What advertisers read."""
        return self._calls.call("GET", "/profile", ProfileAnswer)

    def properties(self, *, archived: bool | None = None) -> tuple[PropertyAnswer, ...]:
        """Properties. Sites, apps, channels and lists; or those that were put away."""
        return self._calls.call(
            "GET", "/properties", tuple[PropertyAnswer, ...], query={"archived": archived}
        )

    def one_property(self, property: int) -> PropertyAnswer:
        """One property. One of the publisher's own."""
        return self._calls.call("GET", f"/properties/{property}", PropertyAnswer)

    def partnerships(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        group: int | None = None,
        state: PartnershipState | None = None,
        promotion_type: PromotionType | None = None,
        q: str | None = None,
    ) -> ListedPartnershipAnswer:
        """Partnerships. The organisation's partnerships, newest first."""
        return self._calls.call(
            "GET",
            "/partnerships",
            ListedPartnershipAnswer,
            query={
                "after": after,
                "limit": limit,
                "program": program,
                "publisher": publisher,
                "group": group,
                "state": state,
                "promotion_type": promotion_type,
                "q": q,
            },
        )

    def each_partnerships(
        self,
        *,
        limit: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        group: int | None = None,
        state: PartnershipState | None = None,
        promotion_type: PromotionType | None = None,
        q: str | None = None,
    ) -> Iterator[PartnershipAnswer]:
        """Partnerships. All of them, part by part."""
        return each(
            lambda after: self.partnerships(
                after=after,
                limit=limit,
                program=program,
                publisher=publisher,
                group=group,
                state=state,
                promotion_type=promotion_type,
                q=q,
            )
        )

    def partnership(self, partnership: int) -> PartnershipAnswer:
        """One partnership. How a publisher stands in a program."""
        return self._calls.call("GET", f"/partnerships/{partnership}", PartnershipAnswer)

    def enrolments(self, partnership: int) -> tuple[EnrolmentAnswer, ...]:
        """When it earned. The intervals in which the publisher earned, and in which group."""
        return self._calls.call("GET", f"/partnerships/{partnership}/enrolments", tuple[EnrolmentAnswer, ...])

    def letters(self, partnership: int) -> tuple[PartnerLetterAnswer, ...]:
        """Letters. What the partner was written, newest first."""
        return self._calls.call(
            "GET", f"/partnerships/{partnership}/letters", tuple[PartnerLetterAnswer, ...]
        )

    def applications(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        waiting: bool | None = None,
    ) -> ListedApplicationAnswer:
        """Applications. Applications that concern the organisation, newest first."""
        return self._calls.call(
            "GET",
            "/applications",
            ListedApplicationAnswer,
            query={
                "after": after,
                "limit": limit,
                "program": program,
                "publisher": publisher,
                "waiting": waiting,
            },
        )

    def each_applications(
        self,
        *,
        limit: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        waiting: bool | None = None,
    ) -> Iterator[ApplicationAnswer]:
        """Applications. All of them, part by part."""
        return each(
            lambda after: self.applications(
                after=after, limit=limit, program=program, publisher=publisher, waiting=waiting
            )
        )

    def application(self, application: int) -> ApplicationAnswer:
        """One application. What was asked and what became of it."""
        return self._calls.call("GET", f"/applications/{application}", ApplicationAnswer)

    def mail_invitations(self) -> tuple[ProgramMailInvitationAnswer, ...]:
        """Invitations by e-mail. Those that nobody has claimed, newest first."""
        return self._calls.call("GET", "/mail-invitations", tuple[ProgramMailInvitationAnswer, ...])

    def splits(self, *, program: int | None = None) -> tuple[SplitAnswer, ...]:
        """Splits. How commissions are shared among publishers, newest first; a publisher reads its own
        share.
        """
        return self._calls.call("GET", "/splits", tuple[SplitAnswer, ...], query={"program": program})

    def overrides(self, *, program: int | None = None) -> tuple[OverrideAnswer, ...]:
        """Overrides. What parents get of what their children earn, newest first."""
        return self._calls.call("GET", "/overrides", tuple[OverrideAnswer, ...], query={"program": program})
