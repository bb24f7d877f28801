"""The portal at scale: reading a product feed, leafing through it by pages, and sealing a large market.

    python benchmarks/portal.py --rows 200000 --links 200000 --json var/bench/portal.json

A feed is delivered twice (new, then a tenth changed), in a process that does nothing else, so that its peak
of memory is its own; the control is the same rows through `csv` into a bare SQLite table. Sealing is measured
from a change to the snapshot in force: when nothing is known yet, after one link changed, and after a rule.
"""

import argparse
import csv
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ADVERTISERS, PROGRAMS, PUBLISHERS, ENROLLED = 100, 1_000, 1_000, 4
COLUMNS = (
    *("product_id", "name", "price", "rrp", "currency", "deep_link", "image_url", "brand", "gtin", "mpn"),
    *("category", "description", "condition", "stock"),
)
PAGE_ROWS = 100
FEED_S_WANTED, SEAL_S_WANTED, PEAK_MIB_WANTED = 60.0, 3.0, 512
MIB = 1 << 20


@dataclass(frozen=True)
class FeedFigures:
    """What reading a feed of so many rows took."""

    rows: int
    file_mib: float
    control_rows_per_s: int
    first_s: float
    first_rows_per_s: int
    again_s: float
    peak_mib: int
    grew_mib: int
    page_ms: float
    last_page_ms: float


@dataclass(frozen=True)
class SealFigures:
    """How long it takes from a change until the snapshot with it is in force."""

    links: int
    snapshot_mib: float
    first_s: float
    link_s: float
    rule_s: float
    peak_mib: int


def set_up(folder: Path) -> None:
    """A portal of its own in a folder, with its tables."""
    from utfall.portal.site import SiteConfig, migrate, setup_site

    setup_site(
        SiteConfig(
            database_path=str(folder / "portal.sqlite3"),
            book_path=str(folder / "book.sqlite3"),
            secret="of a benchmark",
            portal_url="http://127.0.0.1:8600",
            public_url="http://127.0.0.1:8700",
            journal_dir=str(folder / "journal"),
            snapshots_dir=str(folder / "snapshots"),
            keys_dir=str(folder / "keys"),
            lake_dir=str(folder / "lake"),
            media_dir=str(folder / "media"),
        )
    )
    migrate()


