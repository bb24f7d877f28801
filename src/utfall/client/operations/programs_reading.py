"""The operations of programs."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator
from datetime import datetime

from utfall.client.models.programs import (
    GoalAnswer,
    GroupAnswer,
    LimitAnswer,
    LimitUseAnswer,
    ListedProgramAnswer,
    ProgramAnswer,
    ProgramPolicyAnswer,
    ProgressAnswer,
    TermsAnswer,
    TermsChangeAnswer,
)
from utfall.client.models.programs_words import Outcome, ProgramState
from utfall.client.reading import each
from utfall.client.transport import Calls


class ProgramsReading:
    """Programs and their terms. What only looks."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def groups(self, program: int) -> tuple[GroupAnswer, ...]:
        """Partner groups. The program's groups by name."""
        return self._calls.call("GET", f"/programs/{program}/groups", tuple[GroupAnswer, ...])

    def limits(self, program: int) -> tuple[LimitAnswer, ...]:
        """Budgets and caps. Budgets first."""
        return self._calls.call("GET", f"/programs/{program}/limits", tuple[LimitAnswer, ...])

    def uses(self, program: int) -> tuple[LimitUseAnswer, ...]:
        """What is used of budgets and caps. Of each limit's current period; of caps per publisher, the
        fullest.
        """
        return self._calls.call("GET", f"/programs/{program}/limits/use", tuple[LimitUseAnswer, ...])

    def programs(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        state: ProgramState | None = None,
        search: str | None = None,
    ) -> ListedProgramAnswer:
        """Programs. An advertiser's own programs; for publishers, those they may see. Newest first."""
        return self._calls.call(
            "GET",
            "/programs",
            ListedProgramAnswer,
            query={"after": after, "limit": limit, "state": state, "search": search},
        )

    def each_programs(
        self, *, limit: int | None = None, state: ProgramState | None = None, search: str | None = None
    ) -> Iterator[ProgramAnswer]:
        """Programs. All of them, part by part."""
        return each(lambda after: self.programs(after=after, limit=limit, state=state, search=search))

    def open_programs(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        search: str | None = None,
        category: str | None = None,
        country: str | None = None,
        outcome: Outcome | None = None,
        currency: str | None = None,
    ) -> ListedProgramAnswer:
        """Programs open to publishers. Live programs that a publisher can join or apply to."""
        return self._calls.call(
            "GET",
            "/marketplace/programs",
            ListedProgramAnswer,
            query={
                "after": after,
                "limit": limit,
                "search": search,
                "category": category,
                "country": country,
                "outcome": outcome,
                "currency": currency,
            },
        )

    def each_open_programs(
        self,
        *,
        limit: int | None = None,
        search: str | None = None,
        category: str | None = None,
        country: str | None = None,
        outcome: Outcome | None = None,
        currency: str | None = None,
    ) -> Iterator[ProgramAnswer]:
        """Programs open to publishers. All of them, part by part."""
        return each(
            lambda after: self.open_programs(
                after=after,
                limit=limit,
                search=search,
                category=category,
                country=country,
                outcome=outcome,
                currency=currency,
            )
        )

    def program(self, program: int) -> ProgramAnswer:
        """One program. A program with the terms that count now."""
        return self._calls.call("GET", f"/programs/{program}", ProgramAnswer)

    def goals(self, program: int) -> tuple[GoalAnswer, ...]:
        """Goals. Every goal, the latest first."""
        return self._calls.call("GET", f"/programs/{program}/goals", tuple[GoalAnswer, ...])

    def progress(self, program: int) -> ProgressAnswer:
        """Progress and forecast of the goal. Fresh within seconds. Not found where there is no goal."""
        return self._calls.call("GET", f"/programs/{program}/progress", ProgressAnswer)

    def policy(self) -> ProgramPolicyAnswer:
        """The operator's rules for programs. Whether programs are reviewed, and the usual fee."""
        return self._calls.call("GET", "/program-policy", ProgramPolicyAnswer)

    def terms(self, program: int, *, at: datetime | None = None) -> TermsAnswer:
        """Terms in force at a moment. What was in force when a click or an order happened."""
        return self._calls.call("GET", f"/programs/{program}/terms", TermsAnswer, query={"at": at})

    def versions(self, program: int) -> tuple[TermsAnswer, ...]:
        """Versions of the terms. Newest first; publishers see those that were, are or will be in force."""
        return self._calls.call("GET", f"/programs/{program}/versions", tuple[TermsAnswer, ...])

    def changes(self, program: int, number: int, *, before: int) -> tuple[TermsChangeAnswer, ...]:
        """What a version changed. The clauses that differ from another version, in the language of the
        request.
        """
        return self._calls.call(
            "GET",
            f"/programs/{program}/versions/{number}/changes",
            tuple[TermsChangeAnswer, ...],
            query={"before": before},
        )
