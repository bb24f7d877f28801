"""The operations of invoices."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator
from datetime import date

from utfall.client.models.invoices import (
    HouseAccountAnswer,
    ListedPaperAnswer,
    ListedPaperRowAnswer,
    ListedPaperRunAnswer,
    PaperAnswer,
    PaperCreditAnswer,
    PaperFileAnswer,
    PaperKind,
    PaperRowAnswer,
    PaperRunAnswer,
    PaperStanding,
    PaperState,
    ParticularsAnswer,
)
from utfall.client.models.invoices_sent import (
    HouseAccountSent,
    HouseCurrencySent,
    PaperCreditSent,
    PaperRunSent,
    ParticularsSent,
)
from utfall.client.reading import each
from utfall.client.transport import Calls


class Invoices:
    """Invoices."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def papers(
        self,
        *,
        party: int | None = None,
        kind: PaperKind | None = None,
        standing: PaperStanding | None = None,
        search: str | None = None,
        since: date | None = None,
        until: date | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedPaperAnswer:
        """Invoices. Invoices, self-billing invoices and credit notes: yours, or everybody's; newest first."""
        return self._calls.call(
            "GET",
            "/invoices",
            ListedPaperAnswer,
            query={
                "party": party,
                "kind": kind,
                "standing": standing,
                "search": search,
                "since": since,
                "until": until,
                "after": after,
                "limit": limit,
            },
        )

    def each_papers(
        self,
        *,
        party: int | None = None,
        kind: PaperKind | None = None,
        standing: PaperStanding | None = None,
        search: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
    ) -> Iterator[PaperAnswer]:
        """Invoices. All of them, part by part."""
        return each(
            lambda after: self.papers(
                after=after,
                party=party,
                kind=kind,
                standing=standing,
                search=search,
                since=since,
                until=until,
                limit=limit,
            )
        )

    def paper(self, paper: int) -> PaperAnswer:
        """One invoice. With what is open of it."""
        return self._calls.call("GET", f"/invoices/{paper}", PaperAnswer)

    def file(self, paper: int, *, form: str | None = None) -> PaperFileAnswer:
        """An invoice as a file. PDF/A, UBL, or the data it is made of: the same bytes each time."""
        return self._calls.call("GET", f"/invoices/{paper}/file", PaperFileAnswer, query={"form": form})

    def credit(
        self, paper: int, body: PaperCreditSent, *, idempotency_key: str | None = None
    ) -> PaperCreditAnswer:
        """Issue a credit note over an invoice. What it takes back is invoiced anew by the next run."""
        return self._calls.call(
            "POST", f"/invoices/{paper}/credit", PaperCreditAnswer, body=body, key=idempotency_key
        )

    def particulars(
        self, *, advertiser: int | None = None, publisher: int | None = None
    ) -> ParticularsAnswer:
        """Billing details. Whom papers name, and what is missing before anything can be issued or paid."""
        return self._calls.call(
            "GET", "/billing", ParticularsAnswer, query={"advertiser": advertiser, "publisher": publisher}
        )

    def set_particulars(
        self,
        body: ParticularsSent,
        *,
        advertiser: int | None = None,
        publisher: int | None = None,
        idempotency_key: str | None = None,
    ) -> ParticularsAnswer:
        """Set billing details. Issued papers stay as they are."""
        return self._calls.call(
            "PUT",
            "/billing",
            ParticularsAnswer,
            query={"advertiser": advertiser, "publisher": publisher},
            body=body,
            key=idempotency_key,
        )

    def accept_agreement(self, *, idempotency_key: str | None = None) -> ParticularsAnswer:
        """Accept the self-billing agreement. The operator writes your invoices from then on."""
        return self._calls.call("POST", "/billing/agreement", ParticularsAnswer, key=idempotency_key)

    def house_accounts(self) -> tuple[HouseAccountAnswer, ...]:
        """The house's accounts. By currency."""
        return self._calls.call("GET", "/billing/accounts", tuple[HouseAccountAnswer, ...])

    def set_house_account(
        self, body: HouseAccountSent, *, idempotency_key: str | None = None
    ) -> HouseAccountAnswer:
        """Set the house's account in a currency. The next files use it."""
        return self._calls.call(
            "PUT", "/billing/accounts", HouseAccountAnswer, body=body, key=idempotency_key
        )

    def remove_house_account(self, body: HouseCurrencySent, *, idempotency_key: str | None = None) -> None:
        """Remove the house's account in a currency. Nothing is paid in it until there is another."""
        self._calls.call("POST", "/billing/accounts/remove", type(None), body=body, key=idempotency_key)

    def runs(self, *, after: int | None = None, limit: int | None = None) -> ListedPaperRunAnswer:
        """Runs of papers. Newest first."""
        return self._calls.call(
            "GET", "/invoices/runs", ListedPaperRunAnswer, query={"after": after, "limit": limit}
        )

    def each_runs(self, *, limit: int | None = None) -> Iterator[PaperRunAnswer]:
        """Runs of papers. All of them, part by part."""
        return each(lambda after: self.runs(after=after, limit=limit))

    def start(self, body: PaperRunSent, *, idempotency_key: str | None = None) -> PaperRunAnswer:
        """Have papers drafted. Nothing is issued before you say so; `work` tells how far it is."""
        return self._calls.call("POST", "/invoices/runs", PaperRunAnswer, body=body, key=idempotency_key)

    def run(self, paper_run: int) -> PaperRunAnswer:
        """One run of papers. Where it stands."""
        return self._calls.call("GET", f"/invoices/runs/{paper_run}", PaperRunAnswer)

    def rows(
        self,
        paper_run: int,
        *,
        state: PaperState | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedPaperRowAnswer:
        """What the papers of a run say, and who gets none. Each with its lines, or with the reason."""
        return self._calls.call(
            "GET",
            f"/invoices/runs/{paper_run}/papers",
            ListedPaperRowAnswer,
            query={"state": state, "after": after, "limit": limit},
        )

    def each_rows(
        self, paper_run: int, *, state: PaperState | None = None, limit: int | None = None
    ) -> Iterator[PaperRowAnswer]:
        """What the papers of a run say, and who gets none. All of them, part by part."""
        return each(lambda after: self.rows(paper_run, after=after, state=state, limit=limit))

    def issue(self, paper_run: int, *, idempotency_key: str | None = None) -> PaperRunAnswer:
        """Issue the papers of a run. They get numbers, are frozen, and never change."""
        return self._calls.call(
            "POST", f"/invoices/runs/{paper_run}/issue", PaperRunAnswer, key=idempotency_key
        )

    def draft_again(self, paper_run: int, *, idempotency_key: str | None = None) -> PaperRunAnswer:
        """Draft again what is not issued. As the book and the particulars are now."""
        return self._calls.call(
            "POST", f"/invoices/runs/{paper_run}/draft-again", PaperRunAnswer, key=idempotency_key
        )

    def again(self, paper_run: int, *, idempotency_key: str | None = None) -> PaperRunAnswer:
        """Go on with a run that stopped. The same papers, the same numbers, nothing twice."""
        return self._calls.call(
            "POST", f"/invoices/runs/{paper_run}/go-on", PaperRunAnswer, key=idempotency_key
        )

    def cancel(self, paper_run: int, *, idempotency_key: str | None = None) -> PaperRunAnswer:
        """Cancel a run of papers. What is issued stays."""
        return self._calls.call(
            "POST", f"/invoices/runs/{paper_run}/cancel", PaperRunAnswer, key=idempotency_key
        )
