"""What papers of many parties are about, each line of their accounts read once; and papers, looked for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from utfall.portal.book.accounts import MONEY_KINDS, quoted
from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.money import PaperRow
from utfall.portal.book.papering import PAPERED
from utfall.portal.book.rows import chunks, marks, select
from utfall.portal.book.sums import parts, whole

PaperStanding = Literal["open", "overdue", "paid"]
_LAST: Final = """(SELECT max(id) FROM book_paper
    WHERE owner = a.owner AND party = a.owner_id AND currency = a.currency)"""


class Papering(NamedTuple):
    """Where the papers of a party in a currency stand: through which entry the last one counts, what it left,
    and the last day of its period; 0 and None before the first.
    """

    owner: str
    party: int
    currency: str
    since: int
    left_micros: int
    period_until: str | None


class Earning(NamedTuple):
    """What a party earned (an advertiser: owes) in a program since its last paper, by kind of transaction."""

    party: int
    currency: str
    program: int
    kind: str
    transactions: int
    amount_micros: int
    fee_micros: int


class PaperTotal(NamedTuple):
    """What all papers of a kind in a currency come to; `last`: the receipt of the newest."""

    kind: str
    currency: str
    papers: int
    last: int
    net_micros: int
    tax_micros: int


_PAPERINGS: Final = f"""
    SELECT a.owner, a.owner_id, a.currency, coalesce(last.through, 0), coalesce(last.left_micros, 0),
        last.period_until
    FROM book_account AS a LEFT JOIN book_paper AS last ON last.id = {_LAST}
    WHERE a.owner = :owner AND a.bucket = :bucket AND a.owner_id >= :first AND a.owner_id <= :last
    ORDER BY a.owner_id, a.currency
"""


def paper_currencies(book: Book) -> list[str]:
    """The currencies in which advertisers have invoices."""
    rows = raw(book).execute(
        "SELECT DISTINCT currency FROM book_account WHERE owner = 'advertiser' AND bucket = 'receivable'"
    )
    return sorted(currency for (currency,) in rows)


def parties_with_earnings(book: Book, owner: str) -> list[int]:
    """Numbers of parties that ever had something to be papered, ascending."""
    bucket, _sign = PAPERED[owner]
    rows = raw(book).execute(
        "SELECT DISTINCT owner_id FROM book_account WHERE owner = ? AND bucket = ? ORDER BY owner_id",
        (owner, bucket),
    )
    return [number for (number,) in rows]


def paperings(book: Book, owner: str, first: int, last: int) -> list[Papering]:
    """Where papers stand of all parties between two numbers, both included."""
    bucket, _sign = PAPERED[owner]
    told = {"owner": owner, "bucket": bucket, "first": first, "last": last}
    return [Papering(*row) for row in raw(book).execute(_PAPERINGS, told)]


_FEE: Final = """
    LEFT JOIN book_account AS f
        ON f.owner = 'operator' AND f.owner_id = 1 AND f.bucket = 'fee' AND f.currency = a.currency
    LEFT JOIN book_entry AS fee ON fee.transaction_id = line.transaction_id AND fee.account_id = f.id
"""
_EARNINGS: Final = f"""
    SELECT a.owner_id, a.currency, t.program, t.kind, count(*), {parts("line.amount_micros")}, %s
    FROM book_account AS a JOIN book_line AS line ON line.account_id = a.id
    JOIN book_transaction AS t ON t.id = line.transaction_id %s
    WHERE a.owner = :owner AND a.bucket = :bucket AND a.owner_id >= :first AND a.owner_id <= :last
        AND line.transaction_id > coalesce((SELECT through FROM book_paper WHERE id = {_LAST}), 0)
        AND line.transaction_id <= :through AND t.kind NOT IN ({quoted(MONEY_KINDS)})
    GROUP BY a.owner_id, a.currency, t.program, t.kind ORDER BY a.owner_id, a.currency, t.program, t.kind
