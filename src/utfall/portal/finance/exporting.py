"""The tables of finance as CSV: amounts in the currency's units, a dot before the decimals."""

from collections.abc import Iterator, Sequence
from datetime import date

from utfall.portal.access import Caller, NotFound
from utfall.portal.finance.contracts import Figures
from utfall.portal.finance.figures import figures
from utfall.portal.finance.words import OF_NOW, OF_THEN, TABLES
from utfall.portal.look.exports import csv_line, plain, safe
from utfall.rates import Rate


def tables_of(as_of: date | None) -> list[str]:
    """The tables that there are of now, or of a past day."""
    return [one for one in TABLES if one not in (OF_THEN if as_of is None else OF_NOW)]


def csv_lines(caller: Caller, table: str, currency: str, as_of: date | None = None) -> Iterator[str]:
    """A table in a currency, line by line, now or at the end of a past day; its first line names the columns,
    its last columns the currency, the entry and the past day.
    """
    if table not in tables_of(as_of):
        raise NotFound
    found = figures(caller, currency, as_of)
    head, rows = _table(found, table)
    day = as_of.isoformat() if as_of else ""
    ended = ([*row, found.currency, str(found.entry), day] for row in rows)
    return (csv_line(one) for one in ([*head, "currency", "entry", "as_of"], *ended))


def _table(found: Figures, table: str) -> tuple[list[str], list[Sequence[str]]]:
    if table in OF_NOW:
        return _table_of_now(found, table)
    match table:
        case "accounts":
            return ["owner", "account", "balance"], [
                (one.owner, one.bucket, _amount(one.micros)) for one in found.accounts
            ]
        case "receivables":
            return ["advertiser", "name", "not_due", "to_30", "to_60", "to_90", "older", "total"], [
                (str(one.advertiser), safe(one.name), *map(_amount, one.ages), _amount(one.total_micros))
                for one in found.receivables
            ]
        case "fees":
            return ["month", "fees"], [(one.month, _amount(one.micros)) for one in found.fees]
        case "advertiser_fees":
            return ["month", "advertiser", "name", "fees"], [
                (one.month, str(one.advertiser or ""), safe(one.name), _amount(one.micros))
                for one in found.advertiser_fees
            ]
        case "positions":
            return ["exchanged", "stands", "rate_day", "rate_currency", "rate_into", "value"], [
                (one.currency, _amount(one.micros), *_rate(one.rate), _amount(one.value_micros))
                for one in found.positions
            ]
        case "deposits":
            return ["advertiser", "name", "deposit", "pending", "not_invoiced", "not_paid"], [
                (
                    str(one.advertiser),
                    safe(one.name),
                    *map(
                        _amount,
                        (one.deposit_micros, one.accrued_micros, one.owed_micros, one.receivable_micros),
                    ),
                )
                for one in found.stood
            ]
        case "unowned":
            return ["receipt", "day", "identity", "words", "amount"], [
                (
                    str(one.receipt),
                    one.day.isoformat(),
                    *map(safe, (one.identity, one.words)),
                    _amount(one.micros),
                )
                for one in found.unowned
            ]
        case _:
            return ["publisher", "name", "payable"], [
                (str(one.publisher), safe(one.name), _amount(one.micros)) for one in found.payables
            ]


def _table_of_now(found: Figures, table: str) -> tuple[list[str], list[Sequence[str]]]:
    match table:
        case "credit":
            return ["advertiser", "name", "state", "deposit", "limit", "used", "left"], [
                (
                    str(one.standing.advertiser),
                    safe(one.name),
                    one.standing.state.value,
                    _amount(one.standing.deposit_micros),
                    _amount(one.standing.terms.limit_micros),
                    _amount(one.standing.used_micros),
                    _amount(one.standing.room_micros),
                )
                for one in found.used
            ]
        case "coming":
            return ["day", "publishers", "payable", "payable_as_of"], [
                (str(one.day or ""), str(one.publishers), _amount(one.micros), _as_of(found))
                for one in found.coming
            ]
        case _:
            return ["week", "in", "out", "ends_with", "payable_as_of"], [
                (
                    one.starts.isoformat(),
                    *map(_amount, (one.in_micros, one.out_micros, one.ends_micros)),
                    _as_of(found),
                )
                for one in (found.forecast.weeks if found.forecast else ())
            ]


def _amount(micros: int | None) -> str:
    return "" if micros is None else plain(micros)


def _as_of(found: Figures) -> str:
    """When what is payable by day was judged, where more was settled since."""
    return found.coming_as_of.isoformat(timespec="seconds") if found.coming_as_of else ""


def _rate(rate: Rate | None) -> tuple[str, str, str]:
    """Its day, and how much of either currency there is for one euro."""
    if rate is None:
        return "", "", ""
    return rate.day.isoformat(), plain(rate.currency_micros), plain(rate.into_micros)
