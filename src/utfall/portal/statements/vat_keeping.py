"""Papers as VAT counts them: what is frozen of each is read once, so that a year of them is one question.

What is kept is compared with the book whenever it is used, and made anew where it differs: a book may have
been put back from a copy.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import Count, Max, Sum
from django.utils.translation import gettext_lazy as _

from utfall.accounting import Place, Treatment, vat_of
from utfall.papers import Paper
from utfall.portal.access import refuse
from utfall.portal.book import facade as book
from utfall.portal.book.facade import PaperRow, day_of
from utfall.portal.invoices import facade as invoices
from utfall.portal.statements.models import VatPaper
from utfall.portal.statements.vat_contracts import Trade
from utfall.portal.storing import store

AT_ONCE: Final = 500
TRADES: Final = {"advertiser": Trade.SOLD, "publisher": Trade.BOUGHT}
_OF_FROZEN: Final = (
    *("treatment", "rate_ppm", "place", "company", "country", "vat"),
    *("issued_on", "supplied_on", "own_currency", "own_micros"),
)
"""The columns that what is frozen of a paper says."""


def keep_papers(found: book.Book) -> None:
    """Keep all papers that the book has; refused where they do not come to what it says."""
    keep(found)
    if not agrees(found):
        forget()
        keep(found)
        if not agrees(found):
            refuse("book_differs", _("The book and its sums differ. Run utfall check."), status=409)


def keep(found: book.Book) -> int:
    """Keep what was issued since; how many papers were added. What could not be read is asked for again."""
    _ask_again()
    _forget_others(found)
    last, added = VatPaper.objects.system().aggregate(last=Max("receipt"))["last"] or 0, 0
    while rows := book.papers_after(found, last, AT_ONCE):
        kept = [row_of(one, invoices.paper_kept(one.digest)) for one in rows]
        VatPaper.objects.system().bulk_create(kept, ignore_conflicts=True)
        last, added = rows[-1].id, added + len(rows)
    return added


def _ask_again() -> None:
    """A file may have been put back since: of many papers, some at a time."""
    unknown = VatPaper.objects.system().filter(treatment=Treatment.UNKNOWN.value).order_by("receipt")
    after = 0
    while some := list(unknown.filter(receipt__gt=after)[:AT_ONCE]):
        _store([(row, paper) for row in some if (paper := invoices.paper_kept(row.digest)) is not None])
        after = some[-1].receipt


def _forget_others(found: book.Book) -> None:
    """What was kept of a book that has been put back since: its newest paper is another, or was another's."""
    kept = VatPaper.objects.system().filter(receipt__lte=book.latest_receipt(found))
    newest = kept.order_by("-receipt").first()
    if newest is not None:
        there = book.papers_after(found, newest.receipt - 1, 1)
        if not there or (there[0].id, there[0].digest) != (newest.receipt, newest.digest):
            forget()


def _store(found: Sequence[tuple[VatPaper, Paper]]) -> None:
    for row, paper in found:
        _say(row, paper)
    store([row for row, _paper in found], *_OF_FROZEN)


def row_of(one: PaperRow, paper: Paper | None) -> VatPaper:
    """A paper of the book with what was frozen of it; without that, what the book alone knows."""
    issued_on = day_of(one.at)
    row = VatPaper(
        receipt=one.id,
        name=one.name,
        kind=one.kind,
        trade=TRADES[one.owner].value,
        treatment=Treatment.UNKNOWN.value,
        rate_ppm=0,
        place=Place.UNKNOWN.value,
        party=one.party,
        issued_on=issued_on,
        supplied_on=issued_on if one.corrects else date.fromisoformat(one.period_until),
        currency=one.currency,
        net_micros=one.net_micros,
        tax_micros=one.tax_micros,
        own_micros=0,
        corrects=one.corrects or "",
        digest=one.digest,
    )
    if paper is not None:
        _say(row, paper)
    return row


def _say(row: VatPaper, paper: Paper) -> None:
    said = vat_of(paper)
    row.treatment, row.rate_ppm, row.place = said.treatment.value, said.rate_ppm, said.place.value
    row.company, row.country, row.vat = said.party.name, said.party.country, said.party.vat
    row.own_currency, row.own_micros = said.own_currency, said.own_tax_micros
    row.issued_on = paper.issued_on
    row.supplied_on = paper.issued_on if row.corrects else paper.period[1]


def forget() -> None:
    """Keep nothing: it is made anew."""
    VatPaper.objects.system().delete()


def agrees(found: book.Book) -> bool:
    """Whether the papers that are kept come to what the book's say; what others kept since does not count."""
    told: Counter[tuple[str, str, str]] = Counter()
    for one in book.paper_totals(found):
        _add(told, one.kind, one.currency, one.papers, one.last, one.net_micros, one.tax_micros)
    kept = VatPaper.objects.system().filter(receipt__lte=book.latest_receipt(found))
    sums = (Count("receipt"), Max("receipt"), Sum("net_micros"), Sum("tax_micros"))
    for kind, currency, *amounts in kept.values_list("kind", "currency").annotate(*sums):
        _add(told, kind, currency, *(-int(amount) for amount in amounts))
    return not any(told.values())


def _add(told: Counter[tuple[str, str, str]], kind: str, currency: str, *amounts: int) -> None:
    for what, amount in zip(("papers", "last", "net", "tax"), amounts, strict=True):
        told[kind, currency, what] += amount
