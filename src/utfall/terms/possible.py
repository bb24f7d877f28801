"""Sets of values that a field may have, for reasoning about conditions without an order at hand.

A set of numbers is exact. A set of texts is exact where it is finite; where patterns bound it, it is called
impossible only when that is certain. Either may also hold "unknown", which no test is true of.
"""

from collections.abc import Iterator
from itertools import permutations, product
from typing import Final, NamedTuple

from utfall.terms.conditions import FIELDS, Test, Value

LEAST, MOST = -(1 << 80), 1 << 80
"""Beyond every number that an order can hold."""

Pattern = tuple[str, str]
_NONE: Final[frozenset[Value]] = frozenset()
_NO_PATTERN: Final[frozenset[Pattern]] = frozenset()


class Numbers(NamedTuple):
    """Whole numbers as closed spans, in order and apart."""

    spans: tuple[tuple[int, int], ...]
    unknown: bool = False

    @property
    def impossible(self) -> bool:
        """Whether nothing is left, not even being unknown."""
        return not self.spans and not self.unknown

    def meet(self, other: "Numbers") -> "Numbers":
        """What both allow."""
        unknown = self.unknown and other.unknown
        if len(self.spans) == 1 == len(other.spans):
            (low, high), (least, most) = self.spans[0], other.spans[0]
            low, high = low if low > least else least, high if high < most else most
            return Numbers(((low, high),) if low <= high else (), unknown)
        met, mine, yours = [], 0, 0
        while mine < len(self.spans) and yours < len(other.spans):
            (low, high), (least, most) = self.spans[mine], other.spans[yours]
            if max(low, least) <= min(high, most):
                met.append((max(low, least), min(high, most)))
            if high < most:
                mine += 1
            else:
                yours += 1
        return Numbers(tuple(met), unknown)

    def has(self, value: int) -> bool:
        """Whether a number is in it."""
        return any(low <= value <= high for low, high in self.spans)

    def without(self) -> "Numbers":
        """Every number it does not hold."""
        spans, start = [], LEAST
        for low, high in self.spans:
            if start < low:
                spans.append((start, low - 1))
            start = high + 1
        return Numbers((*spans, (start, MOST)) if start <= MOST else tuple(spans))

    def example(self, least: int = 0) -> int | None:
        """The smallest number from `least` on; where there is none, the largest."""
        above = [max(low, least) for low, high in self.spans if high >= least]
        return above[0] if above else self.spans[-1][1] if self.spans else None


class Values(NamedTuple):
    """Texts or flags: only these, or all but those, that fit patterns and do not fit others."""

    only: frozenset[Value] | None = None
    but: frozenset[Value] = _NONE
    need: frozenset[Pattern] = _NO_PATTERN
    deny: frozenset[Pattern] = _NO_PATTERN
    unknown: bool = False

    @property
    def impossible(self) -> bool:
        """Whether certainly nothing is left, not even being unknown."""
        if self.unknown:
            return False
        return not self.only if self.only is not None else _clash(self.need, self.deny)

    def meet(self, other: "Values") -> "Values":
        """What both allow."""
        unknown = self.unknown and other.unknown
        if self.only is not None:
            left = self.only if self.only == other.only else frozenset(filter(other.has, self.only))
            return Values(left, unknown=unknown)
        if other.only is not None:
            return Values(frozenset(filter(self.has, other.only)), unknown=unknown)
        return Values(
            None, self.but | other.but, self.need | other.need, self.deny | other.deny, unknown=unknown
        )

    def has(self, value: Value) -> bool:
        """Whether a value is in it."""
        if self.only is not None:
            return value in self.only
        return (
            value not in self.but
            and all(_fits(pattern, value) for pattern in self.need)
            and not any(_fits(pattern, value) for pattern in self.deny)
        )

    def example(self) -> Value | None:
        """A value that is in it; None when none was found."""
        if self.only is not None:
            return min(self.only, key=str, default=None)
        return next((text for text in self._guesses() if self.has(text)), None)

    def _guesses(self) -> Iterator[str]:
        starts = max((text for op, text in self.need if op == "starts_with"), key=len, default="")
        ends = max((text for op, text in self.need if op == "ends_with"), key=len, default="")
        inside = sorted(text for op, text in self.need if op == "contains")[:4]
        yield from (starts, ends) if self.need else ()
        for filler, order in product(("", "-", "0"), permutations(inside)):
            yield filler.join(part for part in (starts, *order, ends) if part)
        yield from (f"{starts}{''.join(inside)}{word}{ends}" for word in ("other", "else", "~"))
        yield from (
            f"{starts}{''.join(inside)}other {number}{ends}" for number in range(min(len(self.but), 1000) + 1)
        )


Possible = Numbers | Values

EVERY_NUMBER: Final = Numbers(((LEAST, MOST),), unknown=True)
EVERY_VALUE: Final = Values(unknown=True)


def _fits(pattern: Pattern, value: Value) -> bool:
    op, text = pattern
    assert isinstance(value, str), "only texts have patterns"
    match op:
        case "starts_with":
            return value.startswith(text)
        case "ends_with":
            return value.endswith(text)
    return text in value


def _clash(need: frozenset[Pattern], deny: frozenset[Pattern]) -> bool:
    """Whether no text can fit all of `need` and none of `deny`; False where that is not certain."""
    starts = sorted((text for op, text in need if op == "starts_with"), key=len)
    ends = sorted((text for op, text in need if op == "ends_with"), key=len)
    if any(not starts[-1].startswith(text) for text in starts):
        return True
    if any(not ends[-1].endswith(text) for text in ends):
        return True
    return any(_implied(pattern, need) for pattern in deny)


def _implied(pattern: Pattern, need: frozenset[Pattern]) -> bool:
    op, text = pattern
    if not text:
        return True
    if op == "contains":
        return any(text in held for _, held in need)
    return any(kind == op and _fits(pattern, held) for kind, held in need)


def accepted(test: Test, wanted: bool) -> Possible:
    """The known values of which a test is true (`wanted`), or false."""
    if FIELDS[test.field].kind == "number":
        numbers = _numbers(test)
        return numbers if wanted else numbers.without()
    return _values(test, wanted)


def _numbers(test: Test) -> Numbers:
    listed = test.value if isinstance(test.value, tuple) else (test.value,)
    numbers = [int(value) for value in listed]
    match test.op:
        case "lt":
            return Numbers(((LEAST, numbers[0] - 1),))
        case "le":
            return Numbers(((LEAST, numbers[0]),))
        case "gt":
            return Numbers(((numbers[0] + 1, MOST),))
        case "ge":
            return Numbers(((numbers[0], MOST),))
        case "between":
            low, high = numbers
            return Numbers(((low, high),) if low <= high else ())
    points = Numbers(tuple((number, number) for number in sorted(set(numbers))))
    return points.without() if test.op in ("ne", "not_in") else points


_DENIALS: Final = {"ne": "eq", "not_in": "in", "not_contains": "contains"}


def _values(test: Test, wanted: bool) -> Values:
    if test.op in _DENIALS:
        return _values(Test(test.field, _DENIALS[test.op], test.value), not wanted)
    if test.op in ("eq", "in"):
        named = frozenset(test.value if isinstance(test.value, tuple) else (test.value,))
        if FIELDS[test.field].kind == "flag":
            return Values(named if wanted else frozenset({True, False}) - named)
        return Values(named) if wanted else Values(None, named)
    pattern = frozenset({(test.op, str(test.value))})
    return Values(need=pattern) if wanted else Values(deny=pattern)
