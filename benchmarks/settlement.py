"""Settlement from the journal to the committed book, in one process: conversions, touches, and a replay.

    python benchmarks/settlement.py --rounds 3 --replay 1000000 --json var/bench/settlement.json

The control of each run is the least that could be done with the same answer: the very rows that settlement
wrote, inserted by `executemany` into bare tables of another SQLite file, durably, in as many transactions.
What counts is the ratio. The replay runs in a process of its own, so that its peak memory is its own.
`--server postgresql://…` keeps the book there, in a database of its own for each run; the control stays.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from utfall.engine import Policy, TrafficPolicy
from utfall.events import (
    AnyEvent,
    Click,
    ClickRef,
    Consent,
    Conversion,
    Impression,
    Line,
    Outcome,
    Source,
    encode,
    event_id,
)
from utfall.journal import StreamWriter
from utfall.portal import keep_on_server
from utfall.portal.book import facade
from utfall.portal.book.canonical import TABLES, rows_of
from utfall.terms import (
    Advertiser,
    Enrolment,
    Limit,
    Link,
    Market,
    Measure,
    Period,
    PerThousand,
    Portion,
    Program,
    ProgramTerms,
    Publisher,
    Rule,
)
from utfall.workers.publish import publish, sealed_zone
from utfall.workers.replay import ReplaySource, replay
from utfall.workers.settle import Settler, SettlerConfig

START = 1_793_534_400_000
PROGRAMS, PUBLISHERS = 10, 30
COMMIT_EVENTS = 500


class Measured(msgspec.Struct):
    """One run."""

    what: str
    events: int
    seconds: float
    per_second: float
    batches: int
    peak_mib: float
    control_seconds: float | None = None
    ratio_to_control: float | None = None


def market() -> Market:
    """Ten programs, thirty publishers in each, a budget on every program and a cap for every publisher."""
    programs = range(1, PROGRAMS + 1)
    pairs = [(program, publisher) for program in programs for publisher in range(1, PUBLISHERS + 1)]
    terms = ProgramTerms(version=1, effective_from=0, fee_ppm=200_000)
    return Market(
        zones=(sealed_zone("Europe/Stockholm"),),
        advertisers=tuple(Advertiser(id=program, name=f"advertiser {program}") for program in programs),
        publishers=tuple(
            Publisher(id=number, name=f"publisher {number}") for number in range(1, PUBLISHERS + 1)
        ),
        programs=tuple(
            Program(
                id=program,
                advertiser=program,
                name=f"program {program}",
                currency="SEK",
                zone="Europe/Stockholm",
                versions=(terms,),
            )
            for program in programs
        ),
        enrolments=tuple(Enrolment(program=one, publisher=two, starts_at=0) for one, two in pairs),
        links=tuple(
            Link(
                id=one * 1000 + two,
                key=f"l{one}-{two}",
                program=one,
                publisher=two,
                destination="https://shop.example/",
            )
            for one, two in pairs
        ),
        rules=tuple(_rules()),
        limits=tuple(_limits()),
    )


def _rules() -> Iterator[Rule]:
    for program in range(1, PROGRAMS + 1):
        first = program * 10
        yield Rule(id=first, program=program, name="sale", outcome=Outcome.SALE, price=Portion(80_000))
        yield Rule(
            id=first + 1, program=program, name="click", outcome=Outcome.CLICK, price=PerThousand(250_000_000)
        )
        yield Rule(
            id=first + 2,
            program=program,
            name="shown",
            outcome=Outcome.IMPRESSION,
            price=PerThousand(2_000_000),
        )


def _limits() -> Iterator[Limit]:
    for program in range(1, PROGRAMS + 1):
        for number, per_publisher in ((1, False), (2, True)):
            yield Limit(
                id=program * 10 + number,
                program=program,
                name="month",
                measure=Measure.COST,
                period=Period.MONTH,
                cap=10**15,
                per_publisher=per_publisher,
            )


class Generator:
    """Events as they come in: in order of time, most of them of few links, the same in every run."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._count = 0
        pairs = [(one, two) for two in range(1, PUBLISHERS + 1) for one in range(1, PROGRAMS + 1)]
        # Traffic is heavy-tailed: the n-th link has a share in proportion to 1 / n.
        self._pairs = self._chance.choices(
            pairs, weights=[1 / (rank + 1) for rank in range(len(pairs))], k=1 << 16
        )

    def _pair(self) -> tuple[int, int]:
        return self._pairs[self._chance.getrandbits(16)]

    def touch(self, consenting: float = 0.0) -> AnyEvent:
        """Nine impressions to each click."""
        at = self._tick()
        program, publisher = self._pair()
        visitor = f"{self._chance.getrandbits(128):032x}" if self._chance.random() < consenting else None
        kind = Click if self._chance.random() < 0.1 else Impression
        return kind(
            id=self._id(at),
            occurred_at=at,
            received_at=at,
            advertiser=program,
            program=program,
            publisher=publisher,
            link=program * 1000 + publisher,
            consent=Consent.GRANTED if visitor else Consent.DENIED,
            visitor=visitor,
            address=f"{self._chance.getrandbits(64):016x}",
            device="mobile",
            os="android",
            browser="chrome",
            country="SE",
        )

    def consented(self) -> AnyEvent:
        """The same when half of the visitors consent, so that each of theirs can be found again."""
        return self.touch(0.5)

    def conversion(self) -> Conversion:
        """A sale of one to three lines with a click token; half carry a customer."""
        at = self._tick()
        program, publisher = self._pair()
        clicked = at - self._chance.randint(1, 20) * 86_400_000
        token = ClickRef(
            id=self._id(clicked),
            at=clicked,
            link=program * 1000 + publisher,
            program=program,
            publisher=publisher,
        )
        customer = f"{self._chance.randint(1, 50_000):032x}" if self._chance.random() < 0.5 else None
        return Conversion(
            id=self._id(at),
            occurred_at=at,
            received_at=at,
            source=Source.API,
            advertiser=program,
            outcome=Outcome.SALE,
            order=f"order-{self._count}",
            currency="SEK",
            lines=tuple(self._line() for _ in range(self._chance.randint(1, 3))),
            clicks=(token,),
            customer=customer,
        )

    def mixed(self) -> AnyEvent:
        """Nineteen touches to each conversion; a third of the visitors consent."""
        return self.conversion() if self._chance.random() < 0.05 else self.touch(0.33)

    def _line(self) -> Line:
        return Line(amount_micros=self._chance.randint(1, 2000) * 1_000_000, category="outdoor", sku="A-1")

    def _tick(self) -> int:
        self._count += 1
        return START + self._count * 5

    def _id(self, at: int) -> str:
        self._count += 1
        return event_id(at, self._count.to_bytes(10, "big"))


