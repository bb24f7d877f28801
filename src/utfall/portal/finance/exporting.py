"""The tables of finance as CSV: amounts in the currency's units, a dot before the decimals."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from utfall.portal.access import Caller, NotFound
from utfall.portal.finance.contracts import Figures
from utfall.portal.finance.figures import figures
from utfall.portal.finance.words import TABLES


def csv_lines(caller: Caller, table: str, currency: str) -> Iterator[str]:
    """A table in a currency, line by line; its first line names the columns, its last column the entry."""
    if table not in TABLES:
        raise NotFound
    found = figures(caller, currency)
    head, rows = _table(found, table)
    lines: list[Sequence[object]] = [[*head, "currency", "entry"], *_ended(rows, found)]
    return (_line(one) for one in lines)


def _ended(rows: Iterable[Sequence[object]], found: Figures) -> Iterator[list[object]]:
    return ([*row, found.currency, found.entry] for row in rows)


def _table(found: Figures, table: str) -> tuple[list[str], list[Sequence[object]]]:
    match table:
        case "accounts":
            return ["owner", "account", "balance"], [
                (one.owner, one.bucket, _amount(one.micros)) for one in found.accounts
            ]
        case "receivables":
            return ["advertiser", "name", "not_due", "to_30", "to_60", "to_90", "older", "total"], [
                (one.advertiser, one.name, *map(_amount, one.ages), _amount(one.total_micros))
                for one in found.receivables
            ]
        case "credit":
            return ["advertiser", "name", "state", "deposit", "limit", "used", "left"], [
                (
                    one.standing.advertiser,
                    one.name,
                    one.standing.state.value,
                    _amount(one.standing.deposit_micros),
                    _amount(one.standing.terms.limit_micros),
                    _amount(one.standing.used_micros),
                    _amount(one.standing.room_micros),
                )
                for one in found.used
            ]
        case "coming":
            return ["day", "publishers", "payable"], [
                (one.day or "", one.publishers, _amount(one.micros)) for one in found.coming
            ]
        case "fees":
            return ["month", "fees"], [(one.month, _amount(one.micros)) for one in found.fees]
        case _:
            return ["week", "in", "out", "ends_with"], [
                (one.starts, *map(_amount, (one.in_micros, one.out_micros, one.ends_micros)))
                for one in found.forecast.weeks
            ]


def _amount(micros: int | None) -> str:
    """
    >>> _amount(1_234_500_000), _amount(-10_000), _amount(None)
    ('1234.50', '-0.01', '')
    """
    if micros is None:
        return ""
    value = Decimal(micros).scaleb(-6)
    return f"{value:.2f}" if micros % 10_000 == 0 else f"{value:f}"


def _line(cells: Sequence[object]) -> str:
    out = io.StringIO()
    # What begins like a formula would be one in a spreadsheet; a negative amount is none.
    csv.writer(out).writerow(
        f"'{one}" if isinstance(one, str) and one[:1] in "=+@\t" and one else one for one in cells
    )
    return out.getvalue()
