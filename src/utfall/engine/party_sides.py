"""What each party of an order reads in its receipt: its own part with its arithmetic, and nobody else's."""

from collections.abc import Iterator, Sequence

from utfall.engine.documents import AdvertiserSide, EarningLine, PartShown, PublisherSide
from utfall.engine.parties import earned
from utfall.engine.state import OrderState, Share, ShareKind
from utfall.money import PPM, allocate


def party_sides(
    order: OrderState, advertiser: AdvertiserSide, publisher: PublisherSide
) -> Sequence[PublisherSide]:
    """Tell the advertiser every part and the winner its own; the sides of all others, by publisher."""
    assert order.publisher is not None, "only an attributed order is shared"
    told_to_advertiser(order, advertiser)
    amounts = earned(order)
    _told_to_winner(order, publisher, amounts[order.publisher])
    return [
        PublisherSide(commission_micros=micros, parts=list(_parts_of(order, party)), publisher=party)
        for party, micros in sorted(amounts.items())
        if party != order.publisher
    ]


def told_to_advertiser(order: OrderState, side: AdvertiserSide) -> None:
    """Every part of the commission."""
    assert order.publisher is not None, "only an attributed order is shared"
    side.parties = [*_winners(order), *(_shown(share) for share in order.shares)]


def _told_to_winner(order: OrderState, side: PublisherSide, own_micros: int) -> None:
    """Its lines hold what it earns with them; what it gets as a parent stands in its parts."""
    assert order.publisher is not None, "only an attributed order is shared"
    as_parent = sum(share.left_micros for share in order.shares if share.publisher == order.publisher)
    prices = [line.left_micros for line in order.lines]
    own = allocate(own_micros - as_parent, prices) if sum(prices) else prices
    side.commission_micros = own_micros
    side.lines = [
        EarningLine(line.category, micros, line.rule) for line, micros in zip(order.lines, own, strict=True)
    ]
    side.parts = list(_parts_of(order, order.publisher))


def _parts_of(order: OrderState, party: int) -> Iterator[PartShown]:
    """What a party gets, and what it gives away of it to its parents."""
    if party == order.publisher:
        yield from _winners(order)
    for share in order.shares:
        if share.publisher == party or (share.kind is ShareKind.OVERRIDE and share.child == party):
            yield _shown(share)


def _winners(order: OrderState) -> Iterator[PartShown]:
    """The winner's own share of a split, where there is one."""
    splits = [share for share in order.shares if share.kind is ShareKind.SPLIT]
    in_force = next((share for share in splits if share.ppm), None)
    if in_force is None or order.publisher is None:
        return
    price = sum(line.left_micros for line in order.lines)
    yield PartShown(
        agreement=in_force.agreement,
        child=order.publisher,
        kind=ShareKind.SPLIT,
        left_micros=price - sum(share.left_micros for share in splits),
        ppm=PPM - sum(share.ppm for share in splits),
        publisher=order.publisher,
    )


def _shown(share: Share) -> PartShown:
    return PartShown(
        agreement=share.agreement,
        child=share.child,
        kind=share.kind,
        left_micros=share.left_micros,
        ppm=share.ppm,
        publisher=share.publisher,
    )
