"""The demo's year of money: what its people did on their days, through the facades that every page uses.

Settlement goes through the year in steps; after each, the people do what was due by then, at that time, and
the next step settles what they told. What was done is not done again, so a start that was broken off goes on.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from utfall.cli.demo_clock import Clock
from utfall.cli.demo_people import standing_for
from utfall.demo import companies, paydays
from utfall.demo.bank import Bank
from utfall.demo.cast import PARTNER, PARTNERS, SELLERS
from utfall.demo.companies import Company
from utfall.demo.paydays import Act, Chore

if TYPE_CHECKING:
    from utfall.bank import BankAccount
    from utfall.portal.access import Caller
    from utfall.portal.invoices.contracts import Draft
    from utfall.portal.payouts.contracts import PayoutView

CURRENCIES: Final = ("NOK", "SEK")
ACCOUNTS: Final = {one: companies.account("SE", number) for number, one in enumerate(CURRENCIES, start=1)}
"""The network's own."""
OTHER: Final = 5000
"""Beyond the numbers of first accounts."""
CASHIER: Final = "Petra Holm"
SECOND: Final = "Olle Nordin"
PAYERS: Final = {1: "Astrid Lind", 2: "Henrik Dahl", 3: "Ingrid Solberg"}
LIMIT_MICROS: Final = {1: 60_000_000_000, 2: 20_000_000_000, 3: 4_000_000_000}
"""How much credit each has, in its own currency: the last has hardly any left."""
MINIMUM_MICROS: Final = 500_000_000
LOW_MICROS: Final = 100_000_000
"""What those of the demo's people want to be paid from on, so that they see it each month."""
_SELLER: Final = {one.advertiser: one for one in SELLERS}
_AHEAD: Final = 1
"""Who pays in ahead."""
_UNKNOWN: Final = 2
"""Who pays in without a reference."""


