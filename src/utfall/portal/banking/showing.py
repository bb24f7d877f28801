"""Files and movements as the operator reads them."""

from collections import Counter
from collections.abc import Sequence

from utfall.portal.access import Caller, Kind, NotFound, Permission, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.banking.contracts import FileKind, FileView, MovementView, Settled, Verdict
from utfall.portal.banking.models import BankFile, Movement
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
    counted = Counter(Movement.objects.system().filter(file=row).values_list("verdict", flat=True))
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
