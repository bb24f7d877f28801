"""What becomes of a commission under a split and the overrides beside it, worked out by the engine."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from utfall.engine.parties import agreed, earned, spread
from utfall.engine.state import LineState, OrderState, ShareKind
from utfall.events import Outcome, Source
from utfall.money import PPM
from utfall.portal.access.times import to_ms
from utfall.portal.partners.sharing_sealed import sealed_overrides
from utfall.terms import (
    Advertiser,
    InvalidSnapshot,
    Market,
    Override,
    Program,
    ProgramTerms,
    Publisher,
    Split,
    Zone,
    load_snapshot,
    seal,
)

PRICE_MICROS: Final = 100_000_000


class Gets(NamedTuple):
    """What one publisher gets, and by which agreements: kind, share, and whose part it is of."""

    publisher: int
    micros: int
    by: tuple[tuple[ShareKind, int, int], ...]


class SharingExample(NamedTuple):
    """A commission of 100.00 divided; `commission_micros` has what is paid on top of it as well."""

    parts: tuple[Gets, ...]
    commission_micros: int


def sharing_example(
    program: int,
    currency: str,
    winner: int,
    shares: Sequence[tuple[int, int]],
    at: datetime,
    further: Iterable[Override] = (),
) -> SharingExample | None:
    """How 100.00 that a publisher won would be divided at a time; None where the shares are none yet.

    With the overrides that are agreed by then, and further ones that are being written.
    """
    named = [winner, *(publisher for publisher, _ppm in shares)]
    held = [one for child in dict.fromkeys(named) for one in sealed_overrides(child)]
    overrides = [
        one for one in (*held, *further) if one.program in (None, program) and one.holds_at(to_ms(at))
    ]
    split = Split(id=1, program=program, publisher=winner, shares=tuple(shares))
    order = _order(program, currency, winner)
    try:
        terms = load_snapshot(seal(_market(program, currency, split, overrides)))
    except InvalidSnapshot:
        return None
    spread(order, agreed(order, terms), 0)
    return _told(order, dict(shares))


def _told(order: OrderState, ppm: dict[int, int]) -> SharingExample:
    parts = []
    for publisher, micros in earned(order).items():
        by = [(ShareKind.SPLIT, ppm[publisher], 0)] if ppm.get(publisher, PPM) != PPM else []
        beside = (one for one in order.shares if one.kind is not ShareKind.SPLIT)
        by += [(one.kind, one.ppm, one.child) for one in beside if one.publisher == publisher]
        parts.append(Gets(publisher, micros, tuple(by)))
    return SharingExample(tuple(parts), order.commission_micros)


def _market(program: int, currency: str, split: Split, overrides: Sequence[Override]) -> Market:
    """The least market in which these agreements hold."""
    publishers = {split.publisher, *(publisher for publisher, _ppm in split.shares)}
    publishers |= {one for override in overrides for one in (override.parent, override.child)}
    zone = Zone("UTC", (), (0,))
    return Market(
        zones=(zone,),
        advertisers=(Advertiser(id=1, name=""),),
        publishers=tuple(Publisher(id=number, name="") for number in sorted(publishers)),
        programs=(
            Program(
                id=program,
                advertiser=1,
                name="",
                currency=currency,
                zone=zone.name,
                versions=(ProgramTerms(version=1, effective_from=0),),
            ),
        ),
        splits=(split,) if len(split.shares) > 1 else (),
        overrides=tuple(_always(one, place) for place, one in enumerate(overrides, 1)),
    )


def _always(override: Override, place: int) -> Override:
    return Override(
        id=override.id or place + (1 << 31),
        parent=override.parent,
        child=override.child,
        ppm=override.ppm,
        program=override.program,
        on_top=override.on_top,
    )


def _order(program: int, currency: str, winner: int) -> OrderState:
    return OrderState(
        id=1,
        advertiser=1,
        outcome=Outcome.SALE,
        order="",
        event="",
        occurred_at=0,
        received_at=0,
        source=Source.API,
        currency=currency,
        lines=[LineState(PRICE_MICROS, commission_micros=PRICE_MICROS, left_micros=PRICE_MICROS)],
        supplied={},
        program=program,
        publisher=winner,
    )
