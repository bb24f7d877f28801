"""The operations of quality."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.quality import (
    BlamedAnswer,
    BlamedHandlingAnswer,
    BlamedResultAnswer,
    Detector,
    FindingAnswer,
    FindingState,
    ListedBlamedAnswer,
    ListedBlamedHandlingAnswer,
    ListedFindingAnswer,
    ListedTrafficProfileAnswer,
    QualityLookAnswer,
    TrafficProfileAnswer,
)
from utfall.client.models.quality_sent import (
    BlamedDeclineSent,
    BlamedHoldSent,
    BlamedReleaseSent,
    FindingDismissalSent,
)
from utfall.client.reading import each
from utfall.client.transport import Calls


class Quality:
    """Quality."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def findings(
        self,
        *,
        state: FindingState | None = None,
        program: int | None = None,
        publisher: int | None = None,
        detector: Detector | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedFindingAnswer:
        """Doubtful traffic. What looks doubtful, the most at stake first."""
        return self._calls.call(
            "GET",
            "/quality/findings",
            ListedFindingAnswer,
            query={
                "state": state,
                "program": program,
                "publisher": publisher,
                "detector": detector,
                "after": after,
                "limit": limit,
            },
        )

    def each_findings(
        self,
        *,
        state: FindingState | None = None,
        program: int | None = None,
        publisher: int | None = None,
        detector: Detector | None = None,
        limit: int | None = None,
    ) -> Iterator[FindingAnswer]:
        """Doubtful traffic. All of them, part by part."""
        return each(
            lambda after: self.findings(
                after=after, state=state, program=program, publisher=publisher, detector=detector, limit=limit
            )
        )

    def finding(self, finding: int) -> FindingAnswer:
        """One finding. Where it stands."""
        return self._calls.call("GET", f"/quality/findings/{finding}", FindingAnswer)

    def blamed(
        self, finding: int, *, after: int | None = None, limit: int | None = None
    ) -> ListedBlamedAnswer:
        """The orders a finding blames. Newest first, with what was decided about each."""
        return self._calls.call(
            "GET",
            f"/quality/findings/{finding}/orders",
            ListedBlamedAnswer,
            query={"after": after, "limit": limit},
        )

    def each_blamed(self, finding: int, *, limit: int | None = None) -> Iterator[BlamedAnswer]:
        """The orders a finding blames. All of them, part by part."""
        return each(lambda after: self.blamed(finding, after=after, limit=limit))

    def hold(
        self, finding: int, body: BlamedHoldSent, *, idempotency_key: str | None = None
    ) -> BlamedResultAnswer:
        """Hold blamed orders. Into the review queue. The day on which silence approves does not move; say
        what happens before it.
        """
        return self._calls.call(
            "POST", f"/quality/findings/{finding}/hold", BlamedResultAnswer, body=body, key=idempotency_key
        )

    def release(
        self, finding: int, body: BlamedReleaseSent, *, idempotency_key: str | None = None
    ) -> BlamedResultAnswer:
        """Release blamed orders. They wait for their approval like any other order."""
        return self._calls.call(
            "POST", f"/quality/findings/{finding}/release", BlamedResultAnswer, body=body, key=idempotency_key
        )

    def decline(
        self, finding: int, body: BlamedDeclineSent, *, idempotency_key: str | None = None
    ) -> BlamedResultAnswer:
        """Decline blamed orders. Through validation, and final. What cannot be declined is left, with the
        reason.
        """
        return self._calls.call(
            "POST", f"/quality/findings/{finding}/decline", BlamedResultAnswer, body=body, key=idempotency_key
        )

    def dismiss(
        self, finding: int, body: FindingDismissalSent, *, idempotency_key: str | None = None
    ) -> FindingAnswer:
        """Dismiss a finding. What is like it is not told again for 90 days."""
        return self._calls.call(
            "POST", f"/quality/findings/{finding}/dismiss", FindingAnswer, body=body, key=idempotency_key
        )

    def reopen(self, finding: int, *, idempotency_key: str | None = None) -> FindingAnswer:
        """Open a dismissed finding again. Take a dismissal back."""
        return self._calls.call(
            "POST", f"/quality/findings/{finding}/reopen", FindingAnswer, key=idempotency_key
        )

    def undo(self, conversion: int, *, idempotency_key: str | None = None) -> None:
        """Take back a hold or a release. The order is undecided again."""
        self._calls.call("POST", f"/quality/orders/{conversion}/undo", type(None), key=idempotency_key)

    def held(self, *, after: int | None = None, limit: int | None = None) -> ListedBlamedHandlingAnswer:
        """The review queue. Held orders, the nearest day on which silence approves first."""
        return self._calls.call(
            "GET", "/quality/held", ListedBlamedHandlingAnswer, query={"after": after, "limit": limit}
        )

    def each_held(self, *, limit: int | None = None) -> Iterator[BlamedHandlingAnswer]:
        """The review queue. All of them, part by part."""
        return each(lambda after: self.held(after=after, limit=limit))

    def look(self, program: int) -> QualityLookAnswer:
        """The last look. When a program was looked at, and how its publishers spread."""
        return self._calls.call("GET", f"/programs/{program}/quality", QualityLookAnswer)

    def profiles(
        self, program: int, *, after: int | None = None, limit: int | None = None
    ) -> ListedTrafficProfileAnswer:
        """Publishers compared. Those with the most orders first."""
        return self._calls.call(
            "GET",
            f"/programs/{program}/quality/publishers",
            ListedTrafficProfileAnswer,
            query={"after": after, "limit": limit},
        )

    def each_profiles(self, program: int, *, limit: int | None = None) -> Iterator[TrafficProfileAnswer]:
        """Publishers compared. All of them, part by part."""
        return each(lambda after: self.profiles(program, after=after, limit=limit))

    def mine(self) -> tuple[TrafficProfileAnswer, ...]:
        """How your traffic compares. Your own, beside quartiles without names, where at least five
        publishers can be compared.
        """
        return self._calls.call("GET", "/traffic", tuple[TrafficProfileAnswer, ...])
