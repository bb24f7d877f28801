"""How much of each line is left after a refund, and of its commission."""

from collections.abc import Sequence

from utfall.engine.state import LineState
from utfall.events import Amendment, Reason
from utfall.money import allocate, round_ratio

Left = list[tuple[int, int]]
"""Per line: refunded in all, and the commission that is left."""


def refund_lines(lines: Sequence[LineState], event: Amendment) -> Left | Reason:
    """Every line after a refund of named lines, of an amount of the whole, or of all that is left."""
    taken = _taken(lines, event)
    if isinstance(taken, Reason):
        return taken
    refunded = [line.refunded_micros + part for line, part in zip(lines, taken, strict=True)]
    if any(all_ > line.amount_micros for line, all_ in zip(lines, refunded, strict=True)):
        return Reason.REFUND_EXCEEDS_ORDER
    whole = _whole(len(lines), event)
    left = [
        _left(line, all_, whole=index in whole)
        for index, (line, all_) in enumerate(zip(lines, refunded, strict=True))
    ]
    after = list(zip(refunded, left, strict=True))
    if after == [(line.refunded_micros, line.left_micros) for line in lines]:
        return Reason.NOTHING_CHANGED
    return after


def _taken(lines: Sequence[LineState], event: Amendment) -> list[int] | Reason:
    """What this refund takes of each line."""
    rest = [line.amount_micros - line.refunded_micros for line in lines]
    if event.changes:
        return _named(rest, event)
    if event.amount_micros is None:
        return rest
    if not 0 < event.amount_micros <= sum(rest):
        return Reason.REFUND_EXCEEDS_ORDER
    return list(allocate(event.amount_micros, rest))


def _named(rest: list[int], event: Amendment) -> list[int] | Reason:
    taken = [0] * len(rest)
    for change in event.changes:
        if not 0 <= change.line < len(rest):
            return Reason.REFUND_EXCEEDS_ORDER
        amount = (
            rest[change.line] - taken[change.line] if change.amount_micros is None else change.amount_micros
        )
        if amount < 0:
            return Reason.REFUND_EXCEEDS_ORDER
        taken[change.line] += amount
    return taken


def _whole(count: int, event: Amendment) -> set[int]:
    """The lines that are taken back whole: a line of no amount (a lead) has no other way to be refunded."""
    if event.changes:
        return {change.line for change in event.changes if change.amount_micros is None}
    return set(range(count)) if event.amount_micros is None else set()


def _left(line: LineState, refunded_micros: int, *, whole: bool) -> int:
    """Computed from the first commission, so that many small refunds never take more than one large one."""
    if line.amount_micros == 0:
        return 0 if whole else line.left_micros
    return left_of(line, line.commission_micros, refunded_micros)


def left_of(line: LineState, commission_micros: int, refunded_micros: int) -> int:
    """What a refund leaves of a first commission of a line that has an amount."""
    return round_ratio(
        commission_micros * (line.amount_micros - refunded_micros), line.amount_micros, "half_even"
    )
