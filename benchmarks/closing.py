"""Closing a month: papers for everybody, deposits, payouts with the bank's file, and every entry settled.

    python benchmarks/closing.py --commissions 1000000 --publishers 10000 --json var/bench/closing.json

A month of orders is settled first (`closing_month.py`) and kept under `--dir` for the next run. Then a
process of its own closes a copy of it through the portal's facades, so that its peak memory is its own:
self-billing papers of all publishers and invoices of all advertisers, frozen on disk, numbered by the
journal; what the advertisers pay in, which pays the invoices; a payout to everybody, released and settled, in
one `pain.001`; a statement of everybody's account, and the accountant's file. Wanted: under 600 s and 1 GiB
for 1,000,000 commissions of 10,000 publishers.

`--server postgresql://…/name` does the same with the tables on PostgreSQL: the kept month is a database
beside the named one, which each run makes anew. What the server works for each step is told where it is on
this machine.

The control of the run is the least that could be done with the same answer: the same documents, durably, each
in a file of its own, and the same events in as many commits of a journal, without anybody deciding anything.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from closing_month import (
    ADVERTISERS,
    CURRENCY,
    HOUSE_IBAN,
    TOLD,
    Fixture,
    configure,
    make,
    midnight,
    month_before,
    people,
)
from closing_month import settler as settler_in
from served import begin, name_of, named, rest, worked
from settlement import peak_mib

from utfall.journal import StreamReader, StreamWriter

SECONDS_WANTED: Final = 600.0
PEAK_WANTED_MIB: Final = 1024.0


class Closing:
    """The closing of one month, step by step; `seconds` says how long each took, `worked` the processor time
    of this process, and `served` that of the server.
    """

    def __init__(self, folder: Path, fixture: Fixture, server: str = "") -> None:
        self._folder, self._fixture, self._server = folder, fixture, server
        self._month = date.fromisoformat(fixture.month)
        self._last = (self._month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        self.seconds: dict[str, float] = {}
        self.worked: dict[str, float] = {}
        self.served: dict[str, float] = {}
        self.counted: dict[str, Any] = {}
        self._people = people()

    def close(self) -> None:
        """All of it."""
        for name, step in (
            ("papers drafted", self._draft),
            ("papers issued", self._issue),
            ("papers settled", self._settle_papers),
            ("deposits, invoices paid", self._collect),
            ("payouts prepared and released", self._release),
            ("payouts settled", self._settle_payouts),
            ("the bank's file", self._send),
            ("statements of all", self._state),
            ("the accountant's file", self._keep_books),
        ):
            began, own, others = time.perf_counter(), time.process_time(), self._served()
            step()
            self.seconds[name] = time.perf_counter() - began
            self.worked[name] = time.process_time() - own
            self.served[name] = self._served() - others
            print(f"{name:>30}: {self.seconds[name]:7.2f} s", file=sys.stderr, flush=True)
        self._count()

    def _served(self) -> float:
        return worked(self._server) if self._server else 0.0

    def _draft(self) -> None:
        from utfall.portal.invoices import facade as invoices
        from utfall.portal.invoices.paper_contracts import month_wanted

        wanted = month_wanted(self._month.year, self._month.month)
        self._run = invoices.prepare(self._people["cashier"], wanted).id

    def _issue(self) -> None:
        from utfall.portal.invoices import facade as invoices

        invoices.issue_now(self._people["cashier"], self._run)

    def _settle_papers(self) -> None:
        from utfall.portal.invoices import facade as invoices

        self._settle()
        while invoices.follow_papers():
            pass

    def _collect(self) -> None:
        from utfall.demo.bank import Bank
        from utfall.portal.banking import facade as banking
        from utfall.portal.funding import facade as funding
        from utfall.portal.invoices import facade as invoices

        bank, today = Bank({CURRENCY: HOUSE_IBAN}), datetime.now(UTC).date()
        for one in invoices.open_papers():
            reference = banking.deposit_reference(one.party)
            content = bank.credit(today, CURRENCY, one.open_micros, reference, one.party_name)
            banking.import_file(self._people["cashier"], f"{one.name}.xml", content)
        self._settle()
        banking.follow()
        funding.settle()
        self._settle()
        funding.follow()

    def _release(self) -> None:
        from utfall.portal.audit import facade as audit
        from utfall.portal.payouts import facade as payouts

        self._batch = payouts.prepare(self._people["cashier"], CURRENCY).id
        asked = payouts.release(self._people["cashier"], self._batch)
        assert asked.proposal is not None, "a second person is asked for"
        audit.decide(self._people["second"], asked.proposal, approve=True)

    def _settle_payouts(self) -> None:
        from utfall.portal.payouts import facade as payouts

        self._settle()
        while payouts.follow_releases():
            pass

    def _send(self) -> None:
        from utfall.portal.payouts import facade as payouts

        parts = payouts.send(self._people["cashier"], self._batch).files
        files = [
            payouts.bank_file(self._people["cashier"], self._batch, part).content
            for part in range(1, parts + 1)
        ]
        self.counted["payments in the bank's files"] = sum(one.count(b"<CdtTrfTxInf>") for one in files)
        self.counted["bytes of the bank's files"] = sum(map(len, files))

    def _state(self) -> None:
        """A statement of every party's account over the month: what stood, what moved, what stands."""
        from utfall.portal.access import Kind
        from utfall.portal.statements import facade as statements
        from utfall.portal.statements.contracts import Account, Wanted

        accounts = (
            (Kind.ADVERTISER, ADVERTISERS, Account.OWED),
            (Kind.PUBLISHER, self._fixture.publishers, Account.PAYABLE),
        )
        lines = 0
        for kind, parties, account in accounts:
            for party in range(1, parties + 1):
                wanted = Wanted(
                    kind=kind,
                    party=party,
                    party_name="",
                    account=account,
                    currency=CURRENCY,
                    first=self._month,
                    last=self._last,
                )
                found = statements.statement(self._people["cashier"], wanted)
                lines += sum(one.lines for one in found.sums)
        self.counted["lines of statements"] = lines

    def _keep_books(self) -> None:
        from utfall.portal.statements import facade as statements
        from utfall.portal.statements.contracts import BooksForm

        cashier = self._people["cashier"]
        file = statements.export_books(cashier, BooksForm.SIE, CURRENCY, self._month, self._last)
        self.counted["verifications of the accountant's file"] = file.content.count(b"#VER")

    def _settle(self) -> None:
        with settler_in(self._folder, lambda: time.time_ns() // 1_000_000) as one:
            one.settle_all()

    def _count(self) -> None:
        """That the work was done: papers and payouts in the book, nothing open, and everything zero."""
        from utfall.portal.book import facade as book

        with book.standing(self._folder / "book.sqlite3") as found:
            assert found is not None, "it was settled"
            stands = book.balances(found)
            by_kind: dict[str, int] = {}
            for one in book.papers(found, count=10**9):
                by_kind[one.kind] = by_kind.get(one.kind, 0) + 1
            self.counted |= {
                "papers": by_kind,
                "payouts sent": len(book.payouts(found, status="sent", count=10**9)),
                "payable left": sum(one.balance_micros for one in stands if one.bucket == "payable"),
                "receivable left": sum(one.balance_micros for one in stands if one.bucket == "receivable"),
                "trial balance": {one.currency: one.difference_micros for one in book.trial_balance(found)},
            }


def close(folder: Path, server: str) -> dict[str, Any]:
    """Close the month in a folder; what it took, and what was counted."""
    fixture = msgspec.json.decode((folder / TOLD).read_bytes(), type=Fixture)
    configure(folder, server)
    closing = Closing(folder, fixture, server)
    closing.close()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": closing.seconds,
        "processor": closing.worked,
        "server_processor": closing.served,
        "counted": closing.counted,
        "peak_mib": peak_mib(),
        "read_mib": used.ru_inblock / 2048,
        "written_mib": used.ru_oublock / 2048,
    }


