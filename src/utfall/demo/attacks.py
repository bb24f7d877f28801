"""What is planted: each attack and happening of docs/algorithms/demo-market.md, one function each."""

from collections.abc import Callable
from random import Random
from typing import Final, NamedTuple

from utfall.demo import cast
from utfall.demo.cast import APP, BY_PROGRAM, SERVICE, SHOP, Placed, placed
from utfall.demo.chance import DAY_MS, HOUR_MS, MINUTE_MS, between, log_normal_ms, poisson, stream
from utfall.demo.journeys import Day, moment, person_of
from utfall.demo.orders import Till, Wish, place
from utfall.demo.sheet import Sheet
from utfall.demo.truth import Happening, Incident, Label
from utfall.demo.visitors import AGENTS, Person, customer, somebody
from utfall.events import ClickRef
from utfall.terms import PromotionType

LEAST: Final = 6
_A_DAY_BEFORE: Final = 26 * HOUR_MS
WHOLE_DAYS: Final = 210
"""In a shorter market everything lies nearer to its end."""
CODE: Final = "TILDA20"
DUPLICATES_A_DAY: Final = 0.7
LEADS_A_DAY: Final = 2 * DUPLICATES_A_DAY
"""What the duplicator adds: for each lead that is told again there was a first one."""


class Stage(NamedTuple):
    """The market that something is planted in."""

    seed: int
    scale: float
    since: int
    until: int
    tills: dict[int, Till]
    day_of: Callable[[int, int], Day]
    """The local day of a program at a time."""

    @property
    def shrink(self) -> float:
        """How much nearer to the end everything lies, in a short market."""
        return min(1.0, (self.until - self.since) / DAY_MS / WHOLE_DAYS)

    def ago(self, days: float) -> int:
        """A time so many days before the end."""
        return self.until - int(days * self.shrink * DAY_MS)

    def chance(self, name: str) -> Random:
        """The stream of chance of one attack."""
        return stream(self.seed, name, self.until)

    def times(self, chance: Random, program: int, first: float, last: float, a_day: float) -> list[int]:
        """When something happens that happens so often a day, by the hours and seasons of the trade."""
        since, until = self.ago(first), self.ago(last)
        wanted = a_day * self.scale * (until - since) / DAY_MS
        count = max(LEAST, poisson(chance, wanted))
        return sorted(self._moment(chance, program, since, until) for _ in range(count))

    def _moment(self, chance: Random, program: int, since: int, until: int) -> int:
        day = self.day_of(program, between(chance, since, until))
        at = moment(chance, self.tills[program].seller.trade, day)
        return self.heard(program, min(max(at, since), until - 1))

    def heard(self, program: int, at: int) -> int:
        """A time at which orders are told: the same, or a day earlier where the shop is silent."""
        silent = self.tills[program].silent
        is_silent = silent is not None and silent.since <= at < silent.until
        return max(at - _A_DAY_BEFORE, self.since) if is_silent else at


def coupon_poaching(sheet: Sheet, stage: Stage) -> None:
    """A voucher site that pushes its click in between checkout and order."""
    chance, till = stage.chance("poaching"), stage.tills[SHOP]
    poacher = placed(cast.POACHER, SHOP)
    victims = [
        one
        for one in BY_PROGRAM[SHOP]
        if one.partner.kind in (PromotionType.CONTENT, PromotionType.PRICE_COMPARISON)
    ]
    for at in stage.times(chance, SHOP, 150, 0, 0.6):
        person = person_of(chance, till.seller, consents=0.8)
        earlier = _honest_click(sheet, chance, victims, person, at) if chance.random() < 0.6 else ()
        late = sheet.click(
            chance, poacher, person, at - between(chance, 3_000, 40_000), label=Label.COUPON_POACHING
        )
        began = at - between(chance, 60_000, 4 * MINUTE_MS) if chance.random() < 0.6 else None
        wish = Wish(
            person, at, (*earlier, late), Label.COUPON_POACHING, checkout_at=began and max(began, stage.since)
        )
        place(sheet, chance, till, wish)
    _incident(sheet, stage, Label.COUPON_POACHING, (150, 0), poacher)


def _honest_click(
    sheet: Sheet, chance: Random, among: list[Placed], person: Person, at: int
) -> tuple[ClickRef, ...]:
    before = min(5 * MINUTE_MS + log_normal_ms(chance, 120, 1.2), 3 * DAY_MS)
    return (sheet.click(chance, chance.choice(among), person, at - before),)


def click_flooding(sheet: Sheet, stage: Stage) -> None:
    """Clicks of people who never clicked, so that some install by themselves afterwards."""
    chance, till, flooder = stage.chance("flooding"), stage.tills[APP], placed(cast.FLOODER, APP)
    since, until = stage.ago(75), stage.ago(12)
    days = (until - since) / DAY_MS
    clicks = max(60 * LEAST, poisson(chance, 70 * stage.scale * days))
    installs = max(LEAST, poisson(chance, 0.5 * stage.scale * days))
    for number in range(clicks):
        at = between(chance, since, until)
        person = person_of(chance, till.seller, consents=0.9)
        ref = sheet.click(
            chance,
            flooder,
            person,
            at,
            label=Label.CLICK_FLOODING,
            sub=f"app-{between(chance, 100, 130)}",
        )
        if number < installs:
            installed = at + between(chance, 2 * MINUTE_MS, 7 * DAY_MS)
            place(sheet, chance, till, Wish(person, installed, (ref,), Label.CLICK_FLOODING))
    _incident(sheet, stage, Label.CLICK_FLOODING, (75, 12), flooder)


