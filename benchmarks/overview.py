"""The overview's page over lakes of three sizes, opened by two people at once.

    python benchmarks/overview.py --events 100000 1000000 10000000 --json var/bench/overview.json

A portal is made in a temporary folder with a market of two hundred programs and two thousand publishers; each
side's overview, and a report by partner with its comparison, is asked through the WSGI application in this
process, with session, menu, HTML and all. Every page is of other days than all before it; one that was asked
before is told apart. So are the first of a process, which loads the code, and the first of all the days that
the others are of: it reads the rest of the rollups into memory, and writes the statements of days on which
clocks change.
`--dir` keeps the lakes for the next run: those of benchmarks/reports.py.
"""

import argparse
import io
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from lake import market, timed
from reports import LAST, SIZES, days_of, prepare

from utfall.portal.site import SiteConfig, migrate, setup_site

USERS: Final = 2
PAGES: Final = (
    ("advertiser", "overview"),
    ("advertiser", "report"),
    ("publisher", "overview"),
    ("operator", "overview"),
    ("operator", "report"),
)
FIRST: Final = days_of(47)
ALL: Final = (LAST, 38)
"""The last day and the length of a span that, with as many days before, holds those of all other pages."""
SHOWS: Final = {"overview": b"data-figure", "report": b"report-table"}
"""What is in a page that has its numbers."""
WANTED_MS: Final = 300


def portal(root: Path, lake: Path) -> None:
    """An empty portal with the market in it, its terms in force."""
    folders: dict[str, Any] = {
        f"{name}_dir": str(root / name) for name in ("journal", "snapshots", "keys", "media")
    }
    setup_site(
        SiteConfig(
            database_path=str(root / "portal.sqlite3"),
            book_path=str(root / "book.sqlite3"),
            lake_dir=str(lake),
            secret="a benchmark's",
            portal_url="http://localhost",
            public_url="http://localhost",
            **folders,
        )
    )
    migrate()
    from utfall.portal.sealing import facade as sealing
    from utfall.workers.publish import publish

    sealed = market().market
    sealing.adopt(sealed)
    publish(sealed, root / "snapshots")


