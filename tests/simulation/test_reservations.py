"""Many who reserve on the same limits at once: a cap is never exceeded, and what succeeded stands there.

First in a real book, in plain SQL from several processes, then in the engine, in any order of its calls.
"""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from utfall.engine import LimitKey
from utfall.engine.capping import Limits, amount, commit, fit, release, reserve, row
from utfall.engine.pricing import fee_of
from utfall.engine.state import Hold
from utfall.portal.book import facade
from utfall.terms import Limit, Measure, Over, Period

PROCESSES: Final = 4
TRIES: Final = 150
CAPS: Final = (1_000, 5_000, 10**15)

RESERVING = """
import json, random, sqlite3, sys
path, seed, tries, limits = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
chance = random.Random(seed)
book = sqlite3.connect(path, isolation_level=None, timeout=60)
MOVE = ("UPDATE book_budget SET reserved = reserved + ?, settled = settled + ?"
        " WHERE limit_id = ? AND period = 'total' AND publisher = 0")
held, refused = [], 0
sums = {limit: [0, 0] for limit in range(1, limits + 1)}

def move(limit, reserved, settled):
    book.execute("BEGIN IMMEDIATE")
    try:
        book.execute(MOVE, (reserved, settled, limit))
        book.execute("COMMIT")
    except sqlite3.IntegrityError:
        book.execute("ROLLBACK")
        return False
    sums[limit][0] += reserved
    sums[limit][1] += settled
    return True

print("begun", flush=True)
sys.stdin.readline()
for _ in range(tries):
    act = chance.random()
    if act < 0.6 or not held:
        limit, micros = chance.randrange(1, limits + 1), chance.randrange(1, 100)
        if move(limit, micros, 0):
            held.append((limit, micros))
        else:
            refused += 1
    else:
        limit, micros = held.pop(chance.randrange(len(held)))
        assert move(limit, -micros, micros if act < 0.9 else 0)
print(json.dumps({"sums": sums, "refused": refused}))
"""


def test_no_cap_is_exceeded_by_processes_that_reserve_at_once(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite3"
    facade.close_book(facade.open_book(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as book:
        for limit, cap in enumerate(CAPS, 1):
            book.execute(
                "INSERT INTO book_budget (cap, reserved, settled, limit_id, period, publisher)"
                " VALUES (?, 0, 0, ?, 'total', 0)",
                (cap, limit),
            )
        reserving = [begun(path, number) for number in range(PROCESSES)]
        for process in reserving:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        reads = 0
        while any(process.poll() is None for process in reserving):
            assert over_its_cap(book) == []
            reads += 1
        told = [ended(process) for process in reserving]
        assert over_its_cap(book) == []
        rows = book.execute("SELECT limit_id, reserved, settled FROM book_budget ORDER BY limit_id")
        stands = {str(limit): [reserved, settled] for limit, reserved, settled in rows}
    assert reads > 1, "nobody looked meanwhile"
    assert sum(one["refused"] for one in told) > 0, "a cap that nobody meets proves nothing"
    sums = {limit: [sum(one["sums"][limit][place] for one in told) for place in (0, 1)] for limit in stands}
    assert stands == sums


def begun(path: Path, number: int) -> "subprocess.Popen[str]":
    """A process that waits for the word to begin."""
    process = subprocess.Popen(
        [sys.executable, "-c", RESERVING, str(path), f"seed {number}", str(TRIES), str(len(CAPS))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def ended(process: "subprocess.Popen[str]") -> Any:
    """What a process says it did."""
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(out)


def over_its_cap(book: sqlite3.Connection) -> list[tuple[int, int, int, int]]:
    """Rows that hold more than they may, or less than nothing."""
    return book.execute(
        "SELECT limit_id, cap, reserved, settled FROM book_budget"
        " WHERE reserved + settled > cap OR reserved < 0 OR settled < 0"
    ).fetchall()


limits = st.lists(
    st.builds(
        Limit,
        id=st.just(0),
        program=st.just(7),
        name=st.just("cap"),
        measure=st.sampled_from(Measure),
        period=st.just(Period.TOTAL),
        cap=st.integers(0, 2_000),
        over=st.sampled_from(Over),
    ),
    min_size=1,
    max_size=4,
)
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("take"), st.integers(0, 700), st.sampled_from([0, 200_000, 333_333]), st.integers(1, 15)
        ),
        st.tuples(st.just("commit"), st.integers(0, 50)),
        st.tuples(st.just("release"), st.integers(0, 50)),
        st.tuples(st.just("agree"), st.integers(0, 3), st.integers(0, 2_000)),
    ),
    max_size=60,
)


class Orders:
    """Orders that hold something of limits, as the engine keeps them."""

    def __init__(self, agreed: list[Limit]) -> None:
        self.agreed = [replace(limit, id=number) for number, limit in enumerate(agreed, 1)]
        self.limits: Limits = {}
        self.pending: list[list[Hold]] = []
        self.settled: list[list[Hold]] = []

    def take(self, commission: int, fee_ppm: int, mask: int) -> None:
        covers = [
            (limit, LimitKey(limit.id, 0, "total"))
            for place, limit in enumerate(self.agreed)
            if mask >> place & 1
        ]
        before = {key: row(self.limits, limit, key).room for limit, key in covers}
        fitted = fit(commission, fee_ppm, covers, self.limits)
        assert 0 <= fitted.commission_micros <= commission
        assert (fitted.reached is None) == all(
            amount(limit, commission, fee_of(commission, fee_ppm)) <= before[key] for limit, key in covers
        )
        if fitted.reached is not None and fitted.commission_micros == 0:
            return
        fee = fee_of(fitted.commission_micros, fee_ppm)
        self.pending.append(reserve(covers, fitted.commission_micros, fee, self.limits))

    def commit(self, number: int) -> None:
        if self.pending:
            holds = self.pending.pop(number % len(self.pending))
            commit(holds, self.limits)
            self.settled.append(holds)

    def release(self, number: int) -> None:
        """What is pending is given back, or what is settled is refunded."""
        orders = self.pending if number % 2 and self.pending else self.settled
        if orders:
            holds = orders.pop(number % len(orders))
            release(holds, self.limits, settled=orders is self.settled)

    def agree(self, number: int, cap: int) -> None:
        """Another cap, perhaps below what is used of it."""
        place = number % len(self.agreed)
        self.agreed[place] = replace(self.agreed[place], cap=cap)

    def check(self) -> None:
        for key, state in self.limits.items():
            assert state.reserved == held(self.pending, key) >= 0
            assert state.settled == held(self.settled, key) >= 0
            assert state.reserved + state.settled <= state.cap


def held(orders: list[list[Hold]], key: LimitKey) -> int:
    return sum(hold.amount for holds in orders for hold in holds if hold.key == key)


@given(limits, steps)
def test_limits_hold_what_orders_hold_in_any_order_of_calls(
    agreed: list[Limit], steps: list[tuple[Any, ...]]
) -> None:
    orders = Orders(agreed)
    for act, *arguments in steps:
        getattr(orders, act)(*arguments)
        orders.check()
