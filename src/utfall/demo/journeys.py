"""Honest people: who comes through a partner on a day, what they saw before, and whether they buy."""

from datetime import date
from math import exp, log
from random import Random
from typing import Final, NamedTuple

from utfall.demo import seasons
from utfall.demo.cast import BY_PROGRAM, Placed, Seller
from utfall.demo.chance import HOUR_MS, MINUTE_MS, Hours, between, log_normal_ms, poisson
from utfall.demo.orders import Till, Wish, place
from utfall.demo.seasons import Trade
from utfall.demo.sheet import Sheet
from utfall.demo.visitors import Person, somebody
from utfall.events import ClickRef
from utfall.terms import PromotionType

ROBOTS, TWICE, ASSISTED = 0.01, 0.02, 0.18
CONSENT, CONSENT_OF_BUYERS = 0.62, 0.8
ALONE: Final = 0.1
"""Orders that no partner had a part in, against those that one had."""
CODE_ALONE: Final = 0.08
"""How often a day somebody brings a partner's code and no click."""
PRESSED_TWICE: Final = 0.003
_HOURS: Final = {trade: Hours(seasons.hours(trade)) for trade in Trade}
_AT: Final = {Trade.SHOP: "mobile", Trade.SERVICE: "desktop", Trade.APP: "app"}
_SUBS: Final = ("top", "list", "guide", "story", "footer")


class Day(NamedTuple):
    """A local day of the market: its midnight (UTC), and how far the end of the history is."""

    date: date
    midnight: int
    before_end: float

    def volume(self, trade: Trade) -> float:
        """Visits of a trade on this day, against an average one."""
        return seasons.clicks(trade, self.date) * seasons.growth(trade, self.before_end)


def moment(chance: Random, trade: Trade, day: Day) -> int:
    """A time of the day, as people of this trade keep hours."""
    return day.midnight + _HOURS[trade].draw(chance)


def person_of(chance: Random, seller: Seller, *, consents: float = CONSENT) -> Person:
    """A visitor of an advertiser."""
    return somebody(chance, consents=consents, country=seller.country, at=_AT[seller.trade])


def visits(sheet: Sheet, chance: Random, till: Till, placed: Placed, day: Day) -> None:
    """Everybody who comes through one partner on one day."""
    trade = till.seller.trade
    rate = placed.rate * seasons.orders(trade, day.date)
    for _ in range(poisson(chance, placed.clicks * till.scale * day.volume(trade))):
        _visit(sheet, chance, till, placed, moment(chance, trade, day), buys=chance.random() < rate)


def _visit(sheet: Sheet, chance: Random, till: Till, placed: Placed, at: int, *, buys: bool) -> None:
    person = person_of(chance, till.seller, consents=CONSENT_OF_BUYERS if buys else CONSENT)
    sub = chance.choice(_SUBS) if chance.random() < 0.5 else ""
    _views(sheet, chance, till, placed, person, at)
    if not buys and chance.random() < ROBOTS:
        sheet.click(chance, placed, person, at, robot="Googlebot")
        return
    earlier = _assist(sheet, chance, placed, person, at) if buys and chance.random() < ASSISTED else ()
    click = sheet.click(chance, placed, person, at, sub=sub)
    if chance.random() < TWICE:
        sheet.click(chance, placed, person, at + between(chance, 1_000, 20_000), sub=sub)
    if buys:
        _buy(sheet, chance, till, placed, person, (*earlier, click))


def _views(sheet: Sheet, chance: Random, till: Till, placed: Placed, person: Person, at: int) -> None:
    """Those who saw the advertisement and did not follow it; half of those who followed saw it before."""
    for _ in range(poisson(chance, placed.kind.views)):
        sheet.view(chance, placed, person_of(chance, till.seller), at - between(chance, 0, HOUR_MS))
    if placed.kind.views and chance.random() < 0.5:
        sheet.view(chance, placed, person, at - between(chance, 5_000, 6 * HOUR_MS))


def _assist(sheet: Sheet, chance: Random, placed: Placed, person: Person, at: int) -> tuple[ClickRef, ...]:
    """Another partner's click before, an hour to ten days ago."""
    other = chance.choice(BY_PROGRAM[placed.seller.program])
    if other.partner.number == placed.partner.number:
        return ()
    before = int(HOUR_MS * exp(chance.random() * log(240)))
    return (sheet.click(chance, other, person, at - before),)


def _buy(
    sheet: Sheet, chance: Random, till: Till, placed: Placed, person: Person, clicks: tuple[ClickRef, ...]
) -> None:
    last = clicks[-1].at
    at = last + log_normal_ms(chance, placed.kind.delay_min, placed.kind.spread)
    is_voucher = placed.partner.kind is PromotionType.VOUCHER
    code = placed.partner.code if chance.random() < (0.55 if is_voucher else 0.25) else None
    is_shop = till.seller.trade is Trade.SHOP
    wish = Wish(
        person=person,
        at=at,
        clicks=clicks,
        code=code if is_shop else None,
        checkout_at=checkout(chance, last, at) if is_shop else None,
    )
    place(sheet, chance, till, wish)
    if till.seller.trade is Trade.SERVICE and chance.random() < PRESSED_TWICE:
        place(sheet, chance, till, wish._replace(at=at + between(chance, 3_000, 60_000)))


def checkout(chance: Random, last_click: int, at: int) -> int | None:
    """When the checkout began, where the shop tells it: after the last click, minutes before the order."""
    if chance.random() > 0.6:
        return None
    return max(last_click + 15_000, at - between(chance, 40_000, 5 * MINUTE_MS))


def without_partner(sheet: Sheet, chance: Random, till: Till, day: Day) -> None:
    """Orders that nobody sent, and those that come with nothing but a partner's code."""
    trade, program = till.seller.trade, till.seller.program
    volume = till.scale * day.volume(trade)
    expected = sum(one.clicks * one.rate for one in BY_PROGRAM[program])
    for _ in range(poisson(chance, ALONE * expected * volume)):
        person = person_of(chance, till.seller, consents=CONSENT_OF_BUYERS)
        place(sheet, chance, till, Wish(person=person, at=moment(chance, trade, day)))
    for one in BY_PROGRAM[program]:
        code = one.partner.code if trade is Trade.SHOP else None
        for _ in range(poisson(chance, CODE_ALONE * volume) if code else 0):
            person = person_of(chance, till.seller, consents=CONSENT_OF_BUYERS)
            place(sheet, chance, till, Wish(person=person, at=moment(chance, trade, day), code=code))
