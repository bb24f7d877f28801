"""The API's list of orders over many of them: the newest fifty of usual questions, two callers at once.

    python benchmarks/portal_conversions.py --events 100000 1000000 --json var/bench/portal_conversions.json

A portal is made in a temporary folder, its projection is filled through the same statement as `utfall follow`
uses, and every question is asked through the WSGI application in this process, with keys and names and all.
Wanted: p95 under 100 ms for each question at a million orders. It prints how the time grows with the orders.
"""

import argparse
import io
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote

from utfall.portal.site import SiteConfig, migrate, setup_site

P95_MS_WANTED: Final = 100.0
DAY_MS: Final = 86_400_000
NOW_MS: Final = 1_795_000_000_000
YEAR_DAYS: Final = 400
PAID_AFTER_DAYS: Final = 70
PROGRAMS: Final = {1: 1, 2: 1, 3: 1, 4: 2, 5: 3}
"""Programs with their advertisers; the first advertiser has four fifths of all orders."""
ADVERTISERS: Final = (1, 2, 3)
SHARES: Final = ((1, 40), (2, 25), (3, 15), (4, 15), (5, 5))
PUBLISHERS: Final = 300
STATUSES: Final = (
    ("pending", 22),
    ("approved", 20),
    ("payable", 45),
    ("unpaid", 8),
    ("declined", 4),
    ("reversed", 1),
)
DECLINES: Final = ("cancelled", "returned", "out_of_stock", "other")
UNPAID: Final = ("no_touch", "channel_excluded", "cap_reached")
COUNTRIES: Final = (("SE", 60), ("NO", 25), ("DK", 10), ("FI", 5))
AT_ONCE: Final = 5_000
CALLERS_AT_ONCE: Final = 2
REQUESTS_OF_A_KEY: Final = 150

Value = TypeVar("Value")
Ask = tuple[str, str]


def questions() -> dict[str, list[Ask]]:
    """What people ask, by who asks: a name, and the query."""
    month, day = _moment(NOW_MS - 30 * DAY_MS), _moment(NOW_MS - 300 * DAY_MS)
    after = _moment(NOW_MS - 299 * DAY_MS)
    buyer = [
        ("the newest", ""),
        ("of a program", "program=2"),
        ("of a partner", "publisher=7"),
        ("of a small partner", f"publisher={PUBLISHERS}"),
        ("pending", "status=pending"),
        ("pending of a program", "status=pending&program=3"),
        ("pending of a small partner", f"status=pending&publisher={PUBLISHERS - 1}"),
        ("declined for fraud, which is rare", "status=declined&reason=fraud"),
        ("unpaid, cap reached", "reason=cap_reached"),
        ("leads, which are rare", "outcome=lead"),
        ("the last thirty days", f"since={month}"),
        ("one day a year ago", f"since={day}&until={after}"),
        ("one day, declined, of a program", f"since={day}&until={after}&status=declined&program=1"),
        ("with a code", "code=SUMMER7"),
        ("with a code nobody used", "code=WINTER"),
        ("with a sub-id", "sub=newsletter-3"),
        ("with a sub-id of one order", "sub=visit-4710"),
        ("paid out", "paid=true"),
        ("paid out to a small partner", f"paid=true&publisher={PUBLISHERS - 1}"),
        ("paid out and taken back", "paid=true&status=reversed"),
        ("large amounts", "amount_from_micros=4990000000"),
        ("amounts that many have", "amount_from_micros=500000000&amount_to_micros=900000000"),
        ("by reference", "search=" + quote("A-000047")),
        ("a reference nobody has", "search=nothing"),
        ("from Finland, declined", "country=FI&status=declined"),
        ("by amount", "sort=-amount"),
        ("by commission, pending", "sort=-commission&status=pending"),
        ("the smallest of a partner", "sort=amount&publisher=7"),
    ]
    seller = [
        ("the newest", ""),
        ("of a program", "program=4"),
        ("pending", "status=pending"),
        ("declined for fraud, which is rare", "status=declined&reason=fraud"),
        ("with a sub-id", "sub=newsletter-3"),
        ("paid out", "paid=true"),
        ("paid out, of a program", "paid=true&program=4"),
        ("the last thirty days", f"since={month}"),
        ("one day a year ago", f"since={day}&until={after}"),
        ("by commission", "sort=-commission"),
        ("by reference", "search=" + quote("A-000047")),
    ]
    everybody = [
        ("the newest", ""),
        ("declined", "status=declined"),
        ("of a partner", "publisher=7"),
        ("paid out", "paid=true"),
        ("declined for fraud, which is rare", "reason=fraud"),
        ("by amount", "sort=-amount"),
        ("by reference", "search=" + quote("A-000047")),
    ]
    return {"advertiser": buyer, "publisher": seller, "operator": everybody}


