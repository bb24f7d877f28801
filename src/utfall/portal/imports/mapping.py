"""Which column is what, and how days and amounts are written: suggested by the file, decided by somebody."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.money import InvalidMoney, Money
from utfall.portal.access import Caller, NotFound, Permission, Problem, Refused, refuse
from utfall.portal.imports import contracts
from utfall.portal.imports.contracts import (
    FieldView,
    ImportView,
    Ledger,
    MappingView,
    Network,
    Options,
    State,
)
from utfall.portal.imports.keeping import FILES
from utfall.portal.imports.models import Import, OwnMapping
from utfall.portal.imports.networks import FIELDS, is_documented, suggested
from utfall.portal.imports.own import fitting, places, view_of_own
from utfall.portal.imports.reading import SAMPLES, Unreadable, rows_of
from utfall.portal.imports.showing import view_of
from utfall.portal.imports.values import order_of_dates, sign_of_decimals
from utfall.portal.partners import facade as partners
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.programs.contracts import State as ProgramState
from utfall.portal.work import facade as work

CHECK: Final = "imports.check"
LOOKED_AT: Final = 5000
"""Rows whose days and amounts are looked at to tell how they are written."""
DATED: Final = {
    contracts.Kind.CODES: ("starts", "ends"),
    contracts.Kind.TRANSACTIONS: ("occurred",),
}
PRICED: Final = {contracts.Kind.TRANSACTIONS: ("amount", "commission")}


def options_of(source: Import) -> Options:
    """How a file is read, as somebody decided."""
    return msgspec.convert({**source.options, "program": source.program}, Options)


def mapping(
    caller: Caller,
    number: int,
    *,
    network: Network | None = None,
    kind: contracts.Kind | None = None,
    own: int | None = None,
) -> MappingView:
    """A file's columns with what they probably are; of another network or kind where that is asked, or by the
    mapping `own` that was kept."""
    caller.require(Permission.LOOK)
    source = Import.objects.one(caller, pk=number)
    kept: OwnMapping | None = None
    if own:
        kept = OwnMapping.objects.one(caller, pk=own, advertiser=source.advertiser)
        network, kind = Network(kept.network), contracts.Kind(kept.kind)
    elif not network:
        kept = fitting(caller, source.advertiser, source.columns)
    wanted = network or Network(source.network), kind or contracts.Kind(source.kind)
    if kept is not None and kept.kind != wanted[1].value:
        kept = None
    rows = _rows(source)
    likely = suggested(*wanted, source.columns) if kept is None else places(kept, source.columns)
    is_same = own is None and (wanted[0].value, wanted[1].value) == (source.network, source.kind)
    chosen = source.mapping if is_same else likely
    fields = tuple(
        FieldView(
            name=one.name,
            words=one.words,
            help=one.help,
            required=one.required,
            column=chosen.get(one.name),
            suggested=likely.get(one.name),
            is_guess=kept is None and _is_guess(*wanted, source.columns, chosen.get(one.name)),
            samples=_samples(rows, chosen.get(one.name)),
        )
        for one in FIELDS[wanted[1]]
    )
    return MappingView(
        network=wanted[0],
        kind=wanted[1],
        columns=tuple(source.columns),
        samples=tuple(_samples(rows, place) for place in range(len(source.columns))),
        fields=fields,
        options=_kept_options(_suggested_options(caller, source, wanted[1], chosen, rows), kept),
        own=view_of_own(kept),
    )


def _is_guess(network: Network, kind: contracts.Kind, columns: Sequence[str], column: int | None) -> bool:
    """Whether nobody but us says that this column is what it is taken for."""
    return column is not None and not is_documented(network, kind, columns[column])


def _kept_options(told: Options, kept: OwnMapping | None) -> Options:
    """How days and amounts are written: as the file shows, else as the kept mapping says."""
    if kept is None:
        return told
    before = msgspec.convert(kept.options, Options)
    return replace(
        told,
        dates=told.dates or before.dates,
        decimals=told.decimals or before.decimals,
        currency=told.currency or before.currency,
    )


def _rows(source: Import) -> list[list[str]]:
    """The beginning of a file; nothing where it was dropped after its import."""
    with suppress(FileNotFoundError, Unreadable):
        found = islice(rows_of(FILES.take(source.file), source.columns), LOOKED_AT)
        return [cells for cells in found if cells is not None]
    return []


def _samples(rows: Sequence[Sequence[str]], column: int | None) -> tuple[str, ...]:
    if column is None:
        return ()
    told = dict.fromkeys(cells[column][:60] for cells in rows if cells[column])
    return tuple(islice(told, SAMPLES))


def _suggested_options(
    caller: Caller,
    source: Import,
    kind: contracts.Kind,
    chosen: Mapping[str, int],
    rows: Sequence[Sequence[str]],
) -> Options:
    """What was decided before, or else what the file and the advertiser's programs suggest."""
    if source.options:
        return options_of(source)
    own = programs_of(caller, source.advertiser)
    only = own[0] if len(own) == 1 else None
    return Options(
        program=only.id if only else None,
        dates=order_of_dates(_cells(rows, chosen, DATED.get(kind, ()))),
        decimals=sign_of_decimals(_cells(rows, chosen, PRICED.get(kind, ()))),
        currency=only.currency if only else "",
        zone=only.zone if only else "UTC",
    )


