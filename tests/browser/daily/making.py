"""A small market as a folder, made in a process of its own: `python -m tests.browser.daily.making FOLDER`.

One shop of the demo with its publishers and people, five weeks of history, and the planted outage, which has
not ended: since some days ago its tag is silent. All is told, settled and shipped as the demo's own history.
"""

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from tests.browser.daily.story import Missed, Story, write
from utfall.cli.demo_history import Begun, begin, tell_history
from utfall.cli.demo_people import PEOPLE, seed
from utfall.demo.cast import PARTNER, SELLERS, SHOP
from utfall.demo.simulation import Market
from utfall.demo.truth import Happening
from utfall.events import Amendment, AnyEvent, Conversion
from utfall.settings import Settings
from utfall.terms import PromotionType
from utfall.workers.publish import publish, sealed_zone

SEED: Final = 4
SCALE: Final = 2.5
"""About twenty orders a day: enough for a day without any to be strange, and for hundreds to decide."""
DAYS: Final = 36
"""So many that the outage began two days ago or earlier."""
DAY_MS: Final = 86_400_000
WHOLE: Final = 1_000_000
"""Of the currency: the shop has whole prices."""
WORKS_FOR: Final = {one.number: one.name for one in PEOPLE if one.kind == "publisher"}
HONEST: Final = frozenset({PromotionType.CONTENT, PromotionType.PRICE_COMPARISON, PromotionType.CASHBACK})
"""Of whom a click wins like any other."""


class Parted(NamedTuple):
    """What was told of a world, and the orders that were not."""

    told: list[AnyEvent]
    lost: list[Conversion]


def main(folder: Path) -> None:
    """Make the market as it is now."""
    settings = Settings(data_dir=folder)
    until = time.time_ns() // 1_000_000
    since = until - DAYS * DAY_MS
    market = Market(SEED, SCALE)
    terms, world = market.terms(since), market.history(since, until)
    outage = world.truth.incident(Happening.TRACKING_OUTAGE)
    parted = part(world.told, outage.since)
    publish(terms, settings.snapshots_dir)
    seed(settings, terms)
    begin(settings, Begun(SEED, SCALE, since, until))
    tell_history(settings, replace(world, told=tuple(parted.told), later=()))
    write(folder, story(outage.since, parted))


def part(told: Iterable[AnyEvent], since: int) -> Parted:
    """The shop's events, and its orders from a time on, of which nothing is heard."""
    parted, references = Parted([], []), set[str]()
    for event in told:
        if isinstance(event, Conversion) and event.program == SHOP and event.occurred_at >= since:
            parted.lost.append(event)
            references.add(event.order)
        elif isinstance(event, Amendment):
            if event.advertiser == SELLERS[0].advertiser and event.order not in references:
                parted.told.append(event)
        elif getattr(event, "program", None) == SHOP:
            parted.told.append(event)
    return parted


def story(since: int, parted: Parted) -> Story:
    """What a test is to look for."""
    lost = next(one for one in parted.lost if one.clicks and one.clicks[-1].publisher in WORKS_FOR)
    overtaken = next(
        one for one in reversed(parted.told) if isinstance(one, Conversion) and is_overtaken(one)
    )
    return Story(
        silent_since=sealed_zone(SELLERS[0].zone).day(since),
        lost=missed(lost, lost.clicks[-1].publisher),
        overtaken=missed(overtaken, overtaken.clicks[0].publisher),
    )


def is_overtaken(order: Conversion) -> bool:
    """Whether a publisher with people had a click, and another of the same rank a later one."""
    clickers = [one.publisher for one in order.clicks]
    if order.code is not None or len(set(clickers)) < 2 or clickers[0] not in WORKS_FOR:
        return False
    return all(PARTNER[one].kind in HONEST for one in clickers) and clickers[-1] != clickers[0]


def missed(order: Conversion, publisher: int) -> Missed:
    """An order as its publisher would claim it."""
    return Missed(
        person=WORKS_FOR[publisher],
        order=order.order,
        placed_on=sealed_zone(SELLERS[0].zone).day(order.occurred_at),
        amount=str(sum(line.amount_micros for line in order.lines) // WHOLE),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