def bot(sheet: Sheet, stage: Stage) -> None:
    """A burst of clicks from few networks, day and night alike."""
    chance, through = stage.chance("bot"), placed(cast.BOTTED, SHOP)
    since, until = stage.ago(24), stage.ago(22.5)
    networks = [f"10.250.{number}" for number in range(60)]
    for _ in range(max(20 * LEAST, poisson(chance, 1_100 * stage.scale * stage.shrink))):
        person = somebody(chance, consents=0.0, agent=AGENTS[4])
        person = person._replace(address=f"{chance.choice(networks)}.{between(chance, 1, 255)}")
        sheet.click(chance, through, person, between(chance, since, until), label=Label.BOT)
    _incident(sheet, stage, Label.BOT, (24, 22.5), through)


def self_referral(sheet: Sheet, stage: Stage) -> None:
    """A publisher who buys through links of its own, and sends half of it back."""
    chance, till, own = stage.chance("self"), stage.tills[SHOP], placed(cast.SELF, SHOP)
    buyers = [
        (somebody(chance, consents=1.0), customer(chance, till.seller.advertiser, is_new=True))
        for _ in range(2)
    ]
    known: set[str] = set()
    for at in stage.times(chance, SHOP, 200, 5, 0.16):
        person, name = buyers[chance.random() < 0.4]
        click = sheet.click(
            chance,
            own,
            person,
            at - between(chance, 2 * MINUTE_MS, 20 * MINUTE_MS),
            label=Label.SELF_REFERRAL,
        )
        wish = Wish(person, at, (click,), Label.SELF_REFERRAL, customer=name, is_new=name not in known)
        place(sheet, chance, till, wish._replace(sent_back=0.5))
        known.add(name)
    _incident(sheet, stage, Label.SELF_REFERRAL, (200, 5), own)


def duplicate_leads(sheet: Sheet, stage: Stage) -> None:
    """The same inquiry again under another reference: by the same customer, or from the same browser."""
    chance, till, through = stage.chance("duplicates"), stage.tills[SERVICE], placed(cast.DUPLICATOR, SERVICE)
    for at in stage.times(chance, SERVICE, 100, 0, DUPLICATES_A_DAY):
        person = person_of(chance, till.seller, consents=1.0)
        name = customer(chance, till.seller.advertiser, is_new=True)
        is_again = chance.random() < 0.6
        before = (
            between(chance, 12 * HOUR_MS, 10 * DAY_MS) if is_again else between(chance, 3, 90) * MINUTE_MS
        )
        first = max(at - before, stage.since + 5 * MINUTE_MS)
        _inquire(sheet, chance, till, through, Wish(person, first, customer=name))
        again = Wish(person, max(at, first + MINUTE_MS), label=Label.DUPLICATE_LEAD)
        _inquire(sheet, chance, till, through, again._replace(customer=name if is_again else None))
    _incident(sheet, stage, Label.DUPLICATE_LEAD, (100, 0), through)


def _inquire(sheet: Sheet, chance: Random, till: Till, through: Placed, wish: Wish) -> None:
    before = between(chance, 40_000, 5 * MINUTE_MS)
    click = sheet.click(chance, through, wish.person, wish.at - before, label=wish.label)
    place(sheet, chance, till, wish._replace(clicks=(click,)))


def leaked_code(sheet: Sheet, stage: Stage) -> None:
    """A creator's code on a forum: many use it at once, none of them through her."""
    chance, till, hers = stage.chance("leak"), stage.tills[SHOP], placed(cast.LEAKED, SHOP)
    since, until = stage.ago(48), stage.ago(20)
    count = max(LEAST, poisson(chance, 4 * stage.scale * (until - since) / DAY_MS))
    for _ in range(count):
        soon = min(chance.expovariate(3.5), 1.0)
        day = stage.day_of(SHOP, since + int(soon * (until - since - DAY_MS)))
        at = stage.heard(SHOP, min(max(moment(chance, till.seller.trade, day), since), until - 1))
        person = person_of(chance, till.seller, consents=0.8)
        wish = Wish(person, at, label=Label.LEAKED_CODE, code=CODE, is_new=chance.random() < 0.8)
        place(sheet, chance, till, wish)
    _incident(sheet, stage, Label.LEAKED_CODE, (48, 20), hers, code=CODE)


def late_goal(sheet: Sheet, stage: Stage, expected: Callable[[int, int, int], float]) -> None:
    """A goal whose target is far beyond what the market brings while it runs."""
    since, until = stage.ago(45), stage.until + 15 * DAY_MS
    brought = expected(SERVICE, since, until)
    seller = stage.tills[SERVICE].seller
    sheet.incidents.append(
        Incident(
            kind=Happening.LATE_GOAL.value,
            since=since,
            until=until,
            advertiser=seller.advertiser,
            program=SERVICE,
            target=max(LEAST, round(2.2 * brought)),
            expected=round(brought, 1),
        )
    )


def _incident(
    sheet: Sheet, stage: Stage, label: Label, span: tuple[float, float], by: Placed, code: str | None = None
) -> None:
    sheet.incidents.append(
        Incident(
            kind=label.value,
            since=stage.ago(span[0]),
            until=stage.ago(span[1]),
            advertiser=by.seller.advertiser,
            program=by.seller.program,
            publisher=by.partner.number,
            link=by.link,
            code=code,
        )
    )


ATTACKS: Final[tuple[Callable[[Sheet, Stage], None], ...]] = (
    coupon_poaching,
    click_flooding,
    bot,
    self_referral,
    duplicate_leads,
    leaked_code,
)
