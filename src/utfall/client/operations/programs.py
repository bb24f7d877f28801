"""The operations of programs."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.models.programs import (
    GoalAnswer,
    GroupAnswer,
    LimitedAnswer,
    ProgramAnswer,
    ProgramPolicyAnswer,
    PublishedAnswer,
    TermsAnswer,
)
from utfall.client.models.programs_sent import (
    GoalSaid,
    GroupSaid,
    LimitHeightSaid,
    LimitSaid,
    NewProgram,
    NewVersion,
    PriceSaid,
    ProgramPlaceSaid,
    ProgramPolicySaid,
    ProgramProfileSaid,
    ProgramReasonGiven,
    ProgramStateSaid,
    TermsSaid,
)
from utfall.client.operations.programs_reading import ProgramsReading


class Programs(ProgramsReading):
    """Programs and their terms."""

    def create_group(
        self, program: int, body: GroupSaid, *, idempotency_key: str | None = None
    ) -> GroupAnswer:
        """Create a partner group. Until partners are moved into it, it changes nothing."""
        return self._calls.call(
            "POST", f"/programs/{program}/groups", GroupAnswer, body=body, key=idempotency_key
        )

    def change_group(
        self, program: int, group: int, body: GroupSaid, *, idempotency_key: str | None = None
    ) -> GroupAnswer:
        """Rename or describe a partner group. Who is in it and what it earns stays."""
        return self._calls.call(
            "PUT", f"/programs/{program}/groups/{group}", GroupAnswer, body=body, key=idempotency_key
        )

    def add_limit(
        self, program: int, body: LimitSaid, *, idempotency_key: str | None = None
    ) -> LimitedAnswer:
        """Add a budget or cap. It counts from the next outcome on."""
        return self._calls.call(
            "POST", f"/programs/{program}/limits", LimitedAnswer, body=body, key=idempotency_key
        )

    def change_limit(
        self, program: int, limit: int, body: LimitHeightSaid, *, idempotency_key: str | None = None
    ) -> LimitedAnswer:
        """Change the height of a limit. What it counts never changes: for that, add another one."""
        return self._calls.call(
            "PUT", f"/programs/{program}/limits/{limit}", LimitedAnswer, body=body, key=idempotency_key
        )

    def remove_limit(
        self, program: int, limit: int, body: ProgramReasonGiven, *, idempotency_key: str | None = None
    ) -> LimitedAnswer:
        """Take a limit away. From the next outcome on nothing stops there."""
        return self._calls.call(
            "POST",
            f"/programs/{program}/limits/{limit}/remove",
            LimitedAnswer,
            body=body,
            key=idempotency_key,
        )

    def create(self, body: NewProgram, *, idempotency_key: str | None = None) -> ProgramAnswer:
        """Start a program. A draft with the usual terms of its kind of business."""
        return self._calls.call("POST", "/programs", ProgramAnswer, body=body, key=idempotency_key)

    def describe(
        self, program: int, body: ProgramProfileSaid, *, idempotency_key: str | None = None
    ) -> ProgramAnswer:
        """Change what a program says of itself. None of it is a term, so it holds at once."""
        return self._calls.call(
            "PUT", f"/programs/{program}/profile", ProgramAnswer, body=body, key=idempotency_key
        )

    def place(
        self, program: int, body: ProgramPlaceSaid, *, idempotency_key: str | None = None
    ) -> ProgramAnswer:
        """Choose currency and time zone of a draft. Only while nothing was published."""
        return self._calls.call(
            "PUT", f"/programs/{program}/place", ProgramAnswer, body=body, key=idempotency_key
        )

    def starting_price(
        self, program: int, body: PriceSaid, *, idempotency_key: str | None = None
    ) -> ProgramAnswer:
        """Choose the first commission of a draft. It becomes a rule when the program goes live."""
        return self._calls.call(
            "PUT", f"/programs/{program}/starting-price", ProgramAnswer, body=body, key=idempotency_key
        )

    def submit(self, program: int, *, idempotency_key: str | None = None) -> ProgramAnswer:
        """Hand a draft in. For review, or straight into life where the operator reviews none."""
        return self._calls.call("POST", f"/programs/{program}/submit", ProgramAnswer, key=idempotency_key)

    def state(
        self, program: int, body: ProgramStateSaid, *, idempotency_key: str | None = None
    ) -> ProgramAnswer:
        """Change the state. Pause, resume, close, take back; the operator approves and returns."""
        return self._calls.call(
            "POST", f"/programs/{program}/state", ProgramAnswer, body=body, key=idempotency_key
        )

    def set_goal(self, program: int, body: GoalSaid, *, idempotency_key: str | None = None) -> GoalAnswer:
        """Set the goal. The goal that runs or comes is changed; one that is over stays."""
        return self._calls.call(
            "PUT", f"/programs/{program}/goal", GoalAnswer, body=body, key=idempotency_key
        )

    def remove_goal(self, program: int, goal: int, *, idempotency_key: str | None = None) -> None:
        """Give up a goal. The log remembers it."""
        self._calls.call("DELETE", f"/programs/{program}/goals/{goal}", type(None), key=idempotency_key)

    def set_policy(
        self, body: ProgramPolicySaid, *, idempotency_key: str | None = None
    ) -> ProgramPolicyAnswer:
        """Change the operator's rules for programs. They hold for programs that are started from now on."""
        return self._calls.call("PUT", "/program-policy", ProgramPolicyAnswer, body=body, key=idempotency_key)

    def publish(
        self, program: int, body: NewVersion, *, idempotency_key: str | None = None
    ) -> PublishedAnswer:
        """Publish new terms. They hold from a moment on, never in the past; a second person may have to
        agree first.
        """
        return self._calls.call(
            "POST", f"/programs/{program}/versions", PublishedAnswer, body=body, key=idempotency_key
        )

    def draft_terms(
        self, program: int, body: TermsSaid, *, idempotency_key: str | None = None
    ) -> TermsAnswer:
        """Write the terms of a draft. Nothing is agreed yet, so they are written over."""
        return self._calls.call(
            "PUT", f"/programs/{program}/draft-terms", TermsAnswer, body=body, key=idempotency_key
        )

    def withdraw(
        self, program: int, number: int, body: ProgramReasonGiven, *, idempotency_key: str | None = None
    ) -> TermsAnswer:
        """Withdraw a version. Before it is in force."""
        return self._calls.call(
            "POST",
            f"/programs/{program}/versions/{number}/withdraw",
            TermsAnswer,
            body=body,
            key=idempotency_key,
        )