def configured(folder: Path) -> SettlerConfig:
    return SettlerConfig(
        journal_dir=folder / "journal",
        book_path=folder / "book.sqlite3",
        snapshots_dir=folder / "snapshots",
        keys_dir=folder / "keys",
        policy=Policy(traffic=TrafficPolicy(link_clicks_per_minute=0)),
    )


def prepare(folder: Path, what: str, count: int) -> SettlerConfig:
    """A journal with so many events of a kind, and the terms to settle them under."""
    config, generator = configured(folder), Generator(count)
    publish(market(), config.snapshots_dir)
    make = getattr(generator, what)
    with StreamWriter(config.journal_dir, "edge-0") as writer:
        left = count
        while left:
            size = min(left, COMMIT_EVENTS)
            writer.append([encode(make()) for _ in range(size)])
            left -= size
    return config


def measured(folder: Path, what: str, count: int, server: str = "") -> Measured:
    config = prepare(folder, what, count)
    if server:
        keep_on_server(config.book_path, emptied(server))
    with Settler(config, lambda: START + 86_400_000) as settler:
        begun = time.perf_counter()
        batches = settler.settle_all()
        seconds = time.perf_counter() - begun
    control = bare(config.book_path, folder / "bare.sqlite3", batches)
    return Measured(what, count, seconds, count / seconds, batches, peak_mib(), control, control / seconds)


