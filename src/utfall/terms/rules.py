"""Commission rules: for which outcome, under which condition, at which price, in which precedence."""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from utfall.events import Outcome
from utfall.terms.conditions import Condition


class Flat(Struct, frozen=True, gc=False, tag="flat", omit_defaults=True):
    """A fixed amount per order (or per unit of each matching line), in micros of the program's currency."""

    micros: int
    per: Literal["order", "unit"] = "order"


class Portion(Struct, frozen=True, gc=False, tag="share"):
    """A share of the line amount, in parts per million."""

    ppm: int


class PerThousand(Struct, frozen=True, gc=False, tag="per_thousand"):
    """An amount per thousand events; a whole number of micros per event, so that sums are exact."""

    micros: int

    @property
    def each_micros(self) -> int:
        """The exact price of one event."""
        return self.micros // 1000


class TierMeasure(StrEnum):
    """What the steps of a tier are counted in: orders, their amount, or what they earned themselves."""

    ORDERS = "orders"
    AMOUNT = "amount"
    COMMISSION = "commission"


class TierPeriod(StrEnum):
    """The calendar period in which a tier counts, in the program's time zone."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TOTAL = "total"


class Step(Struct, frozen=True, gc=False):
    """What is paid from `start` on: micros, or a number of orders."""

    start: int
    price: Flat | Portion


class Tiered(Struct, frozen=True, gc=False, tag="tiered", omit_defaults=True):
    """A price that rises with what is counted in a period (docs/algorithms/tiers.md).

    Counted is each publisher alone, or with `shared` all whom the rule is for together. `retroactive`: a step
    that is reached holds for the whole period, and what was paid before is corrected.
    """

    measure: TierMeasure
    period: TierPeriod
    steps: tuple[Step, ...]
    shared: bool = False
    retroactive: bool = False

    @property
    def is_split(self) -> bool:
        """Whether an order that crosses a step is priced in parts; an amount per order is never split."""
        counts = self.measure is TierMeasure.ORDERS
        return not (self.retroactive or counts) and isinstance(self.steps[0].price, Portion)

    def step_at(self, position: int) -> int:
        """The place of the step that holds where so much is counted."""
        return max(place for place, step in enumerate(self.steps) if not place or step.start <= position)


Price = Flat | Portion | PerThousand | Tiered


def prices_in(price: Price) -> tuple[Flat | Portion | PerThousand, ...]:
    """The prices that a rule may pay: its one price, or that of each step.

    >>> prices_in(Portion(80_000))
    (Portion(ppm=80000),)
    """
    return tuple(step.price for step in price.steps) if isinstance(price, Tiered) else (price,)


class Rule(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One commission rule of a program, in force during `[effective_from, effective_until)`.

    Precedence (docs/algorithms/pricing.md): higher `priority`, then a rule for one publisher before one for a
    group before one for all, then the later `effective_from`, then the lower `id`.
    """

    id: int
    program: int
    name: str
    outcome: Outcome
    price: Price
    when: Condition | None = None
    action: str | None = None
    group: int | None = None
    publisher: int | None = None
    priority: int = 0
    effective_from: int = 0
    effective_until: int | None = None

    def holds_at(self, at: int) -> bool:
        """Whether the rule was in force."""
        return self.effective_from <= at and (self.effective_until is None or at < self.effective_until)

    def precedence(self) -> tuple[int, int, int, int]:
        """Sort key: the first rule that matches wins."""
        scope = 0 if self.publisher is not None else 1 if self.group is not None else 2
        return (-self.priority, scope, -self.effective_from, self.id)
