"""Files and movements as the operator reads them."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from django.db.models import Count

from utfall.money import Money
from utfall.portal.access import Caller, Kind, NotFound, Permission, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.banking.contracts import FileKind, FileState, FileView, MovementView, Settled, Verdict
from utfall.portal.banking.models import BankFile, Closing, Movement
from utfall.portal.invoices import facade as invoices
from utfall.portal.people import facade as people

SUSPENSE_AT_MOST = 200


def files(caller: Caller, *, after: int | None = None, limit: int = USUAL) -> Slice[FileView]:
    """Files that were imported, newest first."""
    _require(caller)
    return newest(BankFile.objects.of(caller), file_view, after=after, limit=limit)


def file(caller: Caller, number: int) -> FileView:
    """One file."""
    _require(caller)
    return file_view(BankFile.objects.one(caller, pk=number))


def movements(
    caller: Caller,
    number: int,
    *,
    verdict: Verdict | None = None,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[MovementView]:
    """The movements of a file with their verdicts, newest first."""
    _require(caller)
    rows = Movement.objects.of(caller).filter(file=BankFile.objects.one(caller, pk=number))
    if verdict is not None:
        rows = rows.filter(verdict=verdict.value)
    found = newest(rows, lambda row: row, after=after, limit=limit)
    return Slice(movement_views(found.items), found.following)


COLUMNS: Final = (
    *("number", "day", "amount", "currency", "name", "reference", "text", "other_party"),
    *("verdict", "settled", "code", "payout", "advertiser", "receipt"),
)
AT_ONCE: Final = 2000


def verdicts_csv(caller: Caller, number: int) -> Iterator[str]:
    """Every movement of a file with its verdict, in the order of the file."""
    _require(caller)
    rows = Movement.objects.of(caller).filter(file=BankFile.objects.one(caller, pk=number)).order_by("pk")
    return _lines(rows.iterator(AT_ONCE))


def _lines(rows: Iterator[Movement]) -> Iterator[str]:
    yield _line(COLUMNS)
    for place, one in enumerate(rows, start=1):
        amount = str(Money(one.micros, one.currency)).split()[0] if one.currency else ""
        told = (one.name, one.reference, one.text, one.other_party, one.verdict, one.settled, one.code)
        yield _line((place, one.on, amount, one.currency, *told, one.payout, one.advertiser, one.receipt))


def _line(cells: tuple[object, ...]) -> str:
    """A spreadsheet must not take a text for a formula; an amount may begin with its minus."""
    texts = ["" if cell is None else str(cell) for cell in cells]
    out = io.StringIO()
    csv.writer(out).writerow(_safe(text) for text in texts)
    return out.getvalue()


def _safe(text: str) -> str:
    is_number = text[:1] == "-" and text[1:].replace(".", "", 1).isdecimal()
    return text if is_number or text[:1] not in {"=", "+", "-", "@", "\t"} else f"'{text}"


def last_balances() -> dict[str, tuple[date, int]]:
    """By currency what the newest statement says stood on the operator's account, and on which day."""
    own = {one.account.number: one.currency for one in invoices.all_house_accounts()}
    told: dict[str, tuple[date, int]] = {}
    rows = Closing.objects.system().filter(account__in=list(own)).order_by("on", "pk")
    for account, currency, on, micros in rows.values_list("account", "currency", "on", "micros"):
        if own[account] == currency:
            told[currency] = (on, micros)
    return told


def suspense(caller: Caller) -> list[MovementView]:
    """Money that came and nobody knows whose it is, oldest first."""
    _require(caller)
    rows = Movement.objects.of(caller).filter(verdict=Verdict.SUSPENSE.value)
    return movement_views(list(rows.order_by("pk")[:SUSPENSE_AT_MOST]))


def movement(caller: Caller, number: int) -> MovementView:
    """One movement."""
    _require(caller)
    return movement_views([Movement.objects.one(caller, pk=number)])[0]


def waiting(caller: Caller) -> int:
    """How much came that nobody knows the owner of."""
    return Movement.objects.of(caller).filter(verdict=Verdict.SUSPENSE.value).count()


def _require(caller: Caller) -> None:
    caller.require(Permission.MONEY)
    if caller.kind is not Kind.OPERATOR:
        raise NotFound


def file_view(row: BankFile) -> FileView:
    """A file as it crosses."""
    rows = Movement.objects.system().filter(file=row).order_by()
    counted = dict(rows.values_list("verdict").annotate(count=Count("pk")))
    return FileView(
        id=row.pk,
        name=row.name,
        kind=FileKind(row.kind),
        trouble=row.trouble,
        why=row.why,
        account=row.account,
        way=row.way,
        actor=row.actor,
        imported_at=row.imported_at,
        state=FileState(row.state),
        rows=row.rows,
        done=row.done,
        task=row.task,
        verdicts=tuple(sorted((Verdict(verdict), count) for verdict, count in counted.items())),
    )


def movement_views(rows: Sequence[Movement]) -> list[MovementView]:
    """Movements as they cross, with the names of advertisers."""
    names = people.parties(Kind.ADVERTISER, {one.advertiser for one in rows if one.advertiser is not None})
    return [_view(one, names[one.advertiser].name if one.advertiser in names else "") for one in rows]


def _view(row: Movement, name: str) -> MovementView:
    is_free = row.verdict == Verdict.SUSPENSE.value
    return MovementView(
        id=row.pk,
        file=row.file_id,
        on=row.on,
        micros=row.micros,
        currency=row.currency,
        name=row.name,
        reference=row.reference,
        text=row.text,
        other_party=row.other_party,
        verdict=Verdict(row.verdict),
        settled=Settled(row.settled),
        code=row.code,
        receipt=row.receipt,
        payout=row.payout,
        advertiser=row.advertiser,
        advertiser_name=name,
        suggested=_suggested(row.other_party) if is_free else None,
    )


def _suggested(payer: str) -> int | None:
    """The one advertiser that bears the payer's name, if there is exactly one."""
    found = people.find_parties(Kind.ADVERTISER, payer, limit=2) if len(payer.strip()) > 2 else []
    return found[0].number if len(found) == 1 else None
