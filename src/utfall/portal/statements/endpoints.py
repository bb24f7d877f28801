"""Statements, accounting and income by API: everything that the pages do."""

from base64 import b64encode
from typing import Any

from utfall.portal.access import Permission
from utfall.portal.rest.facade import ApiRequest, Listed, Query, listed
from utfall.portal.statements import facade, vat_endpoints
from utfall.portal.statements.asking import whose
from utfall.portal.statements.chapter import BOOKKEEPING, EARNING, HOUSE, PARTIES, endpoints
from utfall.portal.statements.contracts import File, Wanted
from utfall.portal.statements.schemas import (
    BooksAnswer,
    BooksFileSent,
    BooksWanted,
    ChartAnswer,
    ChartSaid,
    IncomeAnswer,
    IncomeWanted,
    LineAnswer,
    MadeFileAnswer,
    OwnIncomeWanted,
    PartyWanted,
    SpotAnswer,
    StatementAnswer,
    StatementFileWanted,
    StatementLinesWanted,
    StatementWanted,
    YearSent,
    books_shown,
    chart_shown,
    income_shown,
    line_shown,
    statement_shown,
)
from utfall.portal.statements.statement_pages import answer_of

OPERATIONS = (vat_endpoints,)
"""Importing it registered its operations."""

__all__ = ["OPERATIONS", "endpoints"]


@endpoints.get("/statements", kinds=PARTIES, answers=StatementAnswer, summary="A statement")
def statement(request: ApiRequest, wanted: Query[StatementWanted]) -> dict[str, Any]:
    """Opening balance, what moved by sort, closing balance, and whether the book agrees."""
    return statement_shown(facade.statement(request.caller, _asked(request, wanted)))


@endpoints.get(
    "/statements/accounts", kinds=PARTIES, answers=list[SpotAnswer], summary="Accounts that have statements"
)
def accounts(request: ApiRequest, wanted: Query[PartyWanted]) -> list[dict[str, Any]]:
    """With what stands on each now."""
    kind, party = whose(request.caller, wanted.publisher, wanted.advertiser)
    return [one._asdict() for one in facade.spots(kind, party.number)]


@endpoints.get(
    "/statements/lines", kinds=PARTIES, answers=Listed[LineAnswer], summary="The lines of a statement"
)
def lines(request: ApiRequest, wanted: Query[StatementLinesWanted]) -> dict[str, Any]:
    """Oldest first, each with the balance after it and its receipt."""
    view = facade.statement(request.caller, _asked(request, wanted))
    return listed(facade.lines(request.caller, view, after=wanted.after, limit=wanted.limit), line_shown)


@endpoints.get("/statements/file", kinds=PARTIES, answers=bytes, summary="A statement as a file")
def file(request: ApiRequest, wanted: Query[StatementFileWanted]) -> Any:
    """CSV with every line, written while it is sent; a workbook; or PDF. Who took it is in the log."""
    return answer_of(request.caller, _asked(request, wanted), wanted.form)


def _asked(request: ApiRequest, wanted: StatementWanted) -> Wanted:
    return facade.asked(
        request.caller,
        publisher=wanted.publisher,
        advertiser=wanted.advertiser,
        account=wanted.account,
        currency=wanted.currency,
        first=wanted.first,
        last=wanted.last,
    )


@endpoints.get("/accounting/chart", kinds=BOOKKEEPING, answers=ChartAnswer, summary="The chart of accounts")
def chart(request: ApiRequest) -> dict[str, Any]:
    """Which account each place of the book has."""
    return chart_shown(facade.chart(request.caller))


@endpoints.put(
    "/accounting/chart",
    needs=Permission.MONEY,
    kinds=HOUSE,
    answers=ChartAnswer,
    summary="Set the chart of accounts",
)
def set_chart(request: ApiRequest, sent: ChartSaid) -> dict[str, Any]:
    """The next files use it."""
    accounts = {head: (one.number, one.name) for head, one in sent.accounts.items()}
    draft = facade.ChartDraft(accounts=accounts, is_gross=sent.is_gross, begins=sent.begins)
    return chart_shown(facade.set_chart(request.caller, draft))


@endpoints.get(
    "/accounting/books",
    kinds=BOOKKEEPING,
    answers=BooksAnswer,
    summary="Trial balance and verifications",
    conflicts=True,
)
def books(request: ApiRequest, wanted: Query[BooksWanted]) -> dict[str, Any]:
    """Of days of one accounting year, in one currency."""
    return books_shown(facade.books(request.caller, wanted.currency, wanted.first, wanted.last))


@endpoints.post(
    "/accounting/files", kinds=BOOKKEEPING, answers=MadeFileAnswer, summary="A file for the accountant"
)
def books_file(request: ApiRequest, sent: BooksFileSent) -> dict[str, Any]:
    """SIE 4 or CSV; who took it is in the log."""
    return _file(facade.export_books(request.caller, sent.form, sent.currency, sent.first, sent.last))


@endpoints.get(
    "/income", kinds=BOOKKEEPING, answers=Listed[IncomeAnswer], summary="Yearly income of publishers"
)
def incomes(request: ApiRequest, wanted: Query[IncomeWanted]) -> dict[str, Any]:
    """Of everybody who was credited anything in the year."""
    found = facade.incomes(request.caller, wanted.year, after=wanted.after, limit=wanted.limit)
    return listed(found, income_shown)


@endpoints.get(
    "/income/publisher", kinds=EARNING, answers=IncomeAnswer, summary="A publisher's yearly income"
)
def income(request: ApiRequest, wanted: Query[OwnIncomeWanted]) -> dict[str, Any]:
    """By quarter and currency."""
    return income_shown(facade.income(request.caller, wanted.year, wanted.publisher))


@endpoints.post("/income/files", kinds=BOOKKEEPING, answers=MadeFileAnswer, summary="Yearly income as a file")
def income_file(request: ApiRequest, sent: YearSent) -> dict[str, Any]:
    """CSV; who took it is in the log."""
    return _file(facade.export_incomes(request.caller, sent.year))


def _file(file: File) -> dict[str, Any]:
    return {"name": file.name, "content": b64encode(file.content).decode()}
