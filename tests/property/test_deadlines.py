"""Whenever items are deferred and the clock looks: silence waits for the latest day, a lock for nobody."""

from functools import cache
from random import Random

from hypothesis import given

from tests.property.markets import chances
from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import DAY, HOUR, NOON, amendment, click, order, varied, zone_of
from utfall.engine import OrderStatus
from utfall.engine.deadlines import window_ends
from utfall.events import Line
from utfall.terms import Snapshot

ITEMS = ("coat", "hat", "sock")
ZONE = "America/Santiago"


@cache
def terms(auto_days: int, delivery_days: int, lock_days: int) -> Snapshot:
    days = (
        f"auto_approval_days = {auto_days}\n    delivery_days = {delivery_days}\n    lock_days = {lock_days}"
    )
    head = 'currency = "SEK"\n\n    [[program.terms]]\n    fee = "20 %"'
    return varied(head, head.replace("\n\n", f'\nzone = "{ZONE}"\n\n', 1) + f"\n    {days}")


@given(chances)
def test_silence_waits_for_the_latest_window_and_what_is_locked_stays(chance: Random) -> None:
    auto, delivery, lock = chance.choice((1, 14, 40)), chance.choice((0, 3)), chance.choice((0, 10))
    placed = NOON + chance.randrange(400 * 24) * HOUR
    ledger = Ledger(terms(auto, delivery, lock))
    basket = tuple(Line(amount_micros=10_000_000, sku=sku) for sku in ITEMS)
    ledger.settle(order("A-1", placed, click(placed - HOUR), lines=basket))
    latest, now = placed + auto * DAY, placed
    while ledger.order().status is OrderStatus.PENDING:
        now += chance.randrange(1, 9 * 24) * HOUR
        sku, days = chance.choice(ITEMS), chance.choice((1, 14, 30, 100))
        item = Line(amount_micros=0, sku=sku, return_days=days)
        ledger.settle(event := amendment("defer", at=now, lines=(item,)), now=now)
        if now < latest:
            window = window_ends(placed, zone_of(ZONE), delivery + days)
            assert (ledger.verdict(event) is None) is (window > latest)
            latest = max(latest, window)
        assert (ledger.order().status is OrderStatus.PENDING) is (now < latest)
    locks_at = ledger.order().locks_at
    assert locks_at == latest + lock * DAY
    owed = ledger.order().commission_micros
    at = max(locks_at, now) + chance.randrange(100) * HOUR
    for action in ("approve", "decline", "amend", "defer"):
        ledger.settle(event := amendment(action, at=at, lines=basket[:1]), now=at)
        assert ledger.verdict(event) == "locked"
    assert ledger.order().commission_micros == owed > 0
    ledger.settle(amendment("refund", at=at), now=at)
    assert (ledger.order().status, ledger.standing()) == (OrderStatus.REVERSED, {})
