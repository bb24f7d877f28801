"""Who is due, and every reason why others are not: docs/algorithms/payouts.md in code."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.bank import BankAccount, Payee, Payer, Payment, Scheme, banking_day, payment_problems
from utfall.bank.payments import Address
from utfall.money import minor_micros
from utfall.portal.access import Kind
from utfall.portal.book.facade import ZONE, today
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.contracts import HouseAccount, ParticularsView
from utfall.portal.look.formats import day as day_words
from utfall.portal.look.formats import money
from utfall.portal.payouts.contracts import (
    LIVE,
    AccountView,
    DetailsView,
    Due,
    PayoutState,
    Reason,
    Schedule,
    StopView,
    Unpaid,
)
from utfall.portal.payouts.gathering import Gathered
from utfall.portal.payouts.models import Account, Exchange, Payout, Stop, Wishes
from utfall.portal.payouts.schedules import LONGEST, is_due, next_day
from utfall.portal.payouts.words import REASONS, UNSENDABLE
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import Party
from utfall.portal.rates import rates
from utfall.rates import NoRate

USUAL_CURRENCY: Final = {"SE": "SEK", "NO": "NOK", "DK": "DKK"}
USUAL_MICROS: Final = 50_000_000
COUNTED: Final = (*LIVE, PayoutState.COMPLETED)
"""Payouts after which a schedule begins anew; what failed or came back is due again at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a verdict about one publisher stands on."""

    publisher: int
    party: Party | None
    particulars: ParticularsView
    house: ParticularsView
    account: Account | None
    wishes: Wishes
    stop: Stop | None
    paid: dict[str, date]
    served: dict[str, set[date]]
    drafted: frozenset[str]


def grounds(publishers: Iterable[int]) -> dict[int, Ground]:
    """The same for many, each table asked once."""
    wanted = set(publishers)
    parties = people.parties(Kind.PUBLISHER, wanted)
    particulars = invoices.views_of(Kind.PUBLISHER, wanted)
    house = invoices.view_of(Kind.OPERATOR, 0)
    accounts = {
        one.publisher: one for one in Account.objects.system().filter(ended_at=None, publisher__in=wanted)
    }
    wishes = {one.publisher: one for one in Wishes.objects.system().filter(publisher__in=wanted)}
    stops = {one.publisher: one for one in Stop.objects.system().filter(ended_at=None)}
    paid, drafted = _standing_payouts(wanted)
    served = _served_days(wanted)
    return {
        one: Ground(
            publisher=one,
            party=parties.get(one),
            particulars=particulars[one],
            house=house,
            account=accounts.get(one),
            wishes=wishes.get(one) or usual_wishes(one, parties.get(one)),
            stop=stops.get(one),
            paid=paid.get(one, {}),
            served=served.get(one, {}),
            drafted=frozenset(drafted.get(one, ())),
        )
        for one in wanted
    }


def _standing_payouts(publishers: set[int]) -> tuple[dict[int, dict[str, date]], dict[int, set[str]]]:
    """By publisher: the last day each currency was released, and the currencies that stand in a draft, be it
    to be exchanged.
    """
    paid: dict[int, dict[str, date]] = {}
    drafted: dict[int, set[str]] = {}
    rows = Payout.objects.system().filter(publisher__in=publishers)
    ended = rows.filter(state__in=[one.value for one in COUNTED], batch__released_at__isnull=False)
    for publisher, currency, last in ended.values_list("publisher", "currency").annotate(
        last=Max("batch__released_at")
    ):
        paid.setdefault(publisher, {})[currency] = timezone.localdate(last, ZONE)
    drafts = rows.filter(state=PayoutState.DRAFT.value)
    turned = Exchange.objects.system().filter(payout__in=drafts)
    for publisher, currency in (
        *drafts.values_list("publisher", "currency"),
        *turned.values_list("payout__publisher", "currency"),
    ):
        drafted.setdefault(publisher, set()).add(currency)
    return paid, drafted


def _served_days(publishers: set[int]) -> dict[int, dict[str, set[date]]]:
    """By publisher and currency: for which days payouts were made that count, of those that still matter."""
    served: dict[int, dict[str, set[date]]] = {}
    rows = Payout.objects.system().filter(
        publisher__in=publishers,
        state__in=[one.value for one in COUNTED],
        batch__released_at__isnull=False,
        batch__due_on__gte=today() - timedelta(days=LONGEST),
    )
    for publisher, currency, day in rows.values_list("publisher", "currency", "batch__due_on"):
        if day is not None:
            served.setdefault(publisher, {}).setdefault(currency, set()).add(day)
    return served


def usual_wishes(publisher: int, party: Party | None) -> Wishes:
    """How somebody is paid who never said: monthly, from 50 of their country's money on."""
    country = party.country if party is not None else ""
    return Wishes(
        publisher=publisher,
        currency=USUAL_CURRENCY.get(country, "EUR"),
        minimum_micros=USUAL_MICROS,
        schedule=Schedule.MONTHLY.value,
    )


