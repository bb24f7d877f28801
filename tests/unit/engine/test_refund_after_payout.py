"""A refund after everybody was paid takes back from everybody (docs/algorithms/parties.md)."""

import msgspec

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import DAY, HOUR, NOON, amendment, click, lines, order, snapshot
from tests.unit.engine.treasury import Treasury
from utfall.terms import Override, Publisher, Snapshot, Split, load_snapshot, seal

BLOG, DESIGNER, NETWORK, AGENCY = 10, 11, 12, 13
PAID = {BLOG: 50_400_000, DESIGNER: 24_000_000, NETWORK: 5_600_000, AGENCY: 2_800_000}
"""8 % of 1000.00: the blog shares 70 to 30; of its 56.00 the network gets 10 %, and the agency 5 % on top."""


def shared() -> Snapshot:
    """Terms by which four parties earn with an order of the blog."""
    market = snapshot().market
    agreed = msgspec.structs.replace(
        market,
        publishers=(*market.publishers, Publisher(id=AGENCY, name="Agency")),
        splits=(Split(id=1, program=100, publisher=BLOG, shares=((BLOG, 700_000), (DESIGNER, 300_000))),),
        overrides=(
            Override(id=1, parent=NETWORK, child=BLOG, ppm=100_000),
            Override(id=2, parent=AGENCY, child=BLOG, ppm=50_000, program=100, on_top=True),
        ),
    )
    return load_snapshot(seal(agreed))


def paid() -> Treasury:
    """An order whose four parties were paid, by payouts that arrived."""
    ledger = Ledger(shared())
    ledger.settle(order("A-1", NOON, click(NOON - HOUR), lines=lines(1000)))
    ledger.settle(amendment("approve", "A-1", NOON))
    ledger.settle(now=NOON + 30 * DAY)
    office = Treasury(ledger, now=NOON + 30 * DAY)
    for number, (publisher, micros) in enumerate(PAID.items(), 1):
        assert office.held("publisher", publisher, "payable") == micros
        assert office.pay(publisher) is None
        assert office.end(number, "completed") is None
    return office


def test_a_refund_after_the_payouts_takes_from_every_party_in_proportion() -> None:
    office = paid()
    owed, fee = office.held("advertiser", 1, "owed"), office.held("operator", 1, "fee")
    assert (owed, fee) == (-99_360_000, 16_560_000)
    office.ledger.settle(amendment("refund", "A-1", office.now, amount_micros=250_000_000))
    assert {one: office.held("publisher", one, "payable") for one in PAID} == {
        one: -micros // 4 for one, micros in PAID.items()
    }
    assert (office.held("advertiser", 1, "owed"), office.held("operator", 1, "fee")) == (
        owed - owed // 4,
        fee - fee // 4,
    )
    office.ledger.settle(amendment("refund", "A-1", office.now))
    assert {one: -office.held("publisher", one, "payable") for one in PAID} == PAID
    assert (office.held("advertiser", 1, "owed"), office.held("operator", 1, "fee")) == (0, 0)
    assert sum(office.ledger.balances.values()) == 0


def test_a_test_of_a_shared_order_tells_the_advertiser_who_would_get_what() -> None:
    ledger = Ledger(shared())
    ledger.settle(order("A-1", NOON, click(NOON - HOUR), lines=lines(1000), test=True))
    side = msgspec.json.decode(ledger.decisions[-1].receipts[-1].advertiser_side)
    parts = [(one["publisher"], one["kind"], one["left_micros"]) for one in side["parties"]]
    assert parts == [
        (BLOG, "split", 56_000_000),
        (DESIGNER, "split", 24_000_000),
        (NETWORK, "override", 5_600_000),
        (AGENCY, "on_top", 2_800_000),
    ]
    assert ledger.standing() == {}
