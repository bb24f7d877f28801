"""Who else is paid for an order, and how much: docs/algorithms/parties.md in code.

    shares = agreed(order, terms)                  # the agreements in force when the order was placed
    spread(order, shares, fee_ppm)                 # every part of the first price
    shrink(order)                                  # every part of what is left of it

An order without shares costs one look at an empty list.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from utfall.engine.batch import Entry
from utfall.engine.posting import BUCKETS, Entries, netted
from utfall.engine.pricing import fee_of, share_of
from utfall.engine.state import OrderState, OrderStatus, Share, ShareKind
from utfall.money import PPM, allocate
from utfall.terms import Snapshot


class Owed(NamedTuple):
    """What an order owes: the whole commission, the fee on it, and what of it is handed on."""

    commission_micros: int
    fee_micros: int
    handed: dict[int, int]


NOTHING: Final = Owed(0, 0, {})


def agreed(order: OrderState, terms: Snapshot) -> list[Share]:
    """The shares that others have in an attributed order. Who had one before and has none now keeps a part of
    nothing, so that it is told.
    """
    assert order.program is not None, "only an attributed order is shared"
    assert order.publisher is not None, "only an attributed order is shared"
    winner, at = order.publisher, order.occurred_at
    split = terms.split_at(order.program, winner, at)
    shares = []
    if split is not None:
        beside = [one for one in split.shares if one[0] != winner]
        shares = [Share(ShareKind.SPLIT, split.id, publisher, winner, ppm) for publisher, ppm in beside]
    overrides = [
        override
        for child in (winner, *(share.publisher for share in shares))
        for override in terms.overrides_at(order.program, child, at)
    ]
    for one in sorted(overrides, key=lambda each: each.id):
        kind = ShareKind.ON_TOP if one.on_top else ShareKind.OVERRIDE
        shares.append(Share(kind, one.id, one.parent, one.child, one.ppm))
    known = {(share.kind, share.agreement, share.publisher, share.child) for share in shares}
    gone = (one for one in order.shares if (one.kind, one.agreement, one.publisher, one.child) not in known)
    return shares + [Share(one.kind, one.agreement, one.publisher, one.child, 0) for one in gone]


def parts(shares: Sequence[Share], winner: int, price_micros: int) -> list[int]:
    """What each share comes to of a price."""
    splits = [share for share in shares if share.kind is ShareKind.SPLIT]
    weights = [PPM - sum(share.ppm for share in splits), *(share.ppm for share in splits)]
    divided = iter(allocate(price_micros, weights))
    earned = {winner: next(divided)}
    for share, micros in zip(splits, divided, strict=True):
        earned[share.publisher] = earned.get(share.publisher, 0) + micros
    left = dict(earned)
    found = []
    for share in shares:
        micros = earned.get(share.publisher, 0) if share.kind is ShareKind.SPLIT and share.ppm else 0
        if share.kind is not ShareKind.SPLIT:
            micros = share_of(earned.get(share.child, 0), share.ppm)
        if share.kind is ShareKind.OVERRIDE:
            micros = min(micros, left.get(share.child, 0))
            left[share.child] = left.get(share.child, 0) - micros
        found.append(micros)
    return found


def whole(shares: Sequence[Share], winner: int, price_micros: int) -> int:
    """The commission: a price with all that is on top of it."""
    told = zip(shares, parts(shares, winner, price_micros), strict=True)
    return price_micros + sum(micros for share, micros in told if share.kind is ShareKind.ON_TOP)


def largest_price(shares: Sequence[Share], winner: int, wanted_micros: int, commission_micros: int) -> int:
    """The largest price, at most the wanted one, that is with all on top of it within a commission."""
    full = whole(shares, winner, wanted_micros)
    price = min(wanted_micros, commission_micros * wanted_micros // full + len(shares) + 1) if full else 0
    while price and whole(shares, winner, price) > commission_micros:
        price -= 1
    return price


def spread(order: OrderState, shares: list[Share], fee_ppm: int) -> None:
    """Give everybody its part of an order that was priced: its lines hold the price."""
    assert order.publisher is not None, "only an attributed order is shared"
    price = sum(line.left_micros for line in order.lines)
    for share, micros in zip(shares, parts(shares, order.publisher, price), strict=True):
        share.commission_micros = share.left_micros = micros
    order.shares = tuple(shares)
    order.commission_micros = price + on_top(shares)
    order.fee_micros = fee_of(order.commission_micros, fee_ppm)


def left_after(order: OrderState, price_micros: int) -> tuple[int, list[int]]:
    """What is left of the commission and of every share where so much is left of the price."""
    assert order.publisher is not None, "only an attributed order is shared"
    left = parts(order.shares, order.publisher, price_micros)
    told = zip(order.shares, left, strict=True)
    return price_micros + sum(micros for share, micros in told if share.kind is ShareKind.ON_TOP), left


def on_top(shares: Iterable[Share]) -> int:
    """What the advertiser pays beside the price."""
    return sum(share.left_micros for share in shares if share.kind is ShareKind.ON_TOP)


def dealt(
    shares: Sequence[Share], amounts: Iterable[int], winner: int, commission_micros: int
) -> dict[int, int]:
    """What everybody has of a commission where each share comes to an amount, the winner first.

    An override is taken from its child, everything else from the winner, who begins with all of it.
    """
    found = {winner: commission_micros}
    for share, micros in zip(shares, amounts, strict=True):
        giver = share.child if share.kind is ShareKind.OVERRIDE else winner
        found[giver] = found.get(giver, 0) - micros
        found[share.publisher] = found.get(share.publisher, 0) + micros
    return found


def earned(order: OrderState) -> dict[int, int]:
    """What every publisher of an attributed order gets of it, the winner first; they sum to it."""
    assert order.publisher is not None, "only an attributed order is earned"
    left = (share.left_micros for share in order.shares)
    return dealt(order.shares, left, order.publisher, order.commission_micros)


def earned_at_first(order: OrderState) -> dict[int, int]:
    """The same of the first price, before anything was taken back."""
    assert order.publisher is not None, "only an attributed order is earned"
    firsts = [share.commission_micros for share in order.shares]
    commission = sum(line.commission_micros for line in order.lines)
    told = zip(order.shares, firsts, strict=True)
    commission += sum(micros for share, micros in told if share.kind is ShareKind.ON_TOP)
    return dealt(order.shares, firsts, order.publisher, commission)


def handed(order: OrderState) -> dict[int, int]:
    """What stands with everybody that would be the winner's were nothing agreed: it sums to zero."""
    return handed_of(order, (share.left_micros for share in order.shares))


def handed_of(order: OrderState, amounts: Iterable[int]) -> dict[int, int]:
    """The same where each share comes to an amount."""
    assert order.publisher is not None, "only an attributed order is shared"
    return dealt(order.shares, amounts, order.publisher, 0)


def handed_on(entries: Entries, status: OrderStatus, handed: dict[int, int], *, sign: int = 1) -> Entries:
    """The same entries with what was handed on moved from the winner's account of a status to the others'."""
    bucket = BUCKETS[status][1]
    moved = (Entry("publisher", publisher, bucket, -sign * micros) for publisher, micros in handed.items())
    return netted((*entries, *moved))


def passed_on(entries: Entries, order: OrderState, source: OrderStatus, target: OrderStatus) -> Entries:
    """The same entries with what others get moved from one status to another, beside the winner's."""
    standing = handed(order)
    return handed_on(handed_on(entries, source, standing, sign=-1), target, standing)


def difference(after: dict[int, int], before: dict[int, int]) -> dict[int, int]:
    """What each gets more than before."""
    return {one: after.get(one, 0) - before.get(one, 0) for one in {**after, **before}}