def market_of(links: int) -> Any:
    """A market with so many links, spread over its programs and publishers."""
    from utfall.events import Outcome
    from utfall.terms import (
        Advertiser,
        Enrolment,
        Link,
        Market,
        Portion,
        Program,
        ProgramTerms,
        Publisher,
        Rule,
    )
    from utfall.workers.publish import sealed_zone

    terms = (ProgramTerms(version=1, effective_from=1, fee_ppm=200_000),)
    programs = range(1, PROGRAMS + 1)
    return Market(
        zones=(sealed_zone("Europe/Stockholm"),),
        advertisers=tuple(Advertiser(id=n, name=f"Shop {n}") for n in range(1, ADVERTISERS + 1)),
        publishers=tuple(Publisher(id=n, name=f"Site {n}") for n in range(1, PUBLISHERS + 1)),
        programs=tuple(
            Program(
                id=n,
                advertiser=n % ADVERTISERS + 1,
                name=f"Shop {n}",
                currency="SEK",
                zone="Europe/Stockholm",
                versions=terms,
            )
            for n in programs
        ),
        enrolments=tuple(
            Enrolment(program=n, publisher=(n * ENROLLED + step) % PUBLISHERS + 1, starts_at=1)
            for n in programs
            for step in range(ENROLLED)
        ),
        links=tuple(
            Link(
                id=n,
                key=f"k{n:08}",
                program=(program := n % PROGRAMS + 1),
                publisher=(program * ENROLLED + n // PROGRAMS % ENROLLED) % PUBLISHERS + 1,
                destination=f"https://shop{program}.example/campaign/{n}",
                starts_at=1,
            )
            for n in range(1, links + 1)
        ),
        rules=tuple(
            Rule(id=n, program=n, name="sale", outcome=Outcome.SALE, price=Portion(80_000), effective_from=1)
            for n in programs
        ),
    )


def measure_sealing(folder: Path, links: int) -> SealFigures:
    """The times from a change to the snapshot in force."""
    from django.db import transaction

    from utfall.portal.commission.models import Rule
    from utfall.portal.links.models import Link
    from utfall.portal.sealing import facade
    from utfall.workers.seal import seal_now

    snapshots = folder / "snapshots"
    facade.adopt(market_of(links))

    def changed(change: Callable[[], object]) -> float:
        with transaction.atomic():
            change()
            facade.touch()
        return timed(lambda: seal_now(snapshots))

    first = timed(lambda: seal_now(snapshots))
    link = changed(lambda: Link.objects.system().filter(pk=1).update(destination="https://shop2.example/new"))
    rule = changed(lambda: Rule.objects.system().filter(pk=1).update(name="sales"))
    size = (snapshots / f"{facade.state().snapshot}.snapshot").stat().st_size
    return SealFigures(links, round(size / MIB, 1), first, link, rule, peak_mib())


def timed(act: Callable[[], object]) -> float:
    """How many seconds something takes."""
    began = time.perf_counter()
    act()
    return round(time.perf_counter() - began, 2)


def peak_mib() -> int:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure_feed(folder: Path, rows: int) -> FeedFigures:
    """The times of two deliveries, the second with a tenth of the rows changed, and of leafing through."""
    from utfall.portal.feeds import facade
    from utfall.portal.feeds.delivering import deliver
    from utfall.portal.feeds.keeping import file_of, incoming
    from utfall.portal.feeds.models import Feed
    from utfall.portal.programs.models import Program
    from utfall.portal.sealing import facade as sealing

    sealing.adopt(market_of(1))
    Program.objects.system().filter(pk=1).update(website="https://shop1.example/")
    Feed.objects.system().create(program=1, advertiser=1 % ADVERTISERS + 1)
    caller = advertiser(1 % ADVERTISERS + 1)
    building = incoming(1)
    write_feed(building, rows)
    building.replace(file_of(1))
    control = timed(lambda: load_bare(file_of(1), folder / "bare.sqlite3"))
    before = peak_mib()
    first = timed(lambda: deliver(caller, 1, Unheard(caller), fetch=False))
    peak = peak_mib()
    write_feed(file_of(1), rows, dearer=10)
    again = timed(lambda: deliver(caller, 1, Unheard(caller), fetch=False))
    pages = list(page_times(lambda after: facade.products(caller, 1, after=after, count=PAGE_ROWS).following))
    assert len(pages) == -(-rows // PAGE_ROWS), "every product is on a page"
    return FeedFigures(
        rows=rows,
        file_mib=round(file_of(1).stat().st_size / MIB, 1),
        control_rows_per_s=round(rows / control),
        first_s=first,
        first_rows_per_s=round(rows / first),
        again_s=again,
        peak_mib=peak,
        grew_mib=peak - before,
        page_ms=round(1000 * sum(pages) / len(pages), 1),
        last_page_ms=round(1000 * pages[-1], 1),
    )


def page_times(page: Callable[[int | None], int | None]) -> Iterator[float]:
    """How long each page takes, from the first to the last."""
    after: int | None = None
    while True:
        began = time.perf_counter()
        after = page(after)
        yield time.perf_counter() - began
        if after is None:
            return


class Unheard:
    """A report that nobody reads."""

    def __init__(self, caller: Any) -> None:
        self.caller = caller

    def __call__(self, done: int, total: int, said: Any = "") -> None:
        """Say nothing."""


def advertiser(number: int) -> Any:
    """Somebody who manages an advertiser's feeds."""
    from utfall.portal.access import Caller, Kind, Role
    from utfall.portal.access.roles import grants_of

    return Caller(
        organisation=1,
        slug="shop",
        name="Shop",
        kind=Kind.ADVERTISER,
        number=number,
        role=Role.MANAGER,
        user=None,
        actor="benchmark",
        grants=grants_of(Kind.ADVERTISER, Role.MANAGER),
        advertisers=frozenset({number}),
    )


def write_feed(path: Path, rows: int, *, dearer: int = 0) -> None:
    """A feed as shops have them, of some 600 bytes a row; `dearer`: every so manieth has another price."""
    about = "A light and roomy tent for three seasons, with two entrances and a place for wet boots. " * 4
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for n in range(rows):
            price = 199 + n % 5000 + (1 if dearer and n % dearer == 0 else 0)
            page, picture = f"https://shop1.example/p/{n}", f"https://img.shop1.example/{n}.jpg"
            words = (f"Tent {n}", f"{price}.00 SEK", f"{price + 100},00", "SEK", page, picture)
            rest = (f"M-{n}", f"Outdoor > Tents > {n % 40}", f"{about}{n}", "new", "in stock")
            writer.writerow((f"sku-{n}", *words, f"Brand {n % 300}", gtin(n), *rest))


def gtin(n: int) -> str:
    """An item number with its check digit."""
    digits = f"{731_000_000_000 + n}"
    odd = sum(int(one) * (3 if place % 2 == 0 else 1) for place, one in enumerate(reversed(digits)))
    return f"{digits}{-odd % 10}"


def load_bare(path: Path, database: Path) -> None:
    """The control: the same rows through `csv` into a table without checks, keys or history."""
    names = ", ".join(COLUMNS)
    with closing(sqlite3.connect(database)) as connection, path.open(encoding="utf-8", newline="") as file:
        connection.execute(f"CREATE TABLE product ({names})")
        rows = csv.reader(file)
        next(rows)
        connection.executemany(f"INSERT INTO product VALUES ({', '.join('?' * len(COLUMNS))})", rows)
        connection.commit()


def alone(what: str, count: int) -> Any:
    """Figures measured in a process of its own, whose peak of memory is nobody else's."""
    command = [sys.executable, __file__, "--measure", what, "--count", str(count)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def measure(what: str, count: int) -> None:
    """Measure one thing here, and print its figures as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        found = (measure_feed if what == "feed" else measure_sealing)(Path(folder), count)
    print(json.dumps(asdict(found)))


def main() -> None:
    """Measures, prints and saves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--links", type=int, default=200_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--measure", choices=("feed", "sealing"), help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        return measure(chosen.measure, chosen.count)
    feed, sealing = alone("feed", chosen.rows), alone("sealing", chosen.links)
    ratio = round(feed["first_rows_per_s"] / feed["control_rows_per_s"], 3)
    for name, told in (("feed", {**feed, "ratio": ratio}), ("sealing", sealing)):
        print(name)
        for key, value in told.items():
            print(f"  {key:<20}{value:>12,}")
    wanted = {"feed_s": FEED_S_WANTED, "seal_s": SEAL_S_WANTED, "peak_mib": PEAK_MIB_WANTED}
    if chosen.json:
        figures = {"feed": {**feed, "ratio": ratio}, "sealing": sealing, "wanted": wanted}
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")
    return None


if __name__ == "__main__":
    main()