class Purse:
    """The people's money, chore by chore, from one time to another (UTC, milliseconds)."""

    def __init__(self, people: "Mapping[str, Caller]", since: int, until: int) -> None:
        self._people, self._until = people, until
        self._left = paydays.chores(since, until)
        self._refused_at = paydays.refused_at(since, until)
        self._acts: dict[Act, Callable[[Chore], None]] = {
            Act.AGREE: self._agree,
            Act.PAY_AHEAD: self._pay_ahead,
            Act.INVOICE: self._invoice,
            Act.PAY_IN: self._pay_in,
            Act.COVER: self._cover,
            Act.RELEASE: self._release,
            Act.SEND: self._send,
            Act.ANSWER: self._answer,
            Act.MEND: self._mend,
            Act.LOSE_TRACK: self._lose_track,
            Act.PROPOSE: self._propose,
        }

    def step(self, settled_at: int) -> None:
        """Do the next thing, if it was due by the time that settlement has come to."""
        if self._left and self._left[0].at <= settled_at:
            self._do_first()

    def finish(self, settle: Callable[[], object]) -> None:
        """Do all that is left, each settled before the next; then leave the journal to others."""
        from utfall.portal.validation import facade as validation

        while self._left:
            self._do_first()
            settle()
        with Clock(_moment(self._until)):
            _follow()
        validation.close()

    def _do_first(self) -> None:
        chore = self._left.pop(0)
        with Clock(_moment(chore.at)):
            _follow()
            self._acts[chore.act](chore)

    @property
    def _cashier(self) -> "Caller":
        return self._people[CASHIER]

    def _agree(self, chore: Chore) -> None:
        """Particulars, agreements and accounts of everybody, but of one who has not come to it."""
        from django.db import transaction

        from utfall.bank import Scheme, bank_account
        from utfall.portal.funding import facade as funding
        from utfall.portal.funding.contracts import TermsDraft, Way
        from utfall.portal.invoices import facade as invoices
        from utfall.portal.invoices.contracts import HouseAccount

        operator = self._people[SECOND]
        if invoices.particulars(operator).is_complete:
            return
        with transaction.atomic():
            invoices.set_particulars(operator, _draft(companies.house()))
            for currency, number in ACCOUNTS.items():
                account = bank_account(Scheme.IBAN, number, "SE", "ESSESESS")
                invoices.set_house_account(operator, HouseAccount(currency=currency, account=account))
            for payer, name in PAYERS.items():
                invoices.set_particulars(self._people[name], _draft(_payer(payer)))
                limit = TermsDraft(
                    currency=_SELLER[payer].currency, way=Way.INVOICED, limit_micros=LIMIT_MICROS[payer]
                )
                funding.set_terms(operator, payer, limit)
            for one in PARTNERS:
                if one.number not in companies.UNREADY:
                    self._register(one.number)

    def _register(self, number: int) -> None:
        from utfall.portal.invoices import facade as invoices
        from utfall.portal.payouts import facade as payouts
        from utfall.portal.payouts.contracts import Schedule

        caller, company = self._publisher(number), companies.publisher(number)
        invoices.set_particulars(caller, _draft(company))
        invoices.accept_agreement(caller)
        payouts.set_account(caller, company.name, _account(company))
        schedule = Schedule.WEEKLY if number in companies.WEEKLY else Schedule.MONTHLY
        currency = "NOK" if company.country == "NO" else "SEK"
        minimum = MINIMUM_MICROS if caller.user is None else LOW_MICROS
        payouts.set_wishes(caller, currency=currency, minimum_micros=minimum, schedule=schedule)

    def _publisher(self, number: int) -> "Caller":
        own = (one for one in self._people.values() if one.publishers == frozenset({number}))
        return next(own, None) or standing_for(number, PARTNER[number].name)

    def _invoice(self, chore: Chore) -> None:
        """The papers of the month before."""
        from utfall.portal.invoices import facade as invoices
        from utfall.portal.invoices.paper_contracts import month_wanted

        month = chore.month - timedelta(days=1)
        run = invoices.prepare(self._cashier, month_wanted(month.year, month.month))
        if run.may_issue:
            invoices.issue_now(self._cashier, run.id)

    def _pay_in(self, chore: Chore) -> None:
        """Advertisers pay what they were invoiced, but for the one who is late."""
        from utfall.events import PaperKind
        from utfall.portal.banking import facade as banking
        from utfall.portal.invoices import facade as invoices

        bank = self._bank(chore)
        for one in invoices.open_papers():
            issued = round(datetime(*one.issued_on.timetuple()[:3], tzinfo=UTC).timestamp() * 1000)
            is_late = paydays.is_late(_SELLER[one.party].program, issued, self._until)
            if one.kind is PaperKind.INVOICE and not is_late:
                reference, payer = banking.deposit_reference(one.party), _payer(one.party).name
                self._hear(bank.credit(_day(chore), one.currency, one.open_micros, reference, payer))

    def _pay_ahead(self, chore: Chore) -> None:
        """One pays in before anything is invoiced."""
        from utfall.portal.banking import facade as banking

        bank, reference = self._bank(chore), banking.deposit_reference(_AHEAD)
        for currency, micros in paydays.AHEAD_MICROS.items():
            self._hear(bank.credit(_day(chore), currency, micros, reference, _payer(_AHEAD).name))

    def _cover(self, chore: Chore) -> None:
        """The deposits pay what is open; whoever got a paper has a letter."""
        from utfall.portal.funding import facade as funding
        from utfall.portal.invoices import tasks as duties

        funding.settle()
        duties.tell()

    def _release(self, chore: Chore) -> None:
        """Whoever is due is paid: prepared by one, released by another."""
        from utfall.portal.audit import facade as audit

        for proposal in self._proposals():
            audit.decide(self._people[SECOND], proposal, approve=True)

    def _propose(self, chore: Chore) -> None:
        """Whoever is due waits for a second person."""
        self._proposals()

    def _proposals(self) -> list[int]:
        """A batch in each currency in which somebody is due, each waiting for a second person."""
        from utfall.portal.access import Refused
        from utfall.portal.payouts import facade as payouts

        waiting = []
        for currency in CURRENCIES:
            try:
                made = payouts.prepare(self._cashier, currency)
            except Refused as refused:
                if refused.problems[0].code != "nobody_due":
                    raise
                continue
            asked = payouts.release(self._cashier, made.id).proposal
            waiting += [] if asked is None else [asked]
        return waiting

    def _send(self, chore: Chore) -> None:
        """What is settled goes to the bank, and its payees are told."""
        from utfall.portal.payouts import facade as payouts
        from utfall.portal.payouts import tasks as duties

        for one in payouts.batches(self._cashier).items:
            if one.may_send:
                payouts.send(self._cashier, one.id)
        duties.tell()

    def _answer(self, chore: Chore) -> None:
        """The bank has paid what it was sent, but for one transfer of the year."""
        bank = self._bank(chore)
        sent = self._sent()
        lost = [one for one in sent if chore.at == self._refused_at and one.publisher == paydays.REFUSED]
        for one in lost:
            self._hear(bank.refused(_day(chore), f"UTFALL-{one.batch}-{one.currency}", one.name))
        for currency in CURRENCIES:
            paid = [one for one in sent if one.currency == currency and one not in lost]
            if paid:
                told = [(one.name, one.amount_micros) for one in paid]
                self._hear(bank.debits(paid[0].pay_on, currency, told))

    def _sent(self) -> "list[PayoutView]":
        from utfall.portal.payouts import facade as payouts
        from utfall.portal.payouts.contracts import PayoutState

        found: list[PayoutView] = []
        after: int | None = None
        while True:
            some = payouts.payouts(self._cashier, state=PayoutState.SENT, after=after)
            found += some.items
            after = some.following
            if after is None:
                return found

    def _mend(self, chore: Chore) -> None:
        """Whose account the bank refused gives another."""
        from utfall.bank import Scheme, bank_account
        from utfall.portal.payouts import facade as payouts

        caller = self._publisher(paydays.REFUSED)
        if "account_refused" in payouts.details(caller).lacking:
            company = companies.publisher(paydays.REFUSED)
            other = companies.account(company.country, OTHER + paydays.REFUSED)
            account = bank_account(Scheme.IBAN, other, company.country, company.bic)
            payouts.set_account(caller, company.name, account)

    def _lose_track(self, chore: Chore) -> None:
        """Somebody pays in without saying for whom."""
        payer = _payer(_UNKNOWN).name
        self._hear(self._bank(chore).credit(_day(chore), "SEK", paydays.UNKNOWN_MICROS, "", payer))

    def _bank(self, chore: Chore) -> Bank:
        """The network's bank on a day: it holds what the book says that it holds."""

        from utfall.portal.book import facade as book

        bank = Bank(ACCOUNTS, f"{_day(chore):%y%m%d}-{chore.act}")
        with book.opened() as found:
            for one in book.balances_of(found, "operator", 1) if found is not None else ():
                if one.bucket == "bank":
                    bank.holds[one.currency] = one.balance_micros
        return bank

    def _hear(self, content: bytes) -> None:
        from utfall.portal.banking import facade as banking

        banking.import_file(self._cashier, f"bank-{len(content)}.xml", content)


def _follow() -> None:
    """Hear what settlement answered."""
    from utfall.portal.banking import facade as banking
    from utfall.portal.funding import facade as funding
    from utfall.portal.invoices import facade as invoices
    from utfall.portal.payouts import facade as payouts

    invoices.follow_papers()
    banking.follow()
    funding.follow()
    payouts.follow_releases()
    payouts.follow_outcomes()


def _draft(company: Company) -> "Draft":
    from utfall.portal.invoices.contracts import Draft

    return Draft(
        name=company.name,
        country=company.country,
        town=company.town,
        postcode=company.postcode,
        registration=company.registration,
        vat=company.vat,
    )


def _payer(advertiser: int) -> Company:
    one = _SELLER[advertiser]
    return companies.advertiser(advertiser, one.name, one.country)


def _account(company: Company) -> "BankAccount":
    from utfall.bank import Scheme, bank_account

    return bank_account(Scheme.IBAN, company.iban, company.country, company.bic)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def _day(chore: Chore) -> date:
    return _moment(chore.at).date()