def details_of(publisher: int) -> DetailsView:
    """How a publisher is paid, and what is missing whatever is payable."""
    ground = grounds([publisher])[publisher]
    wishes, stop = ground.wishes, ground.stop
    return DetailsView(
        publisher=publisher,
        publisher_name=ground.party.name if ground.party else "",
        account=account_view(ground.account) if ground.account else None,
        minimum_micros=wishes.minimum_micros,
        currency=wishes.currency,
        schedule=Schedule(wishes.schedule),
        asked_at=wishes.asked_at,
        stop=StopView(why=stop.why, actor=stop.actor, at=stop.at) if stop else None,
        missing=tuple(missing(ground, timezone.now())),
        into=wishes.into,
    )


def judge(ground: Ground, one: Gathered, day: date, now: datetime, house: HouseAccount | None) -> Due:
    """The verdict about a payable balance on a day: on the banking day on which a batch of then is paid."""
    payable = one.payable
    day = banking_day(payable.currency, day)
    if payable.micros < 0:
        reasons = [_unpaid(Reason.OWED)]
    else:
        reasons = [*missing(ground, now), *_of_balance(ground, one, day, house)]
    return Due(
        publisher=ground.publisher,
        publisher_name=ground.party.name if ground.party else f"#{ground.publisher}",
        currency=payable.currency,
        payable_micros=payable.micros,
        pay_micros=payable.whole_micros,
        up_to=payable.up_to,
        reasons=tuple(reasons),
        next_day=_next_day(ground, payable.currency, day),
        exchanges=one.exchanges,
    )


def missing(ground: Ground, now: datetime) -> Iterator[Unpaid]:
    """Reasons that hold whatever is payable."""
    particulars, account = ground.particulars, ground.account
    if particulars.problems:
        yield _unpaid(Reason.PARTICULARS, page="invoices:particulars")
    elif not ground.house.problems:
        problem = invoices.tax_problem(particulars, ground.house)
        if problem is not None:
            yield Unpaid(reason=Reason.TAX, sentence=problem.sentence, page="invoices:particulars")
    if not particulars.has_agreed:
        yield _unpaid(Reason.AGREEMENT, page="invoices:agree")
    if account is None:
        yield _unpaid(Reason.ACCOUNT_MISSING, page="payouts:account")
    elif account.refused:
        yield _unpaid(Reason.ACCOUNT_REFUSED, page="payouts:account")
    elif account.usable_from > now:
        yield Unpaid(
            reason=Reason.ACCOUNT_NEW, sentence=REASONS[Reason.ACCOUNT_NEW], until=account.usable_from
        )
    if ground.stop is not None:
        yield _unpaid(Reason.STOPPED)
    if ground.party is None or ground.party.state != "active":
        yield _unpaid(Reason.SUSPENDED)


def _of_balance(ground: Ground, one: Gathered, day: date, house: HouseAccount | None) -> Iterator[Unpaid]:
    payable, wishes = one.payable, ground.wishes
    currency, pay = payable.currency, payable.whole_micros
    if not ground.drafted.isdisjoint({currency, *(each.currency for each in one.exchanges)}):
        yield _unpaid(Reason.IN_BATCH)
    if one.is_old:
        yield _rate_old(wishes.into)
    least = _least(wishes, currency)
    if pay < least:
        sentence = _("Payable is %(payable)s; the minimum is %(minimum)s.")
        told = {"payable": money(pay, currency), "minimum": money(least, currency)}
        yield Unpaid(reason=Reason.BELOW_MINIMUM, sentence=sentence % told, page="payouts:details")
    yield from _of_schedule(ground, currency, day)
    if house is None:
        yield _unpaid(Reason.NO_HOUSE_ACCOUNT)
    elif ground.account is not None and not ground.particulars.problems and pay > 0:
        yield from _of_payment(ground, currency, pay, house)