def _moment(at_ms: int) -> str:
    return quote(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at_ms / 1000)))


def drawn(shares: Sequence[tuple[Value, int]], count: int, chance: random.Random) -> list[Value]:
    """Values as often as their shares say."""
    return chance.choices([one for one, _share in shares], [share for _one, share in shares], k=count)


def orders(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Orders as they come, the oldest first, like those of a market."""
    programs = drawn(SHARES, count, chance)
    publishers = chance.choices(
        range(1, PUBLISHERS + 1), [1 / (10 + one) for one in range(PUBLISHERS)], k=count
    )
    statuses = drawn(STATUSES, count, chance)
    countries = drawn(COUNTRIES, count, chance)
    step = YEAR_DAYS * DAY_MS // count
    for number in range(1, count + 1):
        at = NOW_MS - (count - number) * step
        yield _order(
            number,
            at,
            programs[number - 1],
            publishers[number - 1],
            statuses[number - 1],
            countries[number - 1],
            chance,
        )


def _order(
    number: int, at: int, program: int, publisher: int, status: str, country: str, chance: random.Random
) -> dict[str, Any]:
    amount = int(chance.triangular(50, 5000, 300)) * 1_000_000
    draw = chance.random()
    has_code = draw < 0.12
    return {
        "id": number,
        "advertiser": PROGRAMS[program],
        "program": program,
        "publisher": publisher,
        "group_id": None,
        "outcome": "lead" if draw > 0.999 else "sale",
        "action": None,
        "reference": f"A-{number:08}",
        "status": status,
        "reason": _reason(status, draw, chance),
        "occurred_at": at,
        "recorded_at": at + 900,
        "decided_at": at + 20 * DAY_MS if status in ("approved", "payable", "declined") else None,
        "changed_at": at + 900,
        "approve_at": at + 30 * DAY_MS if status == "pending" else None,
        "payable_at": at + 60 * DAY_MS if status == "approved" else None,
        "locks_at": None,
        "window_sku": None,
        "window_days": None,
        "delivery_days": None,
        "currency": "SEK",
        "amount_micros": amount,
        "refunded_micros": 0,
        "commission_micros": amount * 8 // 100,
        "fee_micros": amount * 16 // 1000,
        "method": "code" if has_code else "click",
        "touch_class": "standard",
        "touch_at": at - 3_600_000,
        "touch_seconds": 3600,
        "touch_device": "phone",
        "touch_country": country,
        "link": None if has_code else publisher * 10 + program,
        "subs": f'["newsletter-{number % 40}"]' if number % 10 else f'["visit-{number}"]',
        "code": f"SUMMER{publisher}" if has_code else None,
        "channel": "affiliate",
        "device": "phone",
        "country": country,
        "customer": "new" if number % 3 else "returning",
        "source": "postback",
        "lines": 1,
        "rules": "[1]",
        "first_receipt": number,
        "receipt": number,
        "receipts": 1,
    }


def _reason(status: str, draw: float, chance: random.Random) -> str | None:
    if status == "declined":
        return "fraud" if draw < 0.002 else chance.choice(DECLINES)
    return chance.choice(UNPAID) if status == "unpaid" else None


def fill(count: int) -> float:
    """Fill the projection by the follower's statement, part by part, unless it was kept; in seconds."""
    from django.db import connections, transaction

    from utfall.portal.conversions import projecting
    from utfall.portal.conversions.models import PaidOut

    if projecting.newest() is not None:
        return 0.0
    started, part = time.perf_counter(), []
    indexes = _without_indexes()

    def keep(rows: list[dict[str, Any]]) -> None:
        with transaction.atomic(using="conversions"), connections["conversions"].cursor() as cursor:
            cursor.executemany(
                projecting.UPSERT, [[row[name] for name in projecting.COLUMNS] for row in rows]
            )
            cursor.executemany(
                projecting.SUB,
                [
                    (row["id"], sub, row["publisher"], row["advertiser"], row["occurred_at"])
                    for row in rows
                    for sub in json.loads(row["subs"])
                ],
            )
            PaidOut.objects.system().bulk_create(
                PaidOut(
                    conversion=row["id"],
                    publisher=row["publisher"],
                    advertiser=row["advertiser"],
                    occurred_at=row["occurred_at"],
                    payout=row["publisher"],
                    at=row["occurred_at"] + PAID_AFTER_DAYS * DAY_MS,
                )
                for row in rows
                if row["status"] in ("payable", "reversed")
                and row["occurred_at"] < NOW_MS - PAID_AFTER_DAYS * DAY_MS
            )

    for order in orders(count, random.Random(7)):
        part.append(order)
        if len(part) == AT_ONCE:
            keep(part)
            part = []
    keep(part)
    with connections["conversions"].cursor() as cursor:
        for made in indexes:
            cursor.execute(made)
    projecting.tidy()
    return time.perf_counter() - started


def _without_indexes() -> list[str]:
    """Take the indexes away, for many rows are kept faster without; what makes them again."""
    from django.db import connections

    with connections["conversions"].cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name LIKE 'conversion_%'"
        )
        found = cursor.fetchall()
        for name, _sql in found:
            cursor.execute(f"DROP INDEX {name}")
    return [made for _name, made in found]


