"""A question to the lake, checked before anything is read, and what the asker may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from utfall.lake.errors import InvalidQuery, NotInScope
from utfall.lake.semantics import Dimension, Metric, Origin, dimension, metric

Value = str | int | date | None
CURRENCY: Final = "currency"
LIMIT_MAX: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose facts the asker may see: those of these advertisers and those of these publishers; None and
    None: all.
    """

    advertisers: frozenset[int] | None = None
    publishers: frozenset[int] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is hidden."""
        return self.advertisers is None and self.publishers is None


EVERYTHING: Final = Scope()


@dataclass(frozen=True, slots=True)
class Query:
    """Which metrics, by which dimensions, of which facts.

    `where` maps a dimension to the values that are wanted (None: those where it is empty). `start` and
    `end` are local days in each program's own zone, `end` not included. `order` names columns, with a
    minus sign for the largest first.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    order: tuple[str, ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A query whose every name is known and every value is of its dimension's type."""

    metrics: tuple[Metric, ...]
    by: tuple[Dimension, ...]
    where: tuple[tuple[Dimension, tuple[Value, ...]], ...]
    start: date | None
    end: date | None
    order: tuple[tuple[str, bool], ...]
    limit: int | None
    scope: Scope

    @property
    def of_money(self) -> bool:
        """Whether amounts are in it, so that it is told per currency."""
        return any(each.of_money for each in self.metrics)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """All dimensions it touches."""
        return (*self.by, *(each for each, _ in self.where))

    def touches(self, origin: Origin) -> bool:
        """Whether a dimension of this origin is in it."""
        return any(each.origin is origin for each in self.dimensions)


def checked(query: Query, scope: Scope = EVERYTHING) -> Checked:
    """The query, proved; QueryError says what is wrong with it."""
    metrics = tuple(map(metric, _once(query.metrics, "metric")))
    if not metrics:
        raise InvalidQuery("name at least one metric")
    if scope.publishers is not None:
        for each in metrics:
            if each.for_advertiser_only:
                raise NotInScope(each.name)
    by = tuple(map(dimension, _once(query.by, "dimension")))
    if CURRENCY not in query.by and any(each.of_money for each in metrics):
        by = (*by, dimension(CURRENCY))
    if query.start is not None and query.end is not None and query.end <= query.start:
        raise InvalidQuery(f"the end {query.end} is not after the start {query.start}; it is not included")
    if query.limit is not None and not 0 < query.limit <= LIMIT_MAX:
        raise InvalidQuery(f"a limit lies between 1 and {LIMIT_MAX}")
    where = tuple((dimension(name), _values(dimension(name), values)) for name, values in query.where.items())
    order = _order(query.order, {each.name for each in by} | {each.name for each in metrics})
    return Checked(metrics, by, where, query.start, query.end, order, query.limit, scope)


def parse_where(texts: Iterable[str]) -> dict[str, tuple[Value, ...]]:
    """Conditions as people type them.

    >>> parse_where(["program=1,2", "reason="])
    {'program': (1, 2), 'reason': (None,)}
    """
    where: dict[str, tuple[Value, ...]] = {}
    for text in texts:
        name, sign, values = text.partition("=")
        if not sign:
            raise InvalidQuery(f"{text!r} is no condition; write dimension=value or dimension=value,value")
        where[name] = _values(dimension(name), [each or None for each in values.split(",")])
    return where


def _once(names: Sequence[str], what: str) -> Sequence[str]:
    for name in names:
        if names.count(name) > 1:
            raise InvalidQuery(f"the {what} {name} is named twice")
    return names


def _values(about: Dimension, values: Sequence[Value]) -> tuple[Value, ...]:
    if isinstance(values, str) or not values:
        raise InvalidQuery(f"{about.name}: name a list of at least one value")
    return tuple(None if value is None else _value(about, value) for value in values)


def _value(about: Dimension, value: str | int | date) -> Value:
    try:
        if about.origin is Origin.ID:
            return int(str(value))
        if about.name == "day":
            return date.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidQuery(f"{about.name}: {value!r} is not a value it can have") from error
    return str(value)


def _order(names: Sequence[str], known: set[str]) -> tuple[tuple[str, bool], ...]:
    pairs = tuple((name.removeprefix("-"), name.startswith("-")) for name in names)
    for name, _ in pairs:
        if name not in known:
            raise InvalidQuery(f"cannot order by {name}: it is not in the report")
    return pairs
