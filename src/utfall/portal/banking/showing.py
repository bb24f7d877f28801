"""Files and movements as the operator reads them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import Count

from utfall.portal.access import Caller, Kind, Permission, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.banking import payers
from utfall.portal.banking.contracts import FileKind, FileState, FileView, MovementView, Settled, Verdict
from utfall.portal.banking.models import BankFile, Closing, Movement
from utfall.portal.invoices import facade as invoices
from utfall.portal.look.exports import csv_line, plain, safe
from utfall.portal.people import facade as people

SUSPENSE_AT_MOST = 200


def files(caller: Caller, *, after: int | None = None, limit: int = USUAL) -> Slice[FileView]:
    """Files that were imported, newest first."""
    caller.require_operator(Permission.MONEY)
    found = newest(BankFile.objects.of(caller), lambda row: row, after=after, limit=limit)
    return Slice(_file_views(found.items), found.following)


def file(caller: Caller, number: int) -> FileView:
    """One file."""
    caller.require_operator(Permission.MONEY)
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
    caller.require_operator(Permission.MONEY)
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
    caller.require_operator(Permission.MONEY)
    rows = Movement.objects.of(caller).filter(file=BankFile.objects.one(caller, pk=number)).order_by("pk")
    return _lines(rows.iterator(AT_ONCE))


def _lines(rows: Iterator[Movement]) -> Iterator[str]:
    yield csv_line(COLUMNS)
    for place, one in enumerate(rows, start=1):
        amount = plain(one.micros) if one.currency else ""
        said = map(safe, (one.name, one.reference, one.text, one.other_party))
        made = (one.verdict, one.settled, one.code, one.payout, one.advertiser, one.receipt)
        yield csv_line((place, one.on, amount, one.currency, *said, *made))


def last_balances(until: date = date.max) -> dict[str, tuple[date, int]]:
    """By currency what the newest statement (of a day or before) says stood on the operator's account, and on
    which day.
    """
    own = {one.account.number: one.currency for one in invoices.all_house_accounts()}
    told: dict[str, tuple[date, int]] = {}
    rows = Closing.objects.system().filter(account__in=list(own), on__lte=until).order_by("on", "pk")
    for account, currency, on, micros in rows.values_list("account", "currency", "on", "micros"):
        if own[account] == currency:
            told[currency] = (on, micros)
    return told


def suspense(caller: Caller) -> list[MovementView]:
    """Money that came and nobody knows whose it is, oldest first."""
    caller.require_operator(Permission.MONEY)
    rows = Movement.objects.of(caller).filter(verdict=Verdict.SUSPENSE.value)
    return movement_views(list(rows.order_by("pk")[:SUSPENSE_AT_MOST]))


def movement(caller: Caller, number: int) -> MovementView:
    """One movement."""
    caller.require_operator(Permission.MONEY)
    return movement_views([Movement.objects.one(caller, pk=number)])[0]


def waiting(caller: Caller) -> int:
    """How much came that nobody knows the owner of."""
    return Movement.objects.of(caller).filter(verdict=Verdict.SUSPENSE.value).count()


def file_view(row: BankFile) -> FileView:
    """A file as it crosses."""
    return _file_views([row])[0]


def _file_views(files: Sequence[BankFile]) -> list[FileView]:
    """Files that were found in scope, the verdicts of all of them counted in one question."""
    told: dict[int, list[tuple[Verdict, int]]] = {}
    rows = Movement.objects.system().filter(file__in=[one.pk for one in files]).order_by()
    for file, verdict, count in rows.values_list("file", "verdict").annotate(count=Count("pk")):
        told.setdefault(file, []).append((Verdict(verdict), count))
    return [_file_view(one, told.get(one.pk, ())) for one in files]


def _file_view(row: BankFile, verdicts: Iterable[tuple[Verdict, int]]) -> FileView:
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
        verdicts=tuple(sorted(verdicts)),
    )


def movement_views(rows: Sequence[Movement]) -> list[MovementView]:
    """Movements as they cross, with the names of advertisers, and who may have paid what is nobody's."""
    proposed = payers.proposed({one.other_party for one in rows if _is_free(one)})
    about = {one.advertiser for one in rows if one.advertiser is not None} | set(proposed.values())
    names = people.party_names(Kind.ADVERTISER, about)
    return [_view(one, proposed.get(one.other_party) if _is_free(one) else None, names) for one in rows]


def _is_free(row: Movement) -> bool:
    return row.verdict == Verdict.SUSPENSE.value


def _view(row: Movement, suggested: int | None, names: Mapping[int, str]) -> MovementView:
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
        advertiser_name=names.get(row.advertiser or 0, ""),
        suggested=suggested,
        suggested_name=names.get(suggested or 0, ""),
    )
