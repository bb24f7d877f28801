"""`utfall receipt`: why an order was paid what it was paid, for each side, and whether that can be proved."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from utfall.cli.failures import FOUND, Failure
from utfall.cli.installation import settings_of
from utfall.cli.showing import as_json, say, say_json
from utfall.events import Outcome
from utfall.settings import Settings

if TYPE_CHECKING:
    from utfall.portal.book.facade import Book, Party, ReceiptRow

EPILOG = """
\b
Examples:
  utfall receipt show A-1001                          every receipt of an order, the advertiser's side
  utfall receipt show A-1001 --party publisher        what the publisher may see
  utfall receipt export 17 --party publisher --out r17.json
  utfall receipt verify r17.json --key receipts.pub   offline, with the public key alone
"""
_ORDERED = (Outcome.SALE, Outcome.LEAD, Outcome.INSTALL, Outcome.ACTION)
_party = click.option(
    "--party",
    type=click.Choice(["advertiser", "publisher"]),
    default="advertiser",
    show_default=True,
    help="Whose side.",
)


@click.group(epilog=EPILOG)
def receipt() -> None:
    """Show, export and verify decision receipts."""


@receipt.command("show")
@click.argument("which", metavar="ORDER|NUMBER|EVENT")
@_party
@click.option("--advertiser", type=click.IntRange(1), help="Whose order, where several have the same.")
@as_json
@click.pass_context
def show(
    context: click.Context, /, *, which: str, party: "Party", advertiser: int | None, as_json: bool
) -> None:
    """The receipts of an order, or one by its number or its event."""
    from utfall.cli.in_force import snapshot_or_none
    from utfall.cli.receipt_page import Names, page_of, show_page

    settings = settings_of(context)
    pages = [page_of(row.hash, row.body, _side(row, party)) for row in _found(settings, which, advertiser)]
    if as_json:
        say_json(
            [{"hash": page.hash, "body": page.body, "party": party, "side": page.side} for page in pages]
        )
        return
    names = Names(snapshot_or_none(settings))
    for page in pages:
        show_page(page, names)


def _side(row: "ReceiptRow", party: "Party") -> bytes:
    return row.advertiser_side if party == "advertiser" else row.publisher_side


def _found(settings: Settings, which: str, advertiser: int | None) -> list["ReceiptRow"]:
    """What a person may mean: an order, else a receipt's number, else an event."""
    from utfall.cli.money_plane import open_existing_book
    from utfall.events.ids import is_event_id
    from utfall.portal.book import facade

    book = open_existing_book(settings)
    orders = _orders(settings, book, which, advertiser)
    if len(orders) > 1:
        several = ", ".join(f"--advertiser {each.advertiser} ({each.outcome})" for each in orders)
        raise Failure(f"several orders are called {which}: {several}")
    if orders:
        return facade.receipts_of_conversion(book, orders[0].id)
    if which.isascii() and which.isdecimal() and len(which) < 19:
        try:
            return [facade.receipt(book, int(which))]
        except facade.Unknown:
            pass
    if is_event_id(which) and (rows := facade.receipts_saying(book, "event", which)):
        return rows
    refused = facade.receipts_saying(book, "order", which)
    if not refused:
        raise Failure(f"no order, receipt or event {which} is in the book")
    return refused


def _orders(settings: Settings, book: "Book", reference: str, advertiser: int | None) -> list[Any]:
    from utfall.cli.in_force import snapshot_in_force
    from utfall.portal.book import facade

    asked = [advertiser] if advertiser else list(snapshot_in_force(settings).advertisers)
    found = []
    for each in asked:
        for outcome in _ORDERED:
            try:
                found.append(facade.conversion(book, each, outcome.value, reference))
            except facade.Unknown:
                continue
    return found


@receipt.command("export")
@click.argument("number", type=click.IntRange(1))
@_party
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.pass_context
def export(context: click.Context, /, *, number: int, party: "Party", out: Path | None) -> None:
    """A receipt with one side and its path to the signed root: all that is needed to verify it."""
    from utfall.cli.money_plane import open_existing_book
    from utfall.portal.book import facade

    settings = settings_of(context)
    book = open_existing_book(settings)
    public = (settings.keys_dir / facade.PUBLIC_KEY).read_bytes()
    try:
        document = facade.document_text(facade.export_receipt(book, number, party, public))
    except facade.Unknown as error:
        raise Failure(str(error)) from error
    if out is None:
        sys.stdout.write(document.decode())
    else:
        out.write_bytes(document)
        say(f"receipt {number}, the {party}'s side, is in {out}; verify it with keys/{facade.PUBLIC_KEY}")


@receipt.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--key",
    "public",
    required=True,
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    help="The public key (PEM) of the installation that signed it.",
)
@as_json
@click.pass_context
def verify(context: click.Context, /, *, file: Path, public: Path, as_json: bool) -> None:
    """Whether a receipt holds, offline: no installation is read. Exit code 1 if it does not."""
    from utfall.workers.signing import verify_receipt

    try:
        document = msgspec.json.decode(file.read_bytes())
    except msgspec.MsgspecError as error:
        raise Failure(f"{file}: no JSON: {error}") from error
    findings = verify_receipt(document, public.read_bytes())
    if as_json:
        say_json({"holds": not findings, "findings": findings})
    elif findings:
        for finding in findings:
            say(finding, colour="red")
    else:
        body = msgspec.json.decode(document["body"])
        say(
            f"The receipt holds: number {body['receipt']} of batch {document['batch']},"
            f" signed by {document['key']}.",
            colour="green",
        )
    context.exit(FOUND if findings else 0)