def control(closed: Path, folder: Path) -> tuple[float, int, int]:
    """Seconds to write the same documents and the same events again, and how many of each there are."""
    from utfall.journal.durable import make_directory, write_file

    documents = [one.read_bytes() for one in sorted((closed / "papers").rglob("*")) if one.is_file()]
    told = _told(closed)
    began = time.perf_counter()
    for count, content in enumerate(documents):
        place = folder / f"{count % 256:02x}"
        make_directory(place)
        write_file(place / f"{count}.json", content)
    with StreamWriter(folder / "journal", "portal-0") as writer:
        for commit in told:
            writer.append(commit)
    return time.perf_counter() - began, len(documents), sum(map(len, told))


def _told(closed: Path) -> list[list[bytes]]:
    """What the portal told the journal, commit by commit."""
    with StreamReader(closed / "journal", "portal-0") as reader:
        position, commits = 0, []
        while found := reader.read(position, 10_000):
            commits += [[bytes(one) for one in batch.events()] for batch in found]
            position = found[-1].end
    return commits


def kept(root: Path, wanted: Fixture, server: str) -> Path:
    """The folder of a month, made by a process of its own where it is not there yet."""
    name = f"closing-{wanted.commissions}-{wanted.publishers}-{wanted.month}"
    folder = root / (f"{name}-served" if server else name)
    if not (folder / TOLD).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if server:
            begin(kept_in(server, folder))
        asked = msgspec.json.encode(wanted).decode()
        _run("--make", str(folder), asked, server=server and kept_in(server, folder))
        if server:
            rest(kept_in(server, folder))
    return folder


