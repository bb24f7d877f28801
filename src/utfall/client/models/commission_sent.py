"""What the operations of commission take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence
from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.commission import ConditionTree, FlatPrice, SharePrice, ThousandPrice, TieredPrice
from utfall.client.models.programs_words import Outcome


class RuleBody(Struct, frozen=True, kw_only=True):
    """A rule as it is wanted; its place in the list is its precedence."""

    name: str
    outcome: Outcome
    price: SharePrice | FlatPrice | ThousandPrice | TieredPrice
    when: ConditionTree | UnsetType | None = UNSET
    action: str | UnsetType = UNSET
    """Only outcomes with this name."""
    group: int | UnsetType | None = UNSET
    """Only publishers in this partner group."""
    publisher: int | UnsetType | None = UNSET
    """Only this publisher."""
    ends_at: datetime | UnsetType | None = UNSET
    """When it stops paying by itself."""
    rule: int | UnsetType | None = UNSET
    """The rule in force that it goes on from."""


class PreviewBody(Struct, frozen=True, kw_only=True):
    """What a list of rules would have paid."""

    rules: Sequence[RuleBody]
    days: int | UnsetType = UNSET
    """How far to look back. Left out: 90."""


class ProgramRules(Struct, frozen=True, kw_only=True):
    """The rules of one of several programs."""

    rules: Sequence[RuleBody]
    effective_from: datetime | UnsetType | None = UNSET
    """Now or later; null: now."""
    why: str | UnsetType = UNSET
    program: int


class RulesBody(Struct, frozen=True, kw_only=True):
    """A whole list of rules, the first with precedence."""

    rules: Sequence[RuleBody]


class RulesChange(Struct, frozen=True, kw_only=True):
    """A list of rules that takes the place of those in force."""

    rules: Sequence[RuleBody]
    effective_from: datetime | UnsetType | None = UNSET
    """Now or later; null: now."""
    why: str | UnsetType = UNSET


__all__ = [
    "PreviewBody",
    "ProgramRules",
    "RuleBody",
    "RulesBody",
    "RulesChange",
]
