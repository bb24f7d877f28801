"""Orders as the book has them, in the form that the detectors read, with what is owed and to whom."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from utfall.engine import OrderState, OrderStatus
from utfall.events import ClickRef, Outcome
from utfall.portal.book import facade as book
from utfall.portal.links import facade as links
from utfall.science.quality import Ordered, Touched
from utfall.terms import Code, TouchClass

AT_ONCE: Final = 500
ORDERS_MOST: Final = 300_000
"""Orders of one program that are looked at together, the newest."""
_OWED: Final = frozenset({OrderStatus.PENDING, OrderStatus.APPROVED, OrderStatus.PAYABLE})
Numbers = dict[int, "array[int]"]


class Seen(NamedTuple):
    """An order: as the detectors read it, where it stands, and whose commission it is."""

    ordered: Ordered
    number: int
    reference: str
    status: OrderStatus
    winner: int | None

    @property
    def is_theirs(self) -> bool:
        """Whether the publisher who claims it would be paid for it."""
        return self.winner == self.ordered.publisher


class Codes:
    """Whose promo codes are, by program, without regard to case."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, str], list[Code]] = defaultdict(list)
        for one in links.sealed_codes():
            self._held[one.program, one.code.casefold()].append(one)

    def holder(self, program: int, code: str | None, at: int) -> int | None:
        """Whose a code was at a time."""
        if code is None:
            return None
        held = self._held.get((program, code.casefold()), ())
        return next((one.publisher for one in held if one.holds_at(at)), None)


def numbers_by_program(since_ms: int, until_ms: int) -> tuple[Numbers, dict[int, int]]:
    """The numbers of a span's orders by program, oldest first; and whose each program is."""
    found: Numbers = defaultdict(lambda: array("q"))
    owners: dict[int, int] = {}
    loose = array("q")
    with book.opened() as opened:
        if opened is None:
            return found, owners
        for row in book.conversions(opened):
            if not since_ms <= row.occurred_at < until_ms:
                continue
            if row.program is None:
                loose.append(row.id)
            else:
                found[row.program].append(row.id)
                owners[row.program] = row.advertiser
        for state in _states(opened, loose):
            program = _program_of(state)
            if program is not None:
                found[program].append(state.id)
                owners.setdefault(program, state.advertiser)
    return found, owners


def _program_of(state: OrderState) -> int | None:
    last = max(state.clicks, key=lambda one: one.at, default=None)
    return last.program if last else state.program_asked


def seen_orders(
    program: int, numbers: "array[int]", addresses: Mapping[str, str], codes: Codes
) -> Iterator[Seen]:
    """The newest orders of a program that anybody claims."""
    with book.opened() as opened:
        if opened is None:
            return
        for state in _states(opened, numbers[-ORDERS_MOST:]):
            if (one := seen(state, program, addresses.get(state.event), codes)) is not None:
                yield one


def _states(opened: book.Book, numbers: "array[int]") -> Iterator[OrderState]:
    for start in range(0, len(numbers), AT_ONCE):
        some = book.orders_numbered(opened, numbers[start : start + AT_ONCE])
        yield from (some[number] for number in sorted(some))


def seen(state: OrderState, program: int, address: str | None, codes: Codes) -> Seen | None:
    """One order; None where nobody claims it.

    Who claims it is who would be paid, but for a click after the checkout had begun: then it is whose click
    that was, although the engine refused it.
    """
    holder = codes.holder(program, state.code, state.occurred_at)
    clicks = [one for one in state.clicks if one.program == program]
    claimer = _claimer(state, clicks, holder)
    if claimer is None:
        return None
    is_theirs = claimer == state.publisher
    owed = state.cost_micros if is_theirs and state.status in _OWED else 0
    ordered = Ordered(
        id=str(state.id),
        at=state.occurred_at,
        program=program,
        publisher=claimer,
        touches=tuple(_touches(state, clicks)),
        visitor=state.visitor,
        customer=state.customer,
        address=address,
        device=state.device,
        checkout_at=state.checkout_at,
        code=state.code,
        code_holder=holder,
        is_lead=state.outcome is Outcome.LEAD,
        owed_micros=owed,
        currency=state.currency,
    )
    return Seen(ordered, state.id, state.order, state.status, state.publisher)


def _claimer(state: OrderState, clicks: Iterable[ClickRef], holder: int | None) -> int | None:
    last = max(clicks, key=lambda one: one.at, default=None)
    if last and state.checkout_at is not None and last.at > state.checkout_at:
        return last.publisher
    return state.publisher or (last.publisher if last else holder)


def _touches(state: OrderState, clicks: Iterable[ClickRef]) -> Iterator[Touched]:
    """The clicks that the order brought, and the one that won, which may be known by the visitor alone."""
    known = {(one.at, one.publisher) for one in clicks}
    if state.touch_at is not None and state.publisher and state.touch_class is not TouchClass.VIEW:
        known.add((state.touch_at, state.publisher))
    return (Touched(at, publisher) for at, publisher in sorted(known))