def _cells(rows: Sequence[Sequence[str]], chosen: Mapping[str, int], names: Sequence[str]) -> list[str]:
    columns = [chosen[name] for name in names if name in chosen]
    return [cells[column] for cells in rows for column in columns]


def programs_of(caller: Caller, advertiser: int) -> list[ProgramView]:
    """The programs that an advertiser's file can be imported into."""
    found = programs.programs(caller, advertiser=advertiser, count=200).items
    return [one for one in found if one.state in (ProgramState.ACTIVE, ProgramState.PAUSED)]


def map_columns(
    caller: Caller,
    number: int,
    columns: Mapping[str, int | None],
    options: Options,
    *,
    network: Network | None = None,
    kind: contracts.Kind | None = None,
) -> ImportView:
    """Decide what a file's columns are, and have every row checked. Nothing is imported yet."""
    caller.require(Permission.MANAGE)
    source = Import.objects.one(caller, pk=number)
    idle = (State.MAPPING.value, State.CHECKED.value, State.FAILED.value)
    if source.state not in idle and not (source.state == State.CHECKING.value and is_stuck(caller, source)):
        refuse("not_waiting", _("This file was imported or discarded already."), status=409)
    wanted = network or Network(source.network), kind or contracts.Kind(source.kind)
    chosen = {name: column for name, column in columns.items() if column is not None}
    _check(caller, source, wanted[1], chosen, options)
    told = msgspec.to_builtins(options)
    told.pop("program")
    with transaction.atomic():
        source.network, source.kind = wanted[0].value, wanted[1].value
        source.mapping, source.options, source.program = chosen, told, options.program
        source.state, source.trouble, source.rows = State.CHECKING.value, "", 0
        source.work = work.start(caller, CHECK, {"import": source.pk})
        source.save()
    return view_of(caller, source)


def is_stuck(caller: Caller, source: Import) -> bool:
    """Whether what moves an import has ended without finishing it: it failed, or somebody cancelled it."""
    if source.work is None or source.state not in ("importing", "undoing", "checking"):
        return False
    try:
        return work.task(caller, source.work).has_ended
    except NotFound:
        return False


def _check(
    caller: Caller, source: Import, kind: contracts.Kind, chosen: Mapping[str, int], options: Options
) -> None:
    """Refuse what rows could not be read with, all of it at once."""
    found = [
        *_column_problems(source, kind, chosen, options),
        *_format_problems(kind, chosen, options),
        *_program_problems(caller, source, options),
    ]
    if options.ledger is Ledger.SETTLE and kind is contracts.Kind.TRANSACTIONS:
        caller.require(Permission.MONEY)
    if found:
        raise Refused(found)


def _column_problems(
    source: Import, kind: contracts.Kind, chosen: Mapping[str, int], options: Options
) -> list[Problem]:
    known = {one.name: one for one in FIELDS[kind]}
    found = [
        Problem("column_missing", _("Choose the column that this stands in."), f"column-{one.name}")
        for one in known.values()
        if one.required and one.name not in chosen
    ]
    if any(name not in known or not 0 <= at < len(source.columns) for name, at in chosen.items()):
        found.append(Problem("column_unknown", _("The file has no such column, or we no such field.")))
    named = {"publisher", "publisher_name"}
    if named & set(known) and not named & set(chosen) and options.partner is None:
        sentence = _("Choose the column that names the publisher, or the partner whose rows they all are.")
        found.append(Problem("publisher_needed", sentence, "column-publisher"))
    return found


def _format_problems(kind: contracts.Kind, chosen: Mapping[str, int], options: Options) -> list[Problem]:
    found = []
    if options.dates is None and set(DATED.get(kind, ())) & set(chosen):
        sentence = _("The days could be read in two ways. Say how they are written.")
        found.append(Problem("dates_needed", sentence, "dates"))
    if options.decimals is None and set(PRICED.get(kind, ())) & set(chosen):
        sentence = _("The amounts could be read in two ways. Say how they are written.")
        found.append(Problem("decimals_needed", sentence, "decimals"))
    if kind is contracts.Kind.TRANSACTIONS and "currency" not in chosen:
        try:
            Money(0, options.currency)
        except InvalidMoney:
            found.append(Problem("currency_needed", _("Say which currency the amounts are in."), "currency"))
    try:
        ZoneInfo(options.zone)
    except (KeyError, ValueError, OSError):
        found.append(Problem("zone_unknown", _("There is no such time zone."), "zone"))
    return found


def _program_problems(caller: Caller, source: Import, options: Options) -> list[Problem]:
    own = {one.id for one in programs_of(caller, source.advertiser)}
    if options.program not in own:
        sentence = _("Choose one of the advertiser's programs that is live.")
        return [Problem("program_needed", sentence, "program")]
    if options.partner is not None and not partners.is_enrolled(options.program, options.partner):
        sentence = _("Choose a publisher that is a partner of the program.")
        return [Problem("partner_unknown", sentence, "partner")]
    return []


def partners_of(caller: Caller, program: int) -> list[int]:
    """The partners of a program whose rows a file may be, at most two hundred."""
    from utfall.portal.partners.contracts import State as Standing

    try:
        found = partners.partnerships(caller, program=program, states=[Standing.APPROVED], count=200).items
    except NotFound:
        return []
    return [one.publisher for one in found]


__all__ = ["CHECK", "map_columns", "mapping", "options_of", "partners_of", "programs_of"]