def market() -> None:
    """Advertisers, publishers and programs, so that names are looked up as in a portal that lives."""
    from utfall.portal.sealing import facade as sealing
    from utfall.terms import Advertiser, Enrolment, Market, Program, ProgramTerms, Publisher, Zone

    terms = (ProgramTerms(version=1, effective_from=0),)
    sealing.adopt(
        Market(
            zones=(Zone("UTC", (0,), (0,)),),
            advertisers=tuple(Advertiser(id=one, name=f"Shop {one}") for one in ADVERTISERS),
            publishers=tuple(Publisher(id=one, name=f"Blog {one}") for one in range(1, PUBLISHERS + 1)),
            programs=tuple(
                Program(
                    id=one,
                    advertiser=owner,
                    name=f"Program {one}",
                    currency="SEK",
                    zone="UTC",
                    versions=terms,
                )
                for one, owner in PROGRAMS.items()
            ),
            enrolments=tuple(
                Enrolment(program=program, publisher=one, starts_at=0)
                for program in PROGRAMS
                for one in range(1, 21)
            ),
        )
    )


def keys_of(kind: str, count: int) -> list[str]:
    """API keys of the first organisation of a kind."""
    from django.db import transaction

    from utfall.portal.access import Caller, Kind, Permission, Role
    from utfall.portal.access.roles import grants_of
    from utfall.portal.people import facade as people
    from utfall.portal.people.models import Organisation

    wanted = Kind(kind)
    if wanted is Kind.OPERATOR:
        from utfall.portal.people.contracts import Newcomer
        from utfall.portal.people.sign_up import found

        with transaction.atomic():
            row = found(Newcomer(kind=wanted, name="Network", website="", promotion_type=""), "active")
    else:
        row = Organisation.objects.system().get(kind=kind, number=1)
    own = frozenset({row.number})
    caller = Caller(
        organisation=row.pk,
        slug=row.slug,
        name=row.name,
        kind=wanted,
        number=row.number,
        role=Role.OWNER,
        user=None,
        actor="benchmark",
        grants=grants_of(wanted, Role.OWNER),
        advertisers=own if wanted is Kind.ADVERTISER else frozenset(),
        publishers=own if wanted is Kind.PUBLISHER else frozenset(),
    )
    return [people.create_key(caller, f"key {one}", [Permission.LOOK]).secret for one in range(count)]


