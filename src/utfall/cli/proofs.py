"""`utfall replay` and `utfall whatif`: the book made again, under its own terms or under others."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from utfall.cli.failures import FOUND, Failure
from utfall.cli.in_force import snapshot_or_none
from utfall.cli.installation import settings_of
from utfall.cli.money_plane import open_existing_book, settler_config
from utfall.cli.receipt_page import Names
from utfall.cli.showing import amount, as_json, count, progress, say, say_json, say_table, tell
from utfall.settings import Settings

if TYPE_CHECKING:
    from utfall.portal.book.facade import Difference
    from utfall.workers.whatif import Change, Total, WhatIfReport


@click.command()
@click.option(
    "--into", type=click.Path(dir_okay=False, path_type=Path), help="Keep the rebuilt book in this new file."
)
@as_json
@click.pass_context
def replay(context: click.Context, /, *, into: Path | None, as_json: bool) -> None:
    """Rebuild the book from the journal, elsewhere, and prove that it is the same to the byte.

    Exit code 1 if a row differs; it is shown.
    """
    from utfall.portal.book import facade
    from utfall.workers.replay import ReplaySource
    from utfall.workers.replay import replay as rebuild

    settings = settings_of(context)
    batches = facade.progress(open_existing_book(settings)).seq
    with _new_file(settings, into) as path, progress("replaying", batches, quiet=as_json) as bar:
        report = rebuild(
            ReplaySource.of(settler_config(settings)),
            path,
            lambda told: bar(told.seq, f"batch {told.seq} of {batches}"),
        )
    if as_json:
        numbers = {"batches": report.batches, "events": report.events, "digest": report.digest}
        say_json(
            {
                "identical": report.identical,
                **numbers,
                "difference": report.difference,
                "caution": report.caution,
            }
        )
    else:
        say(f"{count(report.events)} events in {report.batches} batches were settled again, elsewhere.")
        if report.identical:
            say(
                f"The two books are identical, row for row and byte for byte: {report.digest}", colour="green"
            )
        else:
            say("The books differ.", colour="red")
            _show_difference(report.difference)
        if report.caution:
            say(report.caution, colour="yellow")
    context.exit(0 if report.identical else FOUND)


def _show_difference(difference: "Difference | None") -> None:
    """The first row that differs, column by column where it does."""
    if difference is None:
        return
    say(f"  table {difference.table}")
    first, second = difference.first or (), difference.second or ()
    for place, (one, other) in enumerate(zip_longest(first, second)):
        if one != other or place == 0:
            say(f"  column {place}: {one!r:.100} here, {other!r:.100} rebuilt")


@contextmanager
def _new_file(settings: Settings, into: Path | None) -> Iterator[Path]:
    """Where to rebuild: the file that is named, or one beside the book that goes away again."""
    if into is not None:
        if into.exists():
            raise Failure(f"{into} exists; a book is rebuilt into a new file")
        yield into.absolute()
        tell(f"the rebuilt book is {into}")
        return
    folder = Path(tempfile.mkdtemp(prefix="rebuilt-", dir=settings.data_dir.absolute()))
    try:
        yield folder / "book.sqlite3"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


WHATIF_EPILOG = """
\b
Examples:
  utfall whatif market.toml               the terms of a file, over all that has happened
  utfall whatif market.toml --json

Nothing is published, paid or signed: history is settled again into a book that is thrown away.
"""


@click.command(epilog=WHATIF_EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@as_json
@click.pass_context
def whatif(context: click.Context, /, *, file: Path, as_json: bool) -> None:
    """Settle all of history again under a changed program file: who gains, who loses."""
    from utfall.cli.terms import market_of
    from utfall.portal.book import facade
    from utfall.workers.replay import ReplaySource
    from utfall.workers.whatif import what_if

    settings = settings_of(context)
    batches = facade.progress(open_existing_book(settings)).seq
    market = market_of(file)
    with _new_file(settings, None) as path, progress("settling again", batches, quiet=as_json) as bar:
        report = what_if(
            ReplaySource.of(settler_config(settings)),
            market,
            path.parent,
            lambda told: bar(told.seq, f"batch {told.seq} of {batches}"),
        )
    if as_json:
        say_json(_whatif_document(report))
    else:
        _show_whatif(report, Names(snapshot_or_none(settings)))


def _whatif_document(report: "WhatIfReport") -> dict[str, Any]:
    return {
        "snapshot": report.snapshot,
        "batches": report.batches,
        "events": report.events,
        "publishers": [_with_difference(each) for each in report.changes],
        "totals": [_with_difference(each) for each in report.totals],
        "corrections": [_with_difference(each) for each in report.corrections],
        "orders": report.orders,
        "orders_with_another_payer": report.orders_with_another_payer,
        "orders_with_another_commission": report.orders_with_another_commission,
        "caution": report.caution,
    }


def _with_difference(each: "Change | Total") -> dict[str, Any]:
    return {**each._asdict(), "difference_micros": each.difference_micros}


def _show_whatif(report: "WhatIfReport", names: Names) -> None:
    rows = [[names.of("publisher", each.publisher), *_sums(each)] for each in report.changes]
    totals = [["Total", *_sums(each)] for each in report.totals]
    totals += [["of that corrections", *_sums(each)] for each in report.corrections]
    headings = ["publisher", "commission as it was", "as it would be", "difference"]
    say_table(headings, [*rows, *totals], totals=len(totals))
    others, payers = report.orders_with_another_commission, report.orders_with_another_payer
    say(f"Of {count(report.orders)} orders {count(others)} have another commission,")
    say(f"and {count(payers)} another publisher.")
    if report.caution:
        say(report.caution, colour="yellow")


def _sums(each: "Change | Total") -> list[str]:
    signed = amount(each.difference_micros, each.currency)
    return [
        amount(each.before_micros, each.currency),
        amount(each.after_micros, each.currency),
        signed if each.difference_micros <= 0 else f"+{signed}",
    ]
