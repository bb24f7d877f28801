"""VAT as files: its lines, the sales list, and every paper, line by line, however many there are."""

from collections.abc import Iterable, Iterator
from typing import Final

from utfall.portal.access import Caller
from utfall.portal.audit import facade as audit
from utfall.portal.look.exports import csv_line, first_line, plain, safe
from utfall.portal.statements.vat_contracts import (
    SalesListLine,
    VatForm,
    VatLine,
    VatNarrowed,
    VatPaperView,
    VatWanted,
)
from utfall.portal.statements.vat_reading import vat, vat_papers

SUMS: Final = (
    *("trade", "treatment", "rate", "place", "currency", "papers", "net", "vat"),
    *("own_currency", "own_vat"),
)
SALES_LIST: Final = ("vat_number", "country", "name", "currency", "papers", "net")
PAPERS: Final = (
    *("paper", "kind", "trade", "treatment", "rate", "place", "party", "name", "country", "vat_number"),
    *("issued_on", "supplied_on", "currency", "net", "vat", "own_currency", "own_vat", "corrects", "receipt"),
)


def vat_file_name(wanted: VatWanted, form: VatForm) -> str:
    """What a file of VAT is called."""
    days = f"{wanted.first.isoformat()}-{wanted.last.isoformat()}"
    return f"utfall-vat-{form.value.replace('_', '-')}-{wanted.by.value}-{days}.csv"


def export_vat(
    caller: Caller, wanted: VatWanted, form: VatForm, only: VatNarrowed | None = None
) -> Iterator[str]:
    """A file of VAT, line by line; who took it is in the log. What cannot be had is refused before."""
    lines = _lines(caller, wanted, form, only)
    if caller.onlooker is None:
        audit.record(
            caller,
            action="vat.exported",
            subject="accounting 1",
            before=None,
            after={"file": vat_file_name(wanted, form)},
        )
    return lines


def _lines(caller: Caller, wanted: VatWanted, form: VatForm, only: VatNarrowed | None) -> Iterator[str]:
    match form:
        case VatForm.SUMS:
            return _csv(SUMS, map(_of_line, vat(caller, wanted).lines))
        case VatForm.SALES_LIST:
            return _csv(SALES_LIST, map(_of_buyer, vat(caller, wanted).sales_list))
        case VatForm.PAPERS:
            return _csv(PAPERS, map(_of_paper, vat_papers(caller, wanted, only)))


def _csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield first_line(columns)
    yield from map(csv_line, rows)


def _of_line(one: VatLine) -> tuple[object, ...]:
    about = (one.trade.value, one.treatment.value, _percent(one.rate_ppm), one.place.value, one.currency)
    own = (one.own_currency, _own(one))
    return *about, one.papers, plain(one.net_micros), plain(one.tax_micros), *own


def _of_buyer(one: SalesListLine) -> tuple[object, ...]:
    return safe(one.vat), one.country, safe(one.name), one.currency, one.papers, plain(one.net_micros)


def _of_paper(one: VatPaperView) -> tuple[object, ...]:
    said = (one.name, one.kind, one.trade.value, one.treatment.value, _percent(one.rate_ppm), one.place.value)
    who = (one.party, safe(one.company), one.country, safe(one.vat))
    amounts = (one.currency, plain(one.net_micros), plain(one.tax_micros), one.own_currency, _own(one))
    return *said, *who, one.issued_on, one.supplied_on, *amounts, one.corrects, one.receipt


def _percent(ppm: int) -> str:
    """A rate in per cent, with two decimals or more."""
    return plain(100 * ppm)


def _own(one: VatLine | VatPaperView) -> str:
    return plain(one.own_micros) if one.own_currency else ""
