"""What the demo proves: the report, the balance, the stories with their receipts, one receipt verified."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from utfall.cli.in_force import snapshot_in_force
from utfall.cli.money_plane import open_existing_book
from utfall.cli.receipt_page import Names, page_of, show_page
from utfall.cli.reports import show_table
from utfall.cli.showing import amount, say
from utfall.settings import Settings

if TYPE_CHECKING:
    from utfall.portal.book.facade import Book, ConversionRow

METRICS: Final = (
    "impressions",
    "clicks",
    "invalid_clicks",
    "conversions",
    "revenue",
    "cost",
    "commission_pending",
)


def prove(settings: Settings, stories: dict[str, str]) -> bool:
    """Show what was earned and why; whether everything holds that must."""
    from utfall.portal.book import facade

    book = open_existing_book(settings)
    _report(settings)
    holds = _balance(book)
    found = {story: _order(settings, book, reference) for story, reference in stories.items()}
    _tell_stories(found)
    late = found.get("late coupon click")
    if late is not None:
        rows = facade.receipts_of_conversion(book, late.id)
        say("The late coupon click, as the advertiser sees it:", bold=True)
        page = page_of(rows[0].hash, rows[0].body, rows[0].advertiser_side)
        show_page(page, Names(snapshot_in_force(settings)))
        holds = _verify(settings, book, rows[0].id) and holds
    return holds


def _report(settings: Settings) -> None:
    from utfall.lake import Lake, Query

    with Lake(settings.lake_dir) as lake:
        show_table(lake.report(Query(METRICS, ("program",)), snapshot=snapshot_in_force(settings)))


def _balance(book: "Book") -> bool:
    from utfall.portal.book import facade

    sums = facade.trial_balance(book)
    told = ", ".join(
        f"{amount(each.debits_micros, each.currency)} − {amount(-each.credits_micros, each.currency)}"
        for each in sums
    )
    balances = not any(each.difference_micros for each in sums)
    verdict = "zero in every currency" if balances else "NOT zero"
    say(f"Trial balance: {verdict} (on either side: {told})", colour="green" if balances else "red")
    return balances


def _order(settings: Settings, book: "Book", reference: str) -> "ConversionRow | None":
    from utfall.portal.book import facade

    for advertiser in snapshot_in_force(settings).advertisers:
        try:
            return facade.conversion(book, advertiser, "sale", reference)
        except facade.Unknown:
            continue
    return None


def _tell_stories(found: "dict[str, ConversionRow | None]") -> None:
    for story, order in found.items():
        if order is None:
            say(f"  {story}: not settled yet")
            continue
        commission = amount(order.commission_micros, order.currency)
        say(f"  {story}: {order.reference} is {order.status}, commission {commission}")
    say()


def _verify(settings: Settings, book: "Book", number: int) -> bool:
    """Verify a receipt as a publisher would: from a document and the public key, and nothing else."""
    from utfall.portal.book.facade import PUBLIC_KEY, export_receipt
    from utfall.workers.signing import verify_receipt

    public = (settings.keys_dir / PUBLIC_KEY).read_bytes()
    findings = verify_receipt(export_receipt(book, number, "publisher", public), public)
    verdict = "; ".join(findings) or "it holds"
    say(
        f"Receipt {number} verified with the public key alone: {verdict}",
        colour="red" if findings else "green",
    )
    return not findings


def _program() -> str:
    """How this program is called here: as it was, where that is not through the search path."""
    called = Path(sys.argv[0])
    return "utfall" if called.name != "utfall" or called.is_absolute() else str(called)


def show_way(settings: Settings, stories: dict[str, str], url: str | None) -> None:
    """What to try next, as commands that work."""
    program = _program() + (
        "" if settings.data_dir == Settings().data_dir else f" --data-dir {settings.data_dir}"
    )
    order = stories.get("late coupon click", "")
    say()
    say("Try next:", bold=True)
    if url is not None:
        say(f"  curl -si '{url}/c/fjall-blogg?sub1=me'")
    for words in (
        f"receipt show {order} --party publisher",
        "report --metrics gross_clicks,invalid_clicks --by reason",
        "trial-balance --accounts",
        "replay",
        "check",
    ):
        say(f"  {program} {words}")
    say()