def emptied(server: str) -> str:
    """A database without a book of an earlier run."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS book CASCADE")
    return server


def bare(book_path: Path, path: Path, batches: int) -> float:
    """Seconds to insert the same rows, and nothing else, in as many durable transactions."""
    book = facade.open_book(book_path)
    tables = {table: list(rows_of(book, table)) for table in TABLES}
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    for table, rows in tables.items():
        if rows:
            connection.execute(
                f"CREATE TABLE {table} ({', '.join(f'c{number}' for number in range(len(rows[0])))})"
            )
    begun = time.perf_counter()
    for batch in range(batches):
        connection.execute("BEGIN IMMEDIATE")
        for table, rows in tables.items():
            part = rows[batch * len(rows) // batches : (batch + 1) * len(rows) // batches]
            if part:
                marks = ", ".join("?" * len(part[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", part)
        connection.execute("COMMIT")
    seconds = time.perf_counter() - begun
    connection.close()
    facade.close_book(book)
    return seconds


def replayed(folder: Path, count: int) -> Measured:
    """Settle mixed events, then rebuild the book elsewhere and compare; the peak is the rebuilder's."""
    config = prepare(folder, "mixed", count)
    with Settler(config, lambda: START + 86_400_000) as settler:
        settler.settle_all()
    command = [sys.executable, __file__, "--only-replay", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True)
    return msgspec.json.decode(done.stdout, type=Measured)


def only_replay(folder: Path) -> Measured:
    config = configured(folder)
    begun = time.perf_counter()
    report = replay(ReplaySource.of(config), folder / "again" / "book.sqlite3")
    seconds = time.perf_counter() - begun
    if report.difference is not None:
        raise SystemExit(f"the replay differs: {report.difference}")
    events = report.events
    return Measured("replay", events, seconds, events / seconds, report.batches, peak_mib())


def peak_mib() -> float:
    """The most memory this process has had; what `getrusage` says would begin with the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def shown(one: Measured) -> str:
    line = f"{one.what:12} {one.events:>9,} events  {one.per_second:>10,.0f}/s  peak {one.peak_mib:,.0f} MiB"
    return line + (f"  {one.ratio_to_control:.2f} of bare executemany" if one.ratio_to_control else "")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--conversions", type=int, default=20_000)
    parser.add_argument("--touches", type=int, default=200_000)
    parser.add_argument("--replay", type=int, default=0, help="mixed events to replay")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument(
        "--directory", type=Path, help="where to write; the system's temporary one by default"
    )
    parser.add_argument("--json", type=Path, help="where to save every result")
    parser.add_argument("--server", default="", help="PostgreSQL database whose schema `book` is made anew")
    parser.add_argument("--only-replay", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only_replay:
        sys.stdout.buffer.write(msgspec.json.encode(only_replay(chosen.only_replay)))
        return
    found = []
    for _ in range(chosen.rounds):
        for what, count in (
            ("conversion", chosen.conversions),
            ("touch", chosen.touches),
            ("consented", chosen.touches),
        ):
            with tempfile.TemporaryDirectory(dir=chosen.directory) as folder:
                found.append(measured(Path(folder), what, count, chosen.server))
                print(shown(found[-1]))
    if chosen.replay:
        with tempfile.TemporaryDirectory(dir=chosen.directory) as folder:
            found.append(replayed(Path(folder), chosen.replay))
            print(shown(found[-1]))
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_bytes(msgspec.json.format(msgspec.json.encode({"runs": found})))


if __name__ == "__main__":
    main()
