"""Papers as both sides read them: what stands on them is frozen, what is open is in the book."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from utfall.bank import banking_day_before
from utfall.events import PaperKind
from utfall.portal.access import Caller, Kind, NotFound, Permission, Slice
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.book import facade as book
from utfall.portal.book.facade import PaperRow
from utfall.portal.invoices import ledger
from utfall.portal.invoices.drafting import KINDS
from utfall.portal.invoices.models import Paper
from utfall.portal.invoices.paper_contracts import PaperState, PaperView, Standing
from utfall.portal.invoices.run_showing import names_of
from utfall.portal.people import facade as people

SEARCHED: Final = 40
MOST: Final = 10_000
"""Papers of one party that are listed without pages."""


def papers(
    caller: Caller,
    *,
    party: int | None = None,
    kind: PaperKind | None = None,
    standing: Standing | None = None,
    search: str = "",
    since: date | None = None,
    until: date | None = None,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[PaperView]:
    """The caller's own papers, or everybody's; newest first, by day of issue."""
    caller.require(Permission.LOOK)
    owner, parties = _scope(caller, kind, party)
    size = min(limit, LARGEST)
    rows = _found(
        owner=owner,
        parties=parties,
        kind=kind.value if kind else None,
        standing=standing.value if standing else None,
        **_searched(caller, search),
        since_ms=book.begins_ms(since) if since else None,
        until_ms=book.begins_ms(until) if until else None,
        before=after,
        count=size + 1,
    )
    return Slice(views(rows[:size]), rows[size - 1].id if len(rows) > size else None)


def _searched(caller: Caller, words: str) -> dict[str, Any]:
    """Papers whose number has the words in it; for who sees everybody, also those of parties so called."""
    name = words.strip().upper()[:SEARCHED].replace("%", "").replace("_", "")
    if not name:
        return {}
    if not caller.sees_all:
        return {"name": name}
    found = {owner: people.find_parties(kind, words) for owner, kind in KINDS.items()}
    return {"name": name, "or_of": {owner: [one.number for one in some] for owner, some in found.items()}}


def all_papers(caller: Caller, **wanted: Any) -> Iterator[PaperView]:
    """The same, all of them, while they are read; what may not be asked is refused before the first."""
    return _following(papers(caller, **wanted, limit=LARGEST), caller, wanted)


def _following(found: Slice[PaperView], caller: Caller, wanted: dict[str, Any]) -> Iterator[PaperView]:
    yield from found.items
    while found.following is not None:
        found = papers(caller, **wanted, after=found.following, limit=LARGEST)
        yield from found.items


def _scope(
    caller: Caller, kind: PaperKind | None, party: int | None
) -> tuple[str | None, Collection[int] | None]:
    """Whose papers may be read: an advertiser's own, those of an agency's advertisers, a publisher's own."""
    if caller.sees_all:
        return (kind.owner if kind else None), (None if party is None else [party])
    if caller.kind is Kind.PUBLISHER:
        return "publisher", [caller.publisher(party)]
    wanted = caller.advertisers if party is None else {party}
    if not wanted <= caller.advertisers:
        raise NotFound
    return "advertiser", wanted


def paper(caller: Caller, number: int) -> PaperView:
    """One issued paper."""
    return view_of_row(own_paper(caller, number))


def own_paper(caller: Caller, number: int) -> Paper:
    """An issued paper that the caller may see."""
    caller.require(Permission.LOOK)
    return Paper.objects.one(caller, pk=number, state=PaperState.ISSUED.value)


def view_of_row(row: Paper) -> PaperView:
    """An issued paper of ours."""
    return paper_view(row.name)


def paper_view(name: str) -> PaperView:
    """A paper by its name; NotFound where the book has none."""
    found = ledger.named([name])
    if name not in found:
        raise NotFound
    return views([found[name]])[0]


def papers_of(
    owner: str | None = None,
    party: int | None = None,
    *,
    currency: str | None = None,
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
    count: int = 100,
) -> list[PaperView]:
    """Papers for an app that looked whose they are: newest first, issued from `since` through `until`."""
    rows = _found(
        owner=owner,
        parties=None if party is None else [party],
        currency=currency,
        since_ms=book.begins_ms(since) if since else None,
        until_ms=book.begins_ms(until + timedelta(days=1)) if until else None,
        before=before,
        count=count,
    )
    return views(rows)


def open_papers(advertiser: int | None = None, currency: str | None = None) -> list[PaperView]:
    """Invoices that are not paid, and credit notes that are not on a deposit; what is due first is first."""
    rows = _found(
        owner="advertiser",
        parties=None if advertiser is None else [advertiser],
        currency=currency,
        standing="open",
        count=MOST,
    )
    return sorted(views(rows), key=lambda one: (one.due_on or one.issued_on, one.receipt))


def _found(**wanted: object) -> list[PaperRow]:
    with book.opened() as found:
        if found is None:
            return []
        if wanted.get("standing") == Standing.OVERDUE.value:
            wanted["over"] = _over(book.paper_currencies(found))
        return book.papers(found, **wanted)  # type: ignore[arg-type]


def _over(currencies: Iterable[str]) -> dict[str, str]:
    """By currency, the last day that is over when an invoice is due on it: it could have been paid since."""
    today = book.today()
    return {one: banking_day_before(one, today).isoformat() for one in currencies}


def views(rows: Sequence[PaperRow]) -> list[PaperView]:
    """Papers of the book with their names and numbers here."""
    ours = Paper.objects.system().filter(name__in=[row.name for row in rows], state=PaperState.ISSUED.value)
    known = {name: (number, day) for name, number, day in ours.values_list("name", "pk", "issued_on")}
    names = names_of([(row.owner, row.party) for row in rows])
    return [_view(row, names[row.owner, row.party], *known.get(row.name, (None, None))) for row in rows]


def _view(row: PaperRow, name: str, number: int | None, day: date | None) -> PaperView:
    return PaperView(
        id=number,
        name=row.name,
        kind=PaperKind(row.kind),
        owner=row.owner,
        party=row.party,
        party_name=name,
        currency=row.currency,
        net_micros=row.net_micros,
        tax_micros=row.tax_micros,
        open_micros=row.open_micros,
        credited_micros=row.credited_micros,
        period_from=date.fromisoformat(row.period_from),
        period_until=date.fromisoformat(row.period_until),
        issued_on=day or book.day_of(row.at),
        due_on=date.fromisoformat(row.due) if row.due else None,
        corrects=row.corrects,
        receipt=row.id,
        transaction=row.transaction,
        digest=row.digest,
    )