"""
_OF_ADVERTISERS: Final = _EARNINGS % (parts("-fee.amount_micros"), _FEE)
_OF_PUBLISHERS: Final = _EARNINGS % ("0, 0", "")


def earnings_to_paper(book: Book, owner: str, first: int, last: int, through: int) -> Iterator[Earning]:
    """What parties between two numbers earned since their last papers and through an entry."""
    bucket, sign = PAPERED[owner]
    told = {"owner": owner, "bucket": bucket, "first": first, "last": last, "through": through}
    rows = raw(book).execute(_OF_ADVERTISERS if owner == "advertiser" else _OF_PUBLISHERS, told)
    for party, currency, program, kind, count, high, low, *fee in rows:
        yield Earning(party, currency, program, kind, count, sign * whole(high, low), whole(*fee))


def last_numbers(book: Book, series: Collection[str]) -> dict[str, int]:
    """The last number given out in each of some series; those before their first are absent."""
    found: dict[str, int] = {}
    for some in chunks(series):
        found.update(
            raw(book).execute(
                f"SELECT series, max(number) FROM book_paper WHERE series IN ({marks(some)}) GROUP BY series",
                some,
            )
        )
    return found


def papers_named(book: Book, names: Collection[str]) -> dict[str, PaperRow]:
    """Papers by their names, those that are in the book."""
    found: dict[str, PaperRow] = {}
    for some in chunks(names):
        rows = select(book, PaperRow, "book_paper", f"WHERE name IN ({marks(some)})", tuple(some))
        found.update((row.name, row) for row in rows)
    return found


def papers_after(book: Book, receipt: int, count: int = 100) -> list[PaperRow]:
    """The next papers after a receipt, the oldest first."""
    return list(select(book, PaperRow, "book_paper", "WHERE id > ? ORDER BY id LIMIT ?", (receipt, count)))


_TOTALS: Final = f"""
    SELECT kind, currency, count(*), max(id), {parts("net_micros")}, {parts("tax_micros")}
    FROM book_paper GROUP BY kind, currency ORDER BY kind, currency
"""


def paper_totals(book: Book) -> list[PaperTotal]:
    """What all papers come to, by kind and currency."""
    return [
        PaperTotal(kind, currency, papers, last, whole(*sums[:2]), whole(*sums[2:]))
        for kind, currency, papers, last, *sums in raw(book).execute(_TOTALS)
    ]


_STANDINGS: Final[dict[PaperStanding, str]] = {
    "open": "owner = 'advertiser' AND settled_micros <> net_micros + tax_micros",
    "overdue": "owner = 'advertiser' AND settled_micros < net_micros + tax_micros",
    "paid": "owner = 'advertiser' AND settled_micros = net_micros + tax_micros",
}


def papers(
    book: Book,
    *,
    owner: str | None = None,
    parties: Collection[int] | None = None,
    kind: str | None = None,
    currency: str | None = None,
    standing: PaperStanding | None = None,
    over: Mapping[str, str] | None = None,
    name: str | None = None,
    or_of: Mapping[str, Collection[int]] | None = None,
    since_ms: int | None = None,
    until_ms: int | None = None,
    before: int | None = None,
    count: int = 100,
) -> list[PaperRow]:
    """Papers, the newest first; `before` is the id of the last of the page before, times are of their issue.

    `name`: a part of it, in capitals; `or_of`: or papers of these parties, by owner. `over`: for those that
    are overdue, by currency, the last day that is over when something is due on it.
    """
    where: list[tuple[str, Sequence[Any]]] = []
    asked = {
        "owner = ?": owner,
        "kind = ?": kind,
        "currency = ?": currency,
        "at >= ?": since_ms,
        "at < ?": until_ms,
    }
    where += [(text, [value]) for text, value in {**asked, "id < ?": before}.items() if value is not None]
    if parties is not None:
        where.append((f"party IN ({marks(parties) or 'NULL'})", sorted(parties)))
    if name is not None:
        where.append(_named(name, or_of or {}))
    if standing is not None:
        where.append(_standing(standing, over or {}))
    told = [value for _text, values in where for value in values]
    narrowed = " AND ".join(text for text, _values in where) or "TRUE"
    tail = f"WHERE {narrowed} ORDER BY id DESC LIMIT ?"
    return list(select(book, PaperRow, "book_paper", tail, (*told, count)))


def _standing(standing: PaperStanding, over: Mapping[str, str]) -> tuple[str, list[Any]]:
    if standing != "overdue":
        return _STANDINGS[standing], []
    due = " OR ".join(["currency = ? AND due <= ?"] * len(over)) or "FALSE"
    return f"{_STANDINGS[standing]} AND ({due})", [told for each in over.items() for told in each]


def _named(name: str, or_of: Mapping[str, Collection[int]]) -> tuple[str, list[Any]]:
    clauses: list[str] = ["name LIKE ?"]
    told: list[Any] = [f"%{name}%"]
    for owner, parties in or_of.items():
        clauses.append(f"(owner = ? AND party IN ({marks(parties) or 'NULL'}))")
        told += [owner, *parties]
    return f"({' OR '.join(clauses)})", told
