"""What the operations of commission answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from utfall.client.models.programs_words import Outcome
from utfall.client.words import Word


class RuleChangeKind(Word):
    """What a change of the rules does to one rule."""

    ADDED = "added"
    REPLACED = "replaced"
    MOVED = "moved"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"


class TierMeasure(Word):
    """What the steps of a tier are counted in: orders, their amount, or what they earned themselves."""

    ORDERS = "orders"
    AMOUNT = "amount"
    COMMISSION = "commission"


class TierPeriod(Word):
    """The calendar period in which a tier counts, in the program's time zone."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TOTAL = "total"


class OneTest(Struct, frozen=True, kw_only=True, tag_field="type", tag="test"):
    """One field against a value; against a list with `in`, `not_in` and `between`."""

    field: str
    """Such as line.category; the guide lists them."""
    op: str
    """eq, ne, in, not_in, lt, le, gt, ge, between, starts_with, …"""
    value: bool | int | str | tuple[bool | int | str, ...]


class NotCondition(Struct, frozen=True, kw_only=True, tag_field="type", tag="not"):
    """True when its part is false; unknown when that is unknown."""

    of: "OneTest | AllCondition | AnyOfCondition | NotCondition"


class AnyOfCondition(Struct, frozen=True, kw_only=True, tag_field="type", tag="any"):
    """True when some part is."""

    of: "tuple[OneTest | AllCondition | AnyOfCondition | NotCondition, ...]"


class AllCondition(Struct, frozen=True, kw_only=True, tag_field="type", tag="all"):
    """True when every part is."""

    of: "tuple[OneTest | AllCondition | AnyOfCondition | NotCondition, ...]"


class RuleChangeAnswer(Struct, frozen=True, kw_only=True):
    """What becomes of one rule."""

    change: RuleChangeKind
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    was: int | None
    """Its place before, from 1."""
    place: int | None
    """Its place after, from 1."""


class ChangedAnswer(Struct, frozen=True, kw_only=True):
    """What a change did; where `proposal` is set, it waits for a second person and did nothing yet."""

    changes: tuple[RuleChangeAnswer, ...]
    effective_from: datetime
    proposal: int | None


class OfferedRuleAnswer(Struct, frozen=True, kw_only=True):
    """A rule that can apply to the publisher, in words."""

    id: int
    name: str
    words: str
    outcome: Outcome
    price: str
    effective_from: datetime
    effective_until: datetime | None
    is_own: bool


class CommissionOfferAnswer(Struct, frozen=True, kw_only=True):
    """What a program pays the publisher now, and what comes later."""

    program: int
    now: tuple[OfferedRuleAnswer, ...]
    later: tuple[OfferedRuleAnswer, ...]
    changes_at: datetime | None


ConditionTree = OneTest | AllCondition | AnyOfCondition | NotCondition


class FlatPrice(Struct, frozen=True, kw_only=True, tag_field="type", tag="flat"):
    """An amount for each order, or for each unit sold."""

    micros: int
    """Millionths of the program's currency."""
    per: Literal["order", "unit"] = "order"


class RevisionAnswer(Struct, frozen=True, kw_only=True):
    """A change of rules that was made."""

    id: int
    program: int
    made_at: datetime
    made_by: str
    why: str
    effective_from: datetime
    changes: tuple[RuleChangeAnswer, ...]


class ListedRevisionAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[RevisionAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PreviewAnswer(Struct, frozen=True, kw_only=True):
    """A what-if and how far it is. `report` is null until it is done, or where nothing happened."""

    preview: int
    state: str
    percent: int
    said: str
    error: str
    since: datetime
    until: datetime
    report: dict[str, Any] | None


class PreviewStarted(Struct, frozen=True, kw_only=True):
    """The number of the work that settles again."""

    preview: int


class SharePrice(Struct, frozen=True, kw_only=True, tag_field="type", tag="share"):
    """A share of each order line."""

    ppm: int
    """Parts per million: 8 % is 80000."""


class PriceStep(Struct, frozen=True, kw_only=True):
    """What is paid from some point of the period on."""

    start: int
    """Millionths of the program's currency, or a number of orders; the first is 0."""
    price: SharePrice | FlatPrice


class RowVerdict(Struct, frozen=True, kw_only=True):
    """What became of one row."""

    index: int
    """The row's place in `rows`, from 0."""
    status: int
    """What this row alone would have been answered."""
    code: str = ""
    """The reason where it was refused."""
    sentence: str = ""
    field: str = ""
    result: Any = None


class ThousandPrice(Struct, frozen=True, kw_only=True, tag_field="type", tag="per_thousand"):
    """An amount per thousand impressions, views or clicks."""

    micros: int


class TieredPrice(Struct, frozen=True, kw_only=True, tag_field="type", tag="tiered"):
    """A price in steps: what is paid rises with what is counted in a period."""

    measure: TierMeasure
    """What is counted: orders, their amount, or the commission."""
    period: TierPeriod
    """In the program's time zone."""
    steps: tuple[PriceStep, ...]
    shared: bool = False
    """Count all whom the rule is for together."""
    retroactive: bool = False
    """A step that is reached holds for the whole period."""


class RuleAnswer(Struct, frozen=True, kw_only=True):
    """A rule and when it is in force."""

    id: int
    program: int
    name: str
    outcome: Outcome
    price: SharePrice | FlatPrice | ThousandPrice | TieredPrice
    when: ConditionTree | None
    action: str
    group: int | None
    publisher: int | None
    ends_at: datetime | None
    effective_from: datetime
    effective_until: datetime | None
    replaces: int | None
    created_by: str
    words: str
    """The rule as a sentence, in the language of the request."""


class RuleRemarkAnswer(Struct, frozen=True, kw_only=True):
    """What the linter says. `rules`: places in the list, from 1; the first is the one it is about."""

    code: str
    weight: str
    sentence: str
    mend: str
    rules: tuple[int, ...]
    since: datetime | None
    until: datetime | None


class Verdicts(Struct, frozen=True, kw_only=True):
    """What became of each row, in their order."""

    rows: tuple[RowVerdict, ...]
    done: int
    refused: int


__all__ = [
    "AllCondition",
    "AnyOfCondition",
    "ChangedAnswer",
    "CommissionOfferAnswer",
    "ConditionTree",
    "FlatPrice",
    "ListedRevisionAnswer",
    "NotCondition",
    "OfferedRuleAnswer",
    "OneTest",
    "PreviewAnswer",
    "PreviewStarted",
    "PriceStep",
    "RevisionAnswer",
    "RowVerdict",
    "RuleAnswer",
    "RuleChangeAnswer",
    "RuleChangeKind",
    "RuleRemarkAnswer",
    "SharePrice",
    "ThousandPrice",
    "TierMeasure",
    "TierPeriod",
    "TieredPrice",
    "Verdicts",
]
