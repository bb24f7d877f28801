"""The operations of statements."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator
from datetime import date
from typing import Literal

from utfall.client.models.statements import (
    BooksAnswer,
    ChartAnswer,
    IncomeAnswer,
    ListedIncomeAnswer,
    ListedStatementLineAnswer,
    MadeFileAnswer,
    StatementAccount,
    StatementAccountAnswer,
    StatementAnswer,
    StatementLineAnswer,
    VatAnswer,
    VatPlace,
    VatTrade,
    VatTreatment,
)
from utfall.client.models.statements_sent import BooksFileSent, ChartSaid, IncomeYearSent
from utfall.client.reading import each
from utfall.client.transport import Calls


class Statements:
    """Statements and accounting."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def vat(self, *, first: date, last: date, by: Literal["booked", "supplied"] | None = None) -> VatAnswer:
        """VAT by period. What was sold and bought, by how it is taxed, and the EU sales list: the base of
        the declaration.
        """
        return self._calls.call(
            "GET", "/accounting/vat", VatAnswer, query={"first": first, "last": last, "by": by}
        )

    def vat_file(
        self,
        *,
        first: date,
        last: date,
        by: Literal["booked", "supplied"] | None = None,
        form: Literal["sums", "sales_list", "papers"] | None = None,
        trade: VatTrade | None = None,
        treatment: VatTreatment | None = None,
        rate_ppm: int | None = None,
        place: VatPlace | None = None,
        currency: str | None = None,
        own_currency: str | None = None,
        vat: str | None = None,
    ) -> bytes:
        """VAT by period as a file. CSV of the lines, of the sales list, or of every paper. Who took it is
        in the log.
        """
        return self._calls.call(
            "GET",
            "/accounting/vat/file",
            bytes,
            query={
                "first": first,
                "last": last,
                "by": by,
                "form": form,
                "trade": trade,
                "treatment": treatment,
                "rate_ppm": rate_ppm,
                "place": place,
                "currency": currency,
                "own_currency": own_currency,
                "vat": vat,
            },
        )

    def statement(
        self,
        *,
        publisher: int | None = None,
        advertiser: int | None = None,
        account: StatementAccount | None = None,
        currency: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> StatementAnswer:
        """A statement. Opening balance, what moved by sort, closing balance, and whether the book agrees."""
        return self._calls.call(
            "GET",
            "/statements",
            StatementAnswer,
            query={
                "publisher": publisher,
                "advertiser": advertiser,
                "account": account,
                "currency": currency,
                "first": first,
                "last": last,
            },
        )

    def accounts(
        self, *, publisher: int | None = None, advertiser: int | None = None
    ) -> tuple[StatementAccountAnswer, ...]:
        """Accounts that have statements. With what stands on each now."""
        return self._calls.call(
            "GET",
            "/statements/accounts",
            tuple[StatementAccountAnswer, ...],
            query={"publisher": publisher, "advertiser": advertiser},
        )

    def lines(
        self,
        *,
        publisher: int | None = None,
        advertiser: int | None = None,
        account: StatementAccount | None = None,
        currency: str | None = None,
        first: date | None = None,
        last: date | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedStatementLineAnswer:
        """The lines of a statement. Oldest first, each with the balance after it and its receipt."""
        return self._calls.call(
            "GET",
            "/statements/lines",
            ListedStatementLineAnswer,
            query={
                "publisher": publisher,
                "advertiser": advertiser,
                "account": account,
                "currency": currency,
                "first": first,
                "last": last,
                "after": after,
                "limit": limit,
            },
        )

    def each_lines(
        self,
        *,
        publisher: int | None = None,
        advertiser: int | None = None,
        account: StatementAccount | None = None,
        currency: str | None = None,
        first: date | None = None,
        last: date | None = None,
        limit: int | None = None,
    ) -> Iterator[StatementLineAnswer]:
        """The lines of a statement. All of them, part by part."""
        return each(
            lambda after: self.lines(
                after=after,
                publisher=publisher,
                advertiser=advertiser,
                account=account,
                currency=currency,
                first=first,
                last=last,
                limit=limit,
            )
        )

    def file(
        self,
        *,
        publisher: int | None = None,
        advertiser: int | None = None,
        account: StatementAccount | None = None,
        currency: str | None = None,
        first: date | None = None,
        last: date | None = None,
        form: Literal["csv", "xlsx", "pdf"] | None = None,
    ) -> bytes:
        """A statement as a file. CSV with every line, written while it is sent; a workbook; or PDF. Who
        took it is in the log.
        """
        return self._calls.call(
            "GET",
            "/statements/file",
            bytes,
            query={
                "publisher": publisher,
                "advertiser": advertiser,
                "account": account,
                "currency": currency,
                "first": first,
                "last": last,
                "form": form,
            },
        )

    def chart(self) -> ChartAnswer:
        """The chart of accounts. Which account each place of the book has."""
        return self._calls.call("GET", "/accounting/chart", ChartAnswer)

    def set_chart(self, body: ChartSaid, *, idempotency_key: str | None = None) -> ChartAnswer:
        """Set the chart of accounts. The next files use it."""
        return self._calls.call("PUT", "/accounting/chart", ChartAnswer, body=body, key=idempotency_key)

    def books(self, *, currency: str, first: date, last: date) -> BooksAnswer:
        """Trial balance and verifications. Of days of one accounting year, in one currency."""
        return self._calls.call(
            "GET",
            "/accounting/books",
            BooksAnswer,
            query={"currency": currency, "first": first, "last": last},
        )

    def books_file(self, body: BooksFileSent, *, idempotency_key: str | None = None) -> MadeFileAnswer:
        """A file for the accountant. SIE 4 or CSV; who took it is in the log."""
        return self._calls.call("POST", "/accounting/files", MadeFileAnswer, body=body, key=idempotency_key)

    def incomes(self, *, year: int, after: int | None = None, limit: int | None = None) -> ListedIncomeAnswer:
        """Yearly income of publishers. Of everybody who was credited anything in the year."""
        return self._calls.call(
            "GET", "/income", ListedIncomeAnswer, query={"after": after, "limit": limit, "year": year}
        )

    def each_incomes(self, *, limit: int | None = None, year: int) -> Iterator[IncomeAnswer]:
        """Yearly income of publishers. All of them, part by part."""
        return each(lambda after: self.incomes(after=after, limit=limit, year=year))

    def income(self, *, year: int, publisher: int | None = None) -> IncomeAnswer:
        """A publisher's yearly income. By quarter and currency."""
        return self._calls.call(
            "GET", "/income/publisher", IncomeAnswer, query={"year": year, "publisher": publisher}
        )

    def income_file(self, body: IncomeYearSent, *, idempotency_key: str | None = None) -> MadeFileAnswer:
        """Yearly income as a file. CSV; who took it is in the log."""
        return self._calls.call("POST", "/income/files", MadeFileAnswer, body=body, key=idempotency_key)
