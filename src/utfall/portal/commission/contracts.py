"""What crosses the border of the commission app."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from utfall.events import Outcome
from utfall.terms import Condition, Price


class Change(StrEnum):
    """What a change of the rules does to one rule."""

    ADDED = "added"
    REPLACED = "replaced"
    MOVED = "moved"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    """It was planned, and will not come."""
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A rule as somebody wants it; its place in a list is its precedence. `rule`: the one it comes from.

    `ends_at`: when it stops paying by itself (a campaign); None: until it is changed.
    """

    name: str
    outcome: Outcome
    price: Price
    when: Condition | None = None
    action: str = ""
    group: int | None = None
    publisher: int | None = None
    ends_at: datetime | None = None
    rule: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule as it stands in the terms."""

    id: int
    program: int
    advertiser: int
    draft: RuleDraft
    priority: int
    effective_from: datetime
    effective_until: datetime | None
    replaces: int | None
    created_by: str

    def holds_at(self, at: datetime) -> bool:
        """Whether it is in force at a time."""
        return self.effective_from <= at and (self.effective_until is None or at < self.effective_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """What becomes of one rule: the one before, the one after, or both; and its places, counted from 1."""

    change: Change
    before: RuleDraft | None
    after: RuleDraft | None
    was: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The answer to a change of rules: what it did, or the proposal that waits for a second person."""

    changes: tuple[RuleChange, ...]
    effective_from: datetime
    proposal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """A change of a program's rules that was made: who, when, why, and what became of each rule."""

    id: int
    program: int
    made_at: datetime
    made_by: str
    why: str
    effective_from: datetime
    changes: tuple[RuleChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A rule in the next change. `key` names it while it is being worked on."""

    key: str
    draft: RuleDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """The next change of a program's rules. `begun_at` None: nobody has begun one, and the rules are those
    that stand. `is_stale`: the rules were changed by others since.
    """

    program: int
    rules: tuple[Drafted, ...]
    begun_at: datetime | None
    changed_at: datetime | None
    changed_by: str
    can_undo: bool
    is_stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What the linter says of rules, in words: what is so, and how to mend it.

    `keys` name the rules: the first is the one that it is about.
    """

    code: str
    weight: str
    sentence: str
    mend: str
    keys: tuple[str, ...]
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedRule:
    """A rule that can apply to a publisher, in words."""

    id: int
    name: str
    draft: RuleDraft
    words: str
    outcome: Outcome
    price: str
    effective_from: datetime
    effective_until: datetime | None
    is_own: bool
    """It is for this publisher alone, or for its group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a program pays a publisher: rules in force, and rules that come or go with a date."""

    program: int
    now: tuple[OfferedRule, ...]
    later: tuple[OfferedRule, ...]
    changes_at: datetime | None
