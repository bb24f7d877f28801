"""How publishers compare, as it is read: all of a program for its advertiser, one's own for a publisher."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from utfall.portal.access import Caller, Kind, NotFound, Permission, Refused, Slice
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.quality.comparing import CLICKS_LEAST, DECIDED_LEAST, share_ppm
from utfall.portal.quality.contracts import Compared, LookView, ProfileView, Spread
from utfall.portal.quality.models import Look, Profile
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import Query

REASONS_MOST: Final = 8
Refusals = dict[tuple[int, int], list[tuple[str, int]]]


def looks(caller: Caller) -> list[LookView]:
    """The last look at each of the caller's programs, the busiest first."""
    caller.require(Permission.LOOK)
    rows = list(Look.objects.of(caller).order_by("-orders")[:LARGEST])
    called = programs.names(caller, {row.program for row in rows})
    return [_look(row, called) for row in rows]


def look(caller: Caller, program: int) -> LookView:
    """The last look at a program; NotFound before the first."""
    caller.require(Permission.LOOK)
    row = Look.objects.one(caller, program=program)
    return _look(row, programs.names(caller, {program}))


def _look(row: Look, called: Mapping[int, str]) -> LookView:
    return LookView(
        program=row.program,
        program_name=called.get(row.program, f"#{row.program}"),
        at=row.at,
        since=row.since,
        orders=row.orders,
        clicks=row.clicks,
        left_out=row.left_out,
        delays=tuple(row.delays),
        spreads=spreads(row.quartiles),
    )


def spreads(quartiles: Mapping[str, Sequence[int]]) -> dict[Compared, Spread]:
    """Quartiles as they are kept."""
    return {
        Compared(name): Spread(**dict(zip(_SPREAD, told, strict=True))) for name, told in quartiles.items()
    }


_SPREAD: Final = ("lower_ppm", "median_ppm", "upper_ppm", "publishers")


def profiles(
    caller: Caller, program: int, *, after: int | None = None, limit: int = USUAL
) -> Slice[ProfileView]:
    """A program's publishers as their traffic looks, those with the most orders first; the cursor counts."""
    caller.require(Permission.LOOK)
    Look.objects.one(caller, program=program)
    rows = Profile.objects.of(caller).filter(program=program).order_by("-orders", "-clicks", "publisher")
    begin, size = after or 0, min(limit, LARGEST)
    some = list(rows[begin : begin + size + 1])
    shown = _views(caller, some[:size], refusals(caller, {program}))
    return Slice(shown, begin + size if len(some) > size else None)


def profile(caller: Caller, program: int, publisher: int) -> ProfileView:
    """One publisher in a program."""
    caller.require(Permission.LOOK)
    row = Profile.objects.of(caller).filter(program=program, publisher=publisher).first()
    if row is None:
        raise NotFound
    return _views(caller, [row], refusals(caller, {program}, publisher))[0]


def mine(caller: Caller) -> list[ProfileView]:
    """A publisher's own traffic in each of its programs, beside nameless quartiles."""
    caller.require(Permission.LOOK)
    rows = list(Profile.objects.of(caller).order_by("-orders", "-clicks")[:LARGEST])
    return _views(caller, rows, refusals(caller, {row.program for row in rows}))


def _views(caller: Caller, rows: Sequence[Profile], refused: Refusals) -> list[ProfileView]:
    sellers = people.parties(Kind.PUBLISHER, {row.publisher for row in rows})
    called = programs.names(caller, {row.program for row in rows})
    return [
        ProfileView(
            program=row.program,
            program_name=called.get(row.program, f"#{row.program}"),
            publisher=row.publisher,
            publisher_name=sellers[row.publisher].name if row.publisher in sellers else f"#{row.publisher}",
            clicks=row.clicks,
            orders=row.orders,
            approved=row.approved,
            declined=row.declined,
            approval_ppm=share_ppm(row.approved, row.approved + row.declined, DECIDED_LEAST),
            conversion_ppm=share_ppm(row.orders, row.clicks, CLICKS_LEAST),
            median_seconds=row.median_seconds,
            delays=tuple(row.delays),
            spreads=spreads(row.others),
            at=row.at,
            refused=refused.get((row.program, row.publisher), ()),
        )
        for row in rows
    ]


def refusals(caller: Caller, programs: set[int], publisher: int | None = None) -> Refusals:
    """Clicks that did not count, by program, publisher and reason; nothing where nothing was measured yet."""
    if not programs:
        return {}
    where: dict[str, Sequence[str | int]] = {"program": tuple(programs)}
    if publisher is not None:
        where["publisher"] = (publisher,)
    query = Query(
        metrics=("invalid_clicks",),
        by=("program", "publisher", "reason"),
        where=where,
        order=("-invalid_clicks",),
    )
    try:
        rows = reports.ask(caller, query).rows
    except Refused:
        return {}
    found: Refusals = defaultdict(list)
    for row in rows:
        if row["invalid_clicks"] and row["publisher"] is not None:
            found[row["program"], row["publisher"]].append((row["reason"] or "", row["invalid_clicks"]))
    return {key: some[:REASONS_MOST] for key, some in found.items()}
