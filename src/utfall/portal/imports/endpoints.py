"""Imports by API: everything that the pages do."""

from dataclasses import asdict, fields
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from ninja import File, Status
from ninja.files import UploadedFile

from utfall.portal.access import Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.imports import facade
from utfall.portal.imports.chapter import BUYING
from utfall.portal.imports.contracts import (
    Compared,
    ImportView,
    MappingView,
    Options,
    OwnMappingView,
    PastView,
    RowView,
)
from utfall.portal.imports.keeping import ENVELOPE
from utfall.portal.imports.schemas import (
    FileWanted,
    ImportAnswer,
    MappingAnswer,
    MappingKept,
    MappingSaid,
    MappingWanted,
    OwnMappingAnswer,
    RowAnswer,
    RowsWanted,
    SaleAnswer,
    SalesWanted,
)
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Paging, Query, listed

endpoints = Endpoints("imports", _("Imports"))
Sent = Annotated[UploadedFile, File(description="CSV with a heading; at most 50,000 rows and 20 MB.")]


@endpoints.post(
    "/imports",
    needs=Permission.MANAGE,
    kinds=BUYING,
    answers=ImportAnswer,
    status=201,
    summary="Send a file of another network",
    takes=facade.BYTES_AT_MOST + ENVELOPE,
)
def upload(request: ApiRequest, file: Sent, wanted: Query[FileWanted]) -> Any:
    """It is kept and its heading is read; nothing is imported. Say next which column is what."""
    made = facade.upload(
        request.caller,
        file.file,  # type: ignore[arg-type]
        file.name or "",
        advertiser=wanted.advertiser,
    )
    return Status(201, _shown(made))


