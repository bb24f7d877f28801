"""What a linter says of rules: a closed code, the rules, the time, and facts. Words are made elsewhere."""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field

from utfall.events import Outcome
from utfall.terms.parties import PromotionType


class Weight(StrEnum):
    """How much a finding matters: certainly wrong, probably unwanted, or worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Code(StrEnum):
    """What a finding says."""

    CONTRADICTION = "contradiction"
    NEVER_FIRES = "never_fires"
    NEGATIVE_MARGIN = "negative_margin"
    UNREACHABLE_SCOPE = "unreachable_scope"
    OVERLAP = "overlap"
    GAP = "gap"
    ENDS_SOON = "ends_soon"
    STARTS_LATER = "starts_later"
    SHARE_VS_FLAT = "share_vs_flat"
    TIER_STEPS = "tier_steps"


class Cause(StrEnum):
    """Why, where a code has several reasons."""

    IMPOSSIBLE = "impossible"
    NEVER_KNOWN = "never_known"
    NO_RULE = "no_rule"
    ONLY_CONDITIONAL = "only_conditional"
    ONLY_SCOPED = "only_scoped"
    ONLY_ACTIONS = "only_actions"
    EMPTY_GROUP = "empty_group"
    UNKNOWN_GROUP = "unknown_group"
    NOT_ENROLLED = "not_enrolled"
    NOT_IN_GROUP = "not_in_group"
    LARGE_SHARE = "large_share"
    SMALL_SHARE = "small_share"
    FLAT_ABOVE_ORDER = "flat_above_order"
    FLAT_TINY = "flat_tiny"
    ABOVE_CAP = "above_cap"
    BY_DATE = "by_date"
    BY_ID = "by_id"
    NOT_RISING = "not_rising"
    NEVER_REACHED = "never_reached"
    TAKES_BACK = "takes_back"


class Interval(NamedTuple):
    """Half-open, in UTC milliseconds; without an end, for ever."""

    since_ms: int
    until_ms: int | None

    def meet(self, since_ms: int, until_ms: int | None) -> "Interval | None":
        """The part that lies in another interval."""
        since = self.since_ms if self.since_ms > since_ms else since_ms
        until = self.until_ms
        if until_ms is not None and (until is None or until_ms < until):
            until = until_ms
        return None if until is not None and until <= since else Interval(since, until)


class Witness(Struct, frozen=True, kw_only=True):
    """A concrete line of a concrete order (or a touch), as the engine would see it. What `values` does not
    name is unknown.
    """

    at: int
    publisher: int
    group: int | None = None
    action: str | None = None
    values: dict[str, str | int | bool] = field(default_factory=dict)


class About(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The facts of a finding; only those that fit its code are set."""

    outcome: Outcome | None = None
    action: str | None = None
    group: int | None = None
    publisher: int | None = None
    cause: Cause | None = None
    field: str | None = None
    publishers: tuple[int, ...] = ()
    witness: Witness | None = None
    ppm: int | None = None
    limit_ppm: int | None = None
    micros: int | None = None
    limit_micros: int | None = None
    more: int = 0
    step: int | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """One thing a linter found: `rules[0]` is what it is about, the others what it has to do with."""

    code: Code
    weight: Weight
    rules: tuple[int, ...]
    since_ms: int
    until_ms: int | None
    about: About = About()


class Facts(Struct, frozen=True, kw_only=True):
    """What the caller knows beyond the rules; what it does not know is not judged.

    `counted`: outcomes the program says it pays for. `cap_ppm`, `cap_micros`: the most that an outcome may
    cost the advertiser, commission and fee, as a share of the amount or as an amount.
    """

    counted: tuple[Outcome, ...] = ()
    median_order_micros: int | None = None
    cap_ppm: int | None = None
    cap_micros: dict[Outcome, int] = field(default_factory=dict)
    promotion_types: dict[int, PromotionType] = field(default_factory=dict)