ENVIRON: Final = {
    "REQUEST_METHOD": "GET",
    "PATH_INFO": "/api/v1/conversions",
    "SCRIPT_NAME": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "HTTP_HOST": "localhost",
    "wsgi.url_scheme": "http",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


def ask(application: Any, secret: str, query: str) -> tuple[float, int]:
    """One call of the list: its milliseconds, and how many orders it answered."""
    told: list[str] = []
    environ = {
        **ENVIRON,
        "QUERY_STRING": query,
        "HTTP_AUTHORIZATION": f"Bearer {secret}",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    started = time.perf_counter()
    answer = application(environ, lambda status, headers, exc_info=None: told.append(status))
    body = b"".join(answer)
    spent = (time.perf_counter() - started) * 1000
    answer.close()
    if not told[0].startswith("200"):
        raise SystemExit(f"{query}: {told[0]} {body.decode()[:300]}")
    return spent, len(json.loads(body)["items"])


def measure(application: Any, keys: list[str], query: str, rounds: int) -> tuple[list[float], int]:
    """Every caller asks the same question again and again, all at once."""
    spent: list[float] = []
    counts: list[int] = []
    turns, guard = cycle(keys), threading.Lock()

    def one() -> None:
        for _ in range(rounds):
            with guard:
                secret = next(turns)
            took, found = ask(application, secret, query)
            with guard:
                spent.append(took)
                counts.append(found)

    threads = [threading.Thread(target=one) for _ in range(CALLERS_AT_ONCE)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(spent), counts[0]


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of sorted values lies."""
    return values[min(int(len(values) * share), len(values) - 1)]


def run(count: int, rounds: int, kept: Path | None) -> dict[str, Any]:
    """Fill one portal and ask it everything; in a process of its own, for Django is set up once."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        places: Any = {
            f"{name}_dir": str(root / name) for name in ("journal", "snapshots", "keys", "lake", "media")
        }
        book = (kept / str(count) if kept else root) / "book.sqlite3"
        setup_site(
            SiteConfig(
                database_path=str(root / "portal.sqlite3"),
                book_path=str(book),
                secret="a benchmark's",
                portal_url="http://localhost",
                public_url="http://localhost",
                **places,
            )
        )
        migrate()
        market()
        from django.core.wsgi import get_wsgi_application

        application = get_wsgi_application()
        keys: dict[str, list[str]] = {}
        seconds = fill(count)
        size = sum(path.stat().st_size for path in book.parent.glob("conversions.sqlite3*"))
        print(f"{count:,} orders kept in {seconds:.0f} s, {size / 2**20:,.0f} MiB", flush=True)
        results = [
            _result(application, kind, name, query, keys, rounds)
            for kind, asked in questions().items()
            for name, query in asked
        ]
    return {"orders": count, "fill_s": seconds, "bytes": size, "questions": results}


def _result(
    application: Any, kind: str, name: str, query: str, keys: dict[str, list[str]], rounds: int
) -> dict[str, Any]:
    if kind not in keys:
        calls = len(questions()[kind]) * (rounds + 1) * CALLERS_AT_ONCE
        keys[kind] = keys_of(kind, calls // REQUESTS_OF_A_KEY + 1)
    ask(application, keys[kind][0], query)
    before = time.process_time()
    spent, found = measure(application, keys[kind], query, rounds)
    cpu_ms = (time.process_time() - before) * 1000 / len(spent)
    p50, p95 = statistics.median(spent), percentile(spent, 0.95)
    times = f"p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  processor {cpu_ms:5.1f} ms"
    print(f"  {kind:<10} {name:<36} {times}  ({found} orders)", flush=True)
    return {"who": kind, "question": name, "p50_ms": p50, "p95_ms": p95, "cpu_ms": cpu_ms, "found": found}


def growth(runs: list[dict[str, Any]]) -> None:
    """How the time of each question grows from the fewest orders to the most."""
    first, last = runs[0], runs[-1]
    print(f"\ngrowth of p95 from {first['orders']:,} to {last['orders']:,} orders")
    for before, after in zip(first["questions"], last["questions"], strict=True):
        ratio = after["p95_ms"] / before["p95_ms"]
        print(f"  {after['who']:<10} {after['question']:<36} {ratio:5.2f} ×")
    worst = max(last["questions"], key=lambda one: one["p95_ms"])
    print(
        f"slowest at {last['orders']:,}: {worst['who']}, {worst['question']}, p95 {worst['p95_ms']:.1f} ms"
        f" (wanted: under {P95_MS_WANTED:.0f})"
    )


def main() -> int:
    """Measure each size in a process of its own; print and save."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        *("--events", "--orders"),
        dest="orders",
        type=int,
        nargs="+",
        default=[100_000, 1_000_000],
        help="orders of each projection",
    )
    parser.add_argument("--rounds", type=int, default=10, help="calls of each caller for each question")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--dir", type=Path, help="keep what was filled here, for the next run")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        chosen.json.write_text(json.dumps(run(chosen.orders[0], chosen.rounds, chosen.dir)))
        return 0
    runs = [_apart(count, chosen) for count in sorted(chosen.orders)]
    if len(runs) > 1:
        growth(runs)
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps({"p95_ms_wanted": P95_MS_WANTED, "runs": runs}, indent=2) + "\n")
    return 0


def _apart(count: int, chosen: argparse.Namespace) -> dict[str, Any]:
    import subprocess

    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [sys.executable, __file__, "--one", "--orders", str(count), "--rounds", str(chosen.rounds)]
        command += ["--dir", str(chosen.dir)] if chosen.dir else []
        subprocess.run([*command, "--json", out.name], check=True)
        found: dict[str, Any] = json.loads(Path(out.name).read_text())
    return found


if __name__ == "__main__":
    sys.exit(main())
