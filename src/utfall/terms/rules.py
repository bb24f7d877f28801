"""Commission rules: for which outcome, under which condition, at which price, in which precedence."""

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


Price = Flat | Portion | PerThousand


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
