"""The simulator: a market made of a seed, with everything that happens in it, and the truth about it.

    world = generate(seed=1, days=365, scale=1.0)
    world.market, world.events, world.truth

    market = Market(seed=1, scale=1.0)
    market.history(since, until)

A function of seed and time: the same arguments give the same bytes (docs/algorithms/demo-market.md).
"""

from datetime import date
from functools import cached_property
from typing import Final

from msgspec import Struct

from utfall import terms
from utfall.demo import attacks, paydays
from utfall.demo.agreed import LEAD_DAYS, agreed
from utfall.demo.attacks import Stage
from utfall.demo.cast import BY_PROGRAM, SELLER, SELLERS, SERVICE, SHOP
from utfall.demo.chance import DAY_MS, stream
from utfall.demo.journeys import ALONE, Day, visits, without_partner
from utfall.demo.orders import Till
from utfall.demo.sheet import Sheet, pseudonymised
from utfall.demo.truth import Happening, Incident, Truth
from utfall.events import AnyEvent
from utfall.workers.publish import sealed_zone

UNTIL: Final = 1_793_491_200_000
"""2026-11-01 00:00 UTC: where a history ends when nothing else is said."""
_EPOCH: Final = date(1970, 1, 1).toordinal()
_OUTAGE_DAYS_AGO: Final = 9


class World(Struct, frozen=True, kw_only=True, dict=True):
    """A history: what was agreed, what was told until `until` and what is to be told `later`, and the truth.

    `told` and `later` are in clear, as browsers and shops send them, in the order in which they arrive.
    """

    market: terms.Market
    told: tuple[AnyEvent, ...]
    later: tuple[AnyEvent, ...]
    truth: Truth

    @cached_property
    def events(self) -> tuple[AnyEvent, ...]:
        """What was told, as the journal holds it: people are digests."""
        return tuple(pseudonymised(event) for event in self.told)


class Market:
    """A market of a seed and a size. `scale` multiplies the visits; caps grow with it."""

    def __init__(self, seed: int, scale: float = 1.0) -> None:
        self.seed, self.scale = seed, scale
        self._zones = {one.program: sealed_zone(one.zone) for one in SELLERS}

    def terms(self, since: int) -> terms.Market:
        """What is agreed, in force from thirty days before a time."""
        return agreed(since - LEAD_DAYS * DAY_MS, self.scale)

    def history(self, since: int, until: int) -> World:
        """Everything that happens between two times."""
        sheet = Sheet()
        silent = self._outage(since, until)
        tills = {
            one.program: Till(
                one, self._zones[one.program], self.scale, silent if one.program == SHOP else None
            )
            for one in SELLERS
        }
        for till in tills.values():
            self._live(sheet, till, since, until)
        stage = Stage(
            self.seed,
            self.scale,
            since,
            until,
            tills,
            lambda program, at: self._day(program, self._zones[program].day(at), until),
        )
        for plant in attacks.ATTACKS:
            plant(sheet, stage)
        sheet.incidents.append(silent)
        attacks.late_goal(sheet, stage, self.expected)
        sheet.incidents += paydays.planted(since, until)
        return self._world(sheet, since, until)

    def _live(self, sheet: Sheet, till: Till, since: int, until: int) -> None:
        """Everybody who comes to one advertiser; a day outside of the span is left out afterwards."""
        program = till.seller.program
        first, last = (self._zones[program].day(at).toordinal() for at in (since, until))
        for number in range(first, last + 1):
            day = self._day(program, date.fromordinal(number), until)
            for placed in BY_PROGRAM[program]:
                visits(sheet, stream(self.seed, placed.link, number), till, placed, day)
            without_partner(sheet, stream(self.seed, program, number), till, day)

    def _day(self, program: int, day: date, until: int) -> Day:
        zone = self._zones[program]
        midnight = zone.to_utc_ms((day.toordinal() - _EPOCH) * DAY_MS + DAY_MS // 2) - DAY_MS // 2
        return Day(day, midnight, (until - midnight) / DAY_MS)

    def _outage(self, since: int, until: int) -> Incident:
        """The local day on which the shop's tag was silent: a weekday nine days before the end."""
        seller = SELLERS[0]
        shrink = min(1.0, (until - since) / DAY_MS / attacks.WHOLE_DAYS)
        zone = self._zones[seller.program]
        ago = max(round(_OUTAGE_DAYS_AGO * shrink), 1)
        number = zone.day(until - ago * DAY_MS).toordinal()
        while ago > 1 and date.fromordinal(number).weekday() > 3:
            number -= 1
        begins, ends = (zone.to_utc_ms((each - _EPOCH) * DAY_MS) for each in (number, number + 1))
        return Incident(
            kind=Happening.TRACKING_OUTAGE.value,
            since=begins,
            until=ends,
            advertiser=seller.advertiser,
            program=seller.program,
        )

    def expected(self, program: int, since: int, until: int) -> float:
        """How many outcomes a program is to expect between two times, whoever claims them."""
        a_day = sum(one.clicks * one.rate for one in BY_PROGRAM[program]) * (1 + ALONE)
        planted = attacks.LEADS_A_DAY if program == SERVICE else 0.0
        zone, trade = self._zones[program], SELLER[program].trade
        days = range(zone.day(since).toordinal(), zone.day(until).toordinal())
        volumes = (self._day(program, date.fromordinal(number), until).volume(trade) for number in days)
        return self.scale * (a_day * sum(volumes) + planted * len(days))

    def _world(self, sheet: Sheet, since: int, until: int) -> World:
        told = sorted(
            (event for event in sheet.told if event.occurred_at >= since),
            key=lambda event: (event.received_at, event.id),
        )
        past = sum(event.received_at < until for event in told)
        truth = Truth(
            seed=self.seed,
            scale=self.scale,
            since=since,
            until=until,
            kinds={event.id: str(event.__struct_config__.tag) for event in told},
            labels={event.id: sheet.labels[event.id] for event in told if event.id in sheet.labels},
            incidents=tuple(sheet.incidents),
            untold=tuple(sorted(sheet.untold, key=lambda one: (one.at, one.order))),
        )
        return World(market=self.terms(since), told=tuple(told[:past]), later=tuple(told[past:]), truth=truth)


def generate(seed: int, days: int = 365, scale: float = 1.0, *, until: int = UNTIL) -> World:
    """The history of so many days up to a time."""
    return Market(seed, scale).history(until - days * DAY_MS, until)