def _least(wishes: Wishes, currency: str) -> int:
    """The least that is paid: the minimum, up to the next minor unit, for no part of one is paid."""
    unit = minor_micros(currency)
    return max(-(-minimum_in(wishes, currency) // unit), 1) * unit


def _rate_old(into: str) -> Unpaid:
    """There is a payout currency, and no rate into it that is new enough."""
    newest = rates().newest
    sentence = _("It is to be paid in %(currency)s, and the newest exchange rate is of %(day)s: too old.")
    told = {"currency": into, "day": day_words(newest) if newest else "–"}
    return Unpaid(reason=Reason.RATE_OLD, sentence=sentence % told)


def _of_payment(ground: Ground, currency: str, pay: int, house: HouseAccount) -> Iterator[Unpaid]:
    payment = payment_of(ground, currency, pay, "UP1")
    codes = payment_problems(payment, payer_of(house, ground.house))
    if codes:
        sentence = " ".join(str(UNSENDABLE.get(code, code)) for code in codes)
        yield Unpaid(reason=Reason.UNSENDABLE, sentence=sentence, page="payouts:account")


def _of_schedule(ground: Ground, currency: str, day: date) -> Iterator[Unpaid]:
    wishes, released = ground.wishes, ground.paid.get(currency)
    schedule = Schedule(wishes.schedule)
    if schedule is Schedule.MANUAL:
        asked_at = wishes.asked_at
        if asked_at is None or (released is not None and timezone.localdate(asked_at, ZONE) <= released):
            yield _unpaid(Reason.NOT_ASKED, page="payouts:details")
    elif not is_due(schedule, day, _paid_on(ground, currency), ground.served.get(currency, ())):
        later = _next_day(ground, currency, day + timedelta(days=1))
        yield Unpaid(reason=Reason.NOT_YET, sentence=REASONS[Reason.NOT_YET], day=later)


def _next_day(ground: Ground, currency: str, day: date) -> date | None:
    """The day on which banks pay the schedule's next day; None without a schedule."""
    schedule = Schedule(ground.wishes.schedule)
    if schedule is Schedule.MANUAL:
        return None
    served = ground.served.get(currency, ())
    return banking_day(currency, next_day(schedule, day, _paid_on(ground, currency), served))


def _paid_on(ground: Ground, currency: str) -> date | None:
    """The banking day of the last release: what was released on a Sunday is the payout of Monday."""
    released = ground.paid.get(currency)
    return banking_day(currency, released) if released is not None else None


def minimum_in(wishes: Wishes, currency: str) -> int:
    """The minimum in another currency, in micros; none where the table has no rate of it."""
    if wishes.currency == currency:
        return wishes.minimum_micros
    table = rates()
    if table.newest is None:
        return 0
    try:
        return table.rate(wishes.currency, currency, min(table.newest, timezone.now().date())).turned(
            wishes.minimum_micros
        )
    except NoRate:
        return 0


def account_of(row: Account) -> BankAccount:
    """A publisher's account as the bank wants it."""
    return BankAccount(scheme=Scheme(row.scheme), number=row.number, country=row.country, bic=row.bic or None)


def account_view(row: Account) -> AccountView:
    """A publisher's account as it may be shown to its own people."""
    return AccountView(
        id=row.pk,
        holder=row.holder,
        account=account_of(row),
        since=row.since,
        usable_from=row.usable_from,
        refused=row.refused,
        actor=row.actor,
    )


def address_of(view: ParticularsView) -> Address:
    """Where a party is, as payments across borders want it."""
    draft = view.draft
    return Address(town=draft.town, country=draft.country, street=draft.street, postcode=draft.postcode)


def payee_of(ground: Ground) -> Payee:
    """Who is paid, and where."""
    assert ground.account is not None, "whoever is due has an account"
    return Payee(
        name=ground.account.holder,
        address=address_of(ground.particulars),
        account=account_of(ground.account),
    )


def payment_of(ground: Ground, currency: str, micros: int, name: str) -> Payment:
    """A payment as it would stand in a file."""
    return Payment(name=name, payee=payee_of(ground), micros=micros, currency=currency, text=name)


def payer_of(account: HouseAccount, house: ParticularsView) -> Payer:
    """Who pays, and from which account."""
    return Payer(
        name=house.draft.name,
        address=address_of(house),
        account=account.account,
        number=account.payer_number,
    )


def _unpaid(reason: Reason, page: str = "") -> Unpaid:
    return Unpaid(reason=reason, sentence=REASONS[reason], page=page)