def kept_in(server: str, folder: Path) -> str:
    """The URL of the database of a kept month."""
    return named(server, f"{name_of(server)}-{folder.name}")


def _run(*words: str, server: str) -> bytes:
    """What a process of this program says."""
    command = [sys.executable, __file__, *words, "--server", server]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def measured(folder: Path, root: Path, server: str) -> dict[str, Any]:
    """A copy is closed by a process of its own; then the control does the least of it."""
    with tempfile.TemporaryDirectory(dir=root) as place:
        copy = Path(place) / "copy"
        subprocess.run(["cp", "-r", "--reflink=auto", str(folder), str(copy)], check=True)
        if server:
            begin(server, like=name_of(kept_in(server, folder)))
        began = time.perf_counter()
        found: dict[str, Any] = json.loads(_run("--close", str(copy), server=server))
        whole = time.perf_counter() - began
        seconds, documents, events = control(copy, Path(place) / "control")
    total = sum(found["seconds"].values())
    return found | {
        "server": bool(server),
        "total_seconds": total,
        "process_seconds": whole,
        "processor_seconds": sum(found["processor"].values()),
        "server_processor_seconds": sum(found["server_processor"].values()),
        "control_seconds": seconds,
        "ratio_to_control": seconds / total,
        "documents": documents,
        "events": events,
    }


def main() -> int:
    """Measure, print, and say whether it is quick and small enough."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--commissions", type=int, default=1_000_000)
    parser.add_argument("--publishers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "utfall-closing")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--server", default="", help="PostgreSQL database in which the month is closed")
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--close", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.make:
        make(Path(chosen.make[0]), msgspec.json.decode(chosen.make[1], type=Fixture), chosen.server)
        return 0
    if chosen.close:
        json.dump(close(chosen.close, chosen.server), sys.stdout)
        return 0
    month = month_before(datetime.now(UTC).date())
    until = midnight((month + timedelta(days=32)).replace(day=1))
    wanted = Fixture(chosen.commissions, chosen.publishers, month.isoformat(), until)
    folder = kept(chosen.dir, wanted, chosen.server)
    runs = [measured(folder, chosen.dir, chosen.server) for _ in range(chosen.rounds)]
    for one in runs:
        _say(one)
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps({"runs": runs}, indent=1) + "\n")
    fits = all(one["total_seconds"] <= SECONDS_WANTED and one["peak_mib"] <= PEAK_WANTED_MIB for one in runs)
    return 0 if fits else 1


def _say(one: dict[str, Any]) -> None:
    kinds = ("seconds", "processor", "server_processor")
    steps = {name: [one[kind][name] for kind in kinds] for name in one["seconds"]}
    steps["all"] = [sum(one[kind].values()) for kind in kinds]
    for name, (seconds, own, served) in steps.items():
        also = f"   the server's {served:8.2f} s" if one["server"] else ""
        print(f"{name:>30}: {seconds:8.2f} s   processor {own:8.2f} s{also}")
    print(
        f"{'control':>30}: {one['control_seconds']:8.2f} s   {one['documents']} documents,"
        f" {one['events']} events; it is {one['ratio_to_control']:.2f} of the closing"
    )
    print(f"{'peak':>30}: {one['peak_mib']:8.0f} MiB")
    for name, count in one["counted"].items():
        print(f"{name:>30}: {count}")
    print(f"wanted: under {SECONDS_WANTED:.0f} s and {PEAK_WANTED_MIB:.0f} MiB for a month of 1,000,000")


if __name__ == "__main__":
    sys.exit(main())