@endpoints.get("/imports", kinds=BUYERS, answers=Listed[ImportAnswer], summary="Imports")
def imports(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Newest first."""
    return listed(facade.imports(request.caller, after=paging.after, limit=paging.limit), _shown)


@endpoints.get("/imports/{int:imported}", kinds=BUYERS, answers=ImportAnswer, summary="One import")
def imported(request: ApiRequest, imported: int) -> dict[str, Any]:
    """How far it is, and what its rows come to."""
    return _shown(facade.imported(request.caller, imported))


@endpoints.get(
    "/imports/{int:imported}/columns",
    needs=Permission.MANAGE,
    kinds=BUYING,
    answers=MappingAnswer,
    summary="What a file's columns are taken for",
)
def columns(request: ApiRequest, imported: int, wanted: Query[MappingWanted]) -> dict[str, Any]:
    """Suggested by the heading, with what stands in each column."""
    told = facade.mapping(request.caller, imported, network=wanted.network, kind=wanted.kind, own=wanted.own)
    return _mapping(told)


@endpoints.put(
    "/imports/{int:imported}/columns",
    needs=Permission.MANAGE,
    kinds=BUYING,
    answers=ImportAnswer,
    status=202,
    summary="Say which column is what, and check every row",
)
def map_columns(request: ApiRequest, imported: int, sent: MappingSaid) -> Any:
    """The rows are checked in the background: each is tried, and taken back."""
    made = facade.map_columns(
        request.caller,
        imported,
        sent.columns,
        Options(**sent.options.dict()),
        network=sent.network,
        kind=sent.kind,
    )
    return Status(202, _shown(made))


@endpoints.get(
    "/imports/mappings",
    kinds=BUYERS,
    answers=list[OwnMappingAnswer],
    summary="Mappings that were kept",
)
def own_mappings(request: ApiRequest) -> list[OwnMappingView]:
    """By name. One whose headings a new file has is used for it by itself."""
    return facade.own_mappings(request.caller)


@endpoints.post(
    "/imports/{int:imported}/mapping",
    needs=Permission.MANAGE,
    kinds=BUYING,
    answers=OwnMappingAnswer,
    status=201,
    summary="Keep a mapping",
)
def keep_mapping(request: ApiRequest, imported: int, sent: MappingKept) -> Any:
    """What the columns of this file are, under a name; the mapping of that name is replaced."""
    return Status(201, facade.keep_mapping(request.caller, imported, sent.name, sent.columns))


@endpoints.delete(
    "/imports/mappings/{int:own_mapping}",
    needs=Permission.MANAGE,
    kinds=BUYING,
    summary="Forget a kept mapping",
)
def forget_mapping(request: ApiRequest, own_mapping: int) -> None:
    """What was imported with it stays."""
    facade.forget_mapping(request.caller, own_mapping)


@endpoints.get(
    "/imports/{int:imported}/rows", kinds=BUYERS, answers=Listed[RowAnswer], summary="Rows of an import"
)
def rows(request: ApiRequest, imported: int, wanted: Query[RowsWanted]) -> dict[str, Any]:
    """Each with its verdict, and then with what became of it."""
    found = facade.rows(
        request.caller,
        imported,
        verdict=wanted.verdict,
        state=wanted.state,
        differing=wanted.differing,
        after=wanted.after,
        limit=wanted.limit,
    )
    return listed(found, _row)


@endpoints.post(
    "/imports/{int:imported}/import",
    needs=Permission.MANAGE,
    kinds=BUYING,
    answers=ImportAnswer,
    status=202,
    summary="Import what was checked",
)
def apply(request: ApiRequest, imported: int) -> Any:
    """The new and the changed rows are imported in the background; what stopped half way goes on."""
    return Status(202, _shown(facade.apply(request.caller, imported)))


@endpoints.post(
    "/imports/{int:imported}/undo",
    needs=Permission.MANAGE,
    kinds=BUYING,
    answers=ImportAnswer,
    status=202,
    summary="Undo an import",
)
def undo(request: ApiRequest, imported: int) -> Any:
    """What nothing depends on is taken back, in the background; rows that stay say why."""
    return Status(202, _shown(facade.undo(request.caller, imported)))


@endpoints.post(
    "/imports/{int:imported}/discard",
    needs=Permission.MANAGE,
    kinds=BUYING,
    answers=ImportAnswer,
    summary="Discard a file",
)
def discard(request: ApiRequest, imported: int) -> dict[str, Any]:
    """Forget a file that was not imported."""
    return _shown(facade.discard(request.caller, imported))


@endpoints.get("/imported-sales", kinds=BUYERS, answers=Listed[SaleAnswer], summary="Imported sales")
def sales(request: ApiRequest, wanted: Query[SalesWanted]) -> dict[str, Any]:
    """What other networks said of your sales; what was imported last first."""
    found = facade.transactions(
        request.caller,
        program=wanted.program,
        publisher=wanted.publisher,
        search=wanted.search,
        after=wanted.after,
        limit=wanted.limit,
    )
    return listed(found, _sale)


def _shown(view: ImportView) -> dict[str, Any]:
    told = {one.name: getattr(view, one.name) for one in fields(view)}
    return told | {
        "wanted": view.wanted,
        "verdicts": {one.value: count for one, count in view.verdicts.items()},
        "states": {one.value: count for one, count in view.states.items()},
        "compared": [_compared(one) for one in view.compared],
        "options": asdict(view.options),
    }


def _compared(one: Compared) -> dict[str, Any]:
    return asdict(one) | {"difference_micros": one.difference_micros}


def _mapping(told: MappingView) -> dict[str, Any]:
    listed_fields = [asdict(one) | {"words": str(one.words), "help": str(one.help)} for one in told.fields]
    return {
        "network": told.network,
        "kind": told.kind,
        "columns": list(told.columns),
        "samples": [list(one) for one in told.samples],
        "fields": listed_fields,
        "options": asdict(told.options),
        "own": told.own,
    }


def _row(row: RowView) -> dict[str, Any]:
    told = {one.name: getattr(row, one.name) for one in fields(row)}
    words = {"sentence": str(row.sentence), "mend": str(row.mend)}
    return told | words | {"difference_micros": row.difference_micros}


def _sale(sale: PastView) -> dict[str, Any]:
    return {one.name: getattr(sale, one.name) for one in fields(sale)}
