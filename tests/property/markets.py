"""Random small markets and random histories of what happened in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any

import msgspec
from hypothesis import strategies as st

from tests.unit.engine.market import DAY, HOUR, NOON, zone_of
from utfall.events import (
    Action,
    Amendment,
    AnyEvent,
    Click,
    ClickRef,
    Conversion,
    Cost,
    DeclineReason,
    Impression,
    Line,
    LineChange,
    Outcome,
    Source,
    VideoProgress,
    Viewable,
    event_id,
)
from utfall.terms import (
    Advertiser,
    AllOf,
    ChannelPolicy,
    Code,
    Condition,
    Enrolment,
    Flat,
    Group,
    Limit,
    Link,
    Market,
    Measure,
    Method,
    Not,
    Over,
    Override,
    Period,
    PerThousand,
    Portion,
    Price,
    Program,
    ProgramTerms,
    PromotionType,
    Publisher,
    Rule,
    Snapshot,
    Split,
    Status,
    Step,
    Test,
    Tiered,
    TierMeasure,
    TierPeriod,
    Windows,
    load_snapshot,
    seal,
)

START = NOON - 30 * DAY
PUBLISHERS = (10, 11, 12)
TYPES = (PromotionType.CONTENT, PromotionType.CASHBACK, PromotionType.EXTENSION)
PROGRAMS = {100: (1, "SEK", "Europe/Stockholm"), 200: (1, "NOK", "UTC"), 300: (2, "SEK", "Asia/Kolkata")}
GROUPS = {101: 100, 201: 200, 301: 300}
LINKS = {program * 100 + publisher: (program, publisher) for program in PROGRAMS for publisher in PUBLISHERS}
TOUCH_OUTCOMES = (Outcome.IMPRESSION, Outcome.VIEWABLE, Outcome.VIDEO, Outcome.CLICK)
ORDER_OUTCOMES = (Outcome.SALE, Outcome.LEAD, Outcome.ACTION, Outcome.INSTALL)

CONDITIONS: tuple[Condition, ...] = (
    Test("line.category", "eq", "shoes"),
    Test("customer.orders_before", "ge", 1),
    Not(Test("customer.is_new", "eq", True)),
    AllOf((Test("order.lines", "ge", 2), Test("touch.class", "in", ("standard", "incentive")))),
    Test("partner.promotion_type", "ne", "cashback"),
    Test("customer.status", "in", ("new", "lapsed")),
    Test("order.is_recurring", "eq", True),
)
TOUCH_CONDITIONS: tuple[Condition, ...] = (
    Test("touch.sub1", "eq", "mail"),
    Test("touch.device", "ne", "phone"),
    Test("partner.publisher", "eq", 10),
)


def market(chance: Random) -> Snapshot:
    """A snapshot of two advertisers, three programs and three publishers under random terms."""
    agreed = Market(
        zones=tuple(zone_of(zone) for _, _, zone in PROGRAMS.values()),
        advertisers=(Advertiser(id=1, name="A"), Advertiser(id=2, name="B")),
        publishers=tuple(
            Publisher(id=number, name=f"P{number}", promotion_type=kind)
            for number, kind in zip(PUBLISHERS, TYPES, strict=True)
        ),
        programs=tuple(program(chance, number) for number in PROGRAMS),
        groups=tuple(Group(id=number, program=program, name="G") for number, program in GROUPS.items()),
        enrolments=tuple(
            Enrolment(
                program=program,
                publisher=publisher,
                starts_at=0,
                ends_at=chance.choice([None, None, None, NOON]),
                group=chance.choice([None, program + 1]),
            )
            for program in PROGRAMS
            for publisher in PUBLISHERS
        ),
        links=tuple(
            Link(
                id=number,
                key=f"k{number}",
                program=program,
                publisher=publisher,
                destination="https://s.example/",
            )
            for number, (program, publisher) in LINKS.items()
        ),
        codes=tuple(Code(code="SUMMER", program=program, publisher=11) for program in PROGRAMS),
        rules=(
            *(usual_rule(chance, 90 + number, program) for number, program in enumerate(PROGRAMS)),
            *(rule(chance, number) for number in range(1, chance.randint(2, 11))),
        ),
        limits=tuple(limit(chance, number) for number in range(1, chance.randint(1, 5))),
        splits=tuple(splits(chance)),
        overrides=tuple(overrides(chance)),
    )
    return load_snapshot(seal(agreed))


DAYS = (0, 1, 10, 30)
METHODS: tuple[tuple[Method, ...], ...] = (
    ("code", "click", "view"),
    ("click", "code"),
    ("view", "click"),
    ("click", "recurring"),
    ("recurring", "code", "click"),
)
SHARES = ((700_000, 300_000), (333_334, 333_333, 333_333), (1, 999_999), (500_000, 499_999, 1))
INTERVALS = ((0, None), (0, None), (0, NOON), (NOON, None))


def splits(chance: Random) -> Iterator[Split]:
    """In about half of the programs the orders of some publishers are shared."""
    for number in PROGRAMS:
        if chance.random() < 0.5:
            winner = chance.choice(PUBLISHERS)
            named = [winner, *(one for one in PUBLISHERS if one != winner)]
            since, until = chance.choice(INTERVALS)
            yield Split(
                id=number,
                program=number,
                publisher=winner,
                shares=tuple(zip(named, chance.choice(SHARES), strict=False)),
                effective_from=since,
                effective_until=until,
            )


def overrides(chance: Random) -> Iterator[Override]:
    """Every publisher may have one of the others above it, or both."""
    for child in PUBLISHERS:
        for parent in PUBLISHERS:
            if child == parent or chance.random() < 0.6:
                continue
            on_top = chance.random() < 0.5
            since, until = chance.choice(INTERVALS)
            yield Override(
                id=child * 100 + parent,
                parent=parent,
                child=child,
                ppm=chance.choice([1, 100_000, 333_333, 500_000]),
                program=chance.choice(list(PROGRAMS)) if on_top else None,
                on_top=on_top,
                effective_from=since,
                effective_until=until,
            )


def program(chance: Random, number: int) -> Program:
    advertiser, currency, zone = PROGRAMS[number]
    starts = [0, *sorted(chance.sample([START + 3 * DAY + 700_000, NOON], chance.randint(0, 2)))]
    versions = [
        ProgramTerms(
            version=version,
            effective_from=start,
            status=chance.choice([Status.ACTIVE] * 15 + [Status.PAUSED]),
            windows=Windows(view=chance.choice([0, 86_400])),
            attribution=chance.choice(METHODS),
            channels={"search": chance.choice([ChannelPolicy.ANY, *ChannelPolicy])},
            fee_ppm=chance.choice([0, 200_000, 333_333, 1_000_000]),
            hold_days=chance.choice(DAYS),
            auto_approval_days=chance.choice((None, None, 30, *DAYS)),
            delivery_days=chance.choice((None, 0, 3)),
            lock_days=chance.choice((None, 0, 5)),
            recurring_months=chance.choice([0, 1, 12]),
            lapsed_after_days=chance.choice([None, 0, 2]),
        )
        for version, start in enumerate(starts, start=1)
    ]
    return Program(
        id=number,
        advertiser=advertiser,
        name="P",
        currency=currency,
        zone=zone,
        versions=tuple(versions),
        evidence_for=chance.choice([(), (DeclineReason.OTHER,)]),
    )


def usual_rule(chance: Random, number: int, program: int) -> Rule:
    """What a sale pays where no better rule applies."""
    price: Price = Portion(80_000) if chance.random() < 0.5 else tiered(chance, Outcome.SALE)
    return Rule(id=number, program=program, name="R", outcome=Outcome.SALE, price=price, priority=-1)


def rule(chance: Random, number: int) -> Rule:
    outcome = chance.choice([*TOUCH_OUTCOMES, *ORDER_OUTCOMES, Outcome.SALE, Outcome.SALE, Outcome.CLICK])
    touched = outcome in TOUCH_OUTCOMES
    program = chance.choice([100, 100, *PROGRAMS])
    price: Any = Flat(chance.randint(0, 30_000_000), chance.choice(["order", "unit"]))
    if touched:
        price = PerThousand(chance.randint(0, 5_000_000) * 1000)
    elif outcome is Outcome.SALE and (chance.random() < 0.5):
        price = Portion(chance.randint(0, 1_000_000))
    if not touched and chance.random() < 0.3:
        price = tiered(chance, outcome)
    when: Condition | None = chance.choice((None, None, *(TOUCH_CONDITIONS if touched else CONDITIONS)))
    return Rule(
        id=number,
        program=program,
        name="R",
        outcome=outcome,
        price=price,
        when=when,
        group=chance.choice([None, None, program + 1]),
        publisher=chance.choice([None, None, 10]),
        priority=chance.randint(0, 2),
        effective_from=chance.choice([0, 0, START + 2 * DAY + 400_000]),
        effective_until=chance.choice([None, None, NOON]),
    )


def tiered(chance: Random, outcome: Outcome) -> Tiered:
    """A price in one to four steps, which a handful of orders can reach and leave."""
    measure = chance.choice(list(TierMeasure))
    highest = {TierMeasure.ORDERS: 4, TierMeasure.AMOUNT: 1_500_000_000}.get(measure, 90_000_000)
    starts = sorted({0, *(chance.randint(1, highest) for _ in range(chance.randint(0, 3)))})
    shares = outcome is Outcome.SALE and chance.random() < 0.7
    return Tiered(
        measure,
        chance.choice(list(TierPeriod)),
        tuple(
            Step(
                start,
                Portion(chance.randint(0, 1_000_000)) if shares else Flat(chance.randint(0, 30_000_000)),
            )
            for start in starts
        ),
        shared=chance.random() < 0.5,
        retroactive=chance.random() < 0.6,
    )


def limit(chance: Random, number: int) -> Limit:
    measure = chance.choice(list(Measure))
    program = chance.choice([100, 100, *PROGRAMS])
    outcome = chance.choice([None, None, Outcome.SALE, Outcome.CLICK])
    return Limit(
        id=number,
        program=program,
        name="L",
        measure=measure,
        period=chance.choice(list(Period)),
        cap=chance.randint(0, 5) if measure is Measure.COUNT else chance.randint(0, 20_000_000),
        over=chance.choice(list(Over)),
        outcome=outcome,
        group=chance.choice([None, None, None, program + 1]),
        publisher=chance.choice([None, None, None, 10]),
        per_publisher=(chance.random() < 0.5),
        is_budget=(chance.random() < 0.5),
        per_customer=outcome is not Outcome.CLICK and chance.random() < 0.3,
    )


@dataclass
class Teller:
    """Tells a history event by event; remembers what later events can refer to."""

    chance: Random
    now: int = START
    names: str = "ABCDE"
    """What orders are called; the fewer, the oftener two calls are about one."""
    clicks: list[Click] = field(default_factory=list)
    orders: list[Conversion] = field(default_factory=list)
    events: list[AnyEvent] = field(default_factory=list)

    def envelope(self) -> dict[str, Any]:
        number = len(self.events) + 1
        late = self.rarely(0, HOUR, 100 * DAY, -HOUR)
        return {
            "id": event_id(self.now, number.to_bytes(10, "big")),
            "occurred_at": self.now - late,
            "received_at": self.now,
            "source": Source.LOAD,
        }

    def rarely(self, usual: Any, *odd: Any) -> Any:
        """Nearly always the usual, so that most of a history is worth something."""
        return self.chance.choice([usual] * 12 * len(odd) + list(odd))

    def touch(self, kind: Callable[..., Any], **more: Any) -> Any:
        link = self.rarely(self.chance.choice([10_010, 10_011, *LINKS]), 9_999)
        program, publisher = LINKS.get(link, (100, 10))
        chance = self.chance
        return kind(
            **self.envelope(),
            advertiser=PROGRAMS[program][0],
            program=program,
            publisher=publisher,
            link=link,
            visitor=chance.choice([None, "v1", "v2"]),
            address=chance.choice([None, "a1"]),
            device=chance.choice([None, "phone", "desktop"]),
            robot=self.rarely(None, "crawler"),
            sub=chance.choice([(), ("mail",)]),
            **more,
        )

    def click(self) -> Click:
        touch: Click = self.touch(Click)
        self.clicks.append(touch)
        return touch

    def video(self) -> VideoProgress:
        touch: VideoProgress = self.touch(VideoProgress, mark=self.chance.choice(["start", "complete"]))
        return touch

    def lines(self) -> tuple[Line, ...]:
        return tuple(
            Line(
                amount_micros=self.chance.choice([79_900_000, 899_000_000, 12_350_001, 999_999, 1, 0]),
                category=self.chance.choice([None, "shoes"]),
                sku=self.chance.choice([None, "coat"]),
                quantity=self.chance.randint(1, 3),
            )
            for _ in range(self.chance.choice([1, 2, 3, 1, 2, 0]))
        )

    def conversion(self) -> Conversion:
        """An order that follows a click, where there is one."""
        chance = self.chance
        click = chance.choice(self.clicks) if self.clicks else self.click()
        advertiser, currency, _ = PROGRAMS[click.program]
        event = Conversion(
            **{**self.envelope(), "source": chance.choice([Source.API, Source.TAG, Source.PIXEL])},
            advertiser=self.rarely(advertiser, 7),
            outcome=chance.choice([Outcome.SALE, Outcome.SALE, Outcome.SALE, *ORDER_OUTCOMES]),
            order=chance.choice(self.names),
            currency=self.rarely(currency, "EUR"),
            lines=self.lines(),
            program=self.rarely(None, click.program, 200, 999),
            clicks=chance.choice([(ref(click),), (ref(click),), tuple(map(ref, self.clicks[-3:])), ()]),
            visitor=chance.choice([None, "v1", "v2"]),
            customer=chance.choice([None, "c1", "c2"]),
            customer_is_new=chance.choice([None, None, True]),
            code=chance.choice([None, None, "summer"]),
            channel=chance.choice([None, None, None, None, "search"]),
            test=self.rarely(False, True),
            checkout_at=chance.choice([None, None, self.now - HOUR]),
        )
        self.orders.append(event)
        return event

    def resent(self) -> Conversion:
        """An order sent again under a new id, perhaps by another method."""
        if not self.orders:
            return self.conversion()
        again = self.chance.choice(self.orders)
        fresh = {**self.envelope(), "occurred_at": again.occurred_at}
        return msgspec.structs.replace(
            again, **{**fresh, "source": self.chance.choice([again.source, Source.POSTBACK])}
        )

    def amendment(self) -> AnyEvent:
        chance = self.chance
        if not self.orders:
            return self.conversion()
        about = chance.choice(self.orders)
        action = chance.choice([*Action, Action.REFUND, Action.REFUND, Action.DEFER])
        days = self.rarely(chance.choice([1, 14, 30]), None, 0, 731)
        item = Line(amount_micros=0, sku=self.rarely("coat", "sock"), return_days=days)
        lines = (item,) if action is Action.DEFER else self.lines()
        return Amendment(
            **{**self.envelope(), "source": Source.API},
            advertiser=about.advertiser,
            outcome=about.outcome,
            order=self.rarely(about.order, "Z"),
            action=action,
            reason=chance.choice([None, None, DeclineReason.OTHER]),
            evidence=chance.choice([None, "seen"]),
            lines=lines,
            changes=tuple(
                LineChange(line=chance.randint(0, 2), amount_micros=chance.choice([None, 1, 333_333]))
                for _ in range(chance.choice([0, 0, 1, 2]))
            ),
            amount_micros=chance.choice([None, None, 1, 333_333, 10_000_000]),
        )

    def cost(self) -> Cost:
        return Cost(**self.envelope(), advertiser=1, currency="SEK", amount_micros=5, channel="search")


def ref(click: Click) -> ClickRef:
    return ClickRef(
        id=click.id, at=click.occurred_at, link=click.link, program=click.program, publisher=click.publisher
    )


STEPS: tuple[Callable[[Teller], AnyEvent], ...] = (
    Teller.click,
    Teller.click,
    lambda teller: teller.touch(Impression),
    lambda teller: teller.touch(Viewable),
    Teller.video,
    Teller.conversion,
    Teller.conversion,
    Teller.conversion,
    Teller.resent,
    Teller.amendment,
    Teller.amendment,
    Teller.cost,
)
PAUSES = (*[0, 1_000, 60_000, HOUR // 2, HOUR] * 3, 5 * HOUR, 2 * DAY, 12 * DAY)


def history(chance: Random, steps: int) -> list[AnyEvent]:
    """Events in the order in which they were received."""
    teller = Teller(chance)
    for _ in range(steps):
        teller.now += chance.choice(PAUSES)
        teller.events.append(chance.choice(STEPS)(teller))
    return teller.events


def cut(chance: Random, events: list[AnyEvent]) -> list[list[AnyEvent]]:
    """The same events in batches."""
    edges = sorted({0, len(events), *(chance.randrange(1, len(events)) for _ in range(chance.randint(1, 5)))})
    return [events[low:high] for low, high in pairwise(edges)]


chances = st.integers(0, (1 << 64) - 1).map(Random)
"""Chance with a seed that hypothesis finds, prints and shrinks; drawing every field by itself is too slow."""

markets = chances.map(market)
histories = st.builds(history, chances, st.integers(5, 30))