def session_of(kind: str) -> tuple[str, str]:
    """The slug of the first organisation of a kind, and the cookie of a person in it."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client

    from utfall.portal.access import Kind
    from utfall.portal.people.contracts import Newcomer
    from utfall.portal.people.models import Membership, Organisation, User
    from utfall.portal.people.sign_up import found

    row = Organisation.objects.system().filter(kind=kind).order_by("pk").first()
    if row is None:
        newcomer = Newcomer(kind=Kind(kind), name="Network", website="", promotion_type="")
        with transaction.atomic():
            row = found(newcomer, Organisation.State.ACTIVE)
    user = User.objects.create(email=f"{kind}@benchmark.test", name=kind)
    Membership.objects.system().create(organisation=row, user=user, role="owner")
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return row.slug, f"{name}={client.cookies[name].value}"


def opened(application: Any, slug: str, cookie: str, page: str, of: tuple[date, int]) -> float:
    """One page of some days and as many before, in milliseconds."""
    end, days = of
    span = f"days=custom&from={end - timedelta(days=days)}&to={end - timedelta(days=1)}"
    report = f"m=clicks&m=conversions&m=cvr&by=publisher&against=period&{span}"
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/{slug}/overview/" if page == "overview" else f"/{slug}/reports/",
        "QUERY_STRING": span if page == "overview" else report,
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookie,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    told: list[str] = []

    def ask() -> bytes:
        answer = application(environ, lambda status, headers, exc_info=None: told.append(status))
        body = b"".join(answer)
        answer.close()
        return body

    spent, body = timed(ask)
    if not told[0].startswith("200") or SHOWS[page] not in body:
        raise SystemExit(f"{slug}: {told[0]} {body.decode()[:300]}")
    return spent * 1000


def measure(application: Any, cookie: tuple[str, str], kind: str, page: str, rounds: int) -> dict[str, Any]:
    """A side's page, opened again and again by two people at once."""
    spent = list[float]()
    first, of_all = (opened(application, *cookie, page, days) for days in (FIRST, ALL))

    def person(number: int) -> None:
        opened(application, *cookie, page, FIRST)  # a server's threads stay, and have their connections
        for turn in range(rounds):
            spent.append(opened(application, *cookie, page, days_of(turn * USERS + number)))

    processor = _at_once(person)
    ranked = sorted(spent)
    again = _at_once(person)
    p50, p95 = statistics.median(ranked), ranked[min(len(ranked) - 1, len(ranked) * 95 // 100)]
    return {
        "who": kind,
        "page": page,
        "first_ms": first,
        "of_all_days_ms": of_all,
        "p50_ms": p50,
        "p95_ms": p95,
        "processor_ms": processor * 1000 / len(ranked),
        "again_ms": again * 1000 / len(ranked),
    }


def _at_once(open_pages: Callable[[int], None]) -> float:
    """Two people open pages; the processor time that it took."""
    people = [threading.Thread(target=open_pages, args=(number,)) for number in range(USERS)]
    started = time.process_time()
    for one in people:
        one.start()
    for one in people:
        one.join()
    return time.process_time() - started


def run(events: int, rounds: int, kept: Path | None) -> dict[str, Any]:
    """One size, in a process of its own, for Django is set up once."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        lake = (kept or root) / f"lake-{events}"
        prepare(lake, events, rolled=True)
        portal(root, lake)
        from django.core.wsgi import get_wsgi_application

        application = get_wsgi_application()
        print(f"{events:,} events", flush=True)
        pages: list[dict[str, Any]] = []
        cookies = {kind: session_of(kind) for kind in dict(PAGES)}
        for kind, page in PAGES:
            pages.append(measure(application, cookies[kind], kind, page, rounds))
            one = pages[-1]
            print(
                f"  {page:<8} {kind:<10} first {one['first_ms']:.0f} ms, of all days"
                f" {one['of_all_days_ms']:.0f} ms, then p50 {one['p50_ms']:.0f} ms,"
                f" p95 {one['p95_ms']:.0f} ms (wanted: under {WANTED_MS}),"
                f" processor {one['processor_ms']:.0f} ms, asked again {one['again_ms']:.0f} ms",
                flush=True,
            )
    return {"events": events, "users": USERS, "pages": pages}


def growth(few: dict[str, Any], many: dict[str, Any]) -> None:
    """How the time of each page grows from the fewest events to the most."""
    print(f"growth from {few['events']:,} to {many['events']:,} events")
    for before, after in zip(few["pages"], many["pages"], strict=True):
        p95, processor = (after[name] / before[name] for name in ("p95_ms", "processor_ms"))
        print(f"  {after['page']:<8} {after['who']:<10} p95 {p95:.2f} ×, processor time {processor:.2f} ×")


def main() -> int:
    """Measure each size; print and save."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, nargs="+", default=SIZES, help="events of each lake")
    parser.add_argument("--rounds", type=int, default=12, help="pages that each person opens, at most 23")
    parser.add_argument("--dir", type=Path, help="keep the generated lakes here, for the next run")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        chosen.json.write_text(json.dumps(run(chosen.events[0], chosen.rounds, chosen.dir)))
        return 0
    runs = [_apart(size, chosen) for size in sorted(chosen.events)]
    if len(runs) > 1:
        growth(runs[0], runs[-1])
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps({"p95_ms_wanted": WANTED_MS, "runs": runs}, indent=2) + "\n")
    return 0


def _apart(size: int, chosen: argparse.Namespace) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [sys.executable, __file__, "--one", "--events", str(size), "--rounds", str(chosen.rounds)]
        command += ["--dir", str(chosen.dir)] if chosen.dir else []
        subprocess.run([*command, "--json", out.name], check=True)
        found: dict[str, Any] = json.loads(Path(out.name).read_text())
    return found


if __name__ == "__main__":
    sys.exit(main())
