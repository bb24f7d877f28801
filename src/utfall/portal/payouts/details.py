"""How publishers are paid: their account, their wishes, and stopping it all when something is wrong."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.bank import BankAccount, account_problem
from utfall.money import minor_digits
from utfall.portal.access import Caller, Kind, Permission, Problem, Refused, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.invoices import facade as invoices
from utfall.portal.payouts import letters
from utfall.portal.payouts.contracts import DetailsView, Schedule
from utfall.portal.payouts.judging import details_of, usual_wishes
from utfall.portal.payouts.models import Account, Stop, Wishes
from utfall.portal.people import facade as people
from utfall.portal.rates import rates

HELD_FOR: Final = timedelta(days=3)
"""How long a new account waits until something is paid to it."""
LEAST_MICROS: Final = 1_000_000
MOST_MICROS: Final = 10**12


def details(caller: Caller, publisher: int | None = None) -> DetailsView:
    """How a publisher is paid, and what is missing: the caller's own, or one the operator names."""
    caller.require(Permission.MONEY)
    return details_of(_publisher(caller, publisher))


def set_account(
    caller: Caller, holder: str, account: BankAccount, *, publisher: int | None = None
) -> DetailsView:
    """Pay to this account from three days on; nothing is paid until then, and the owners are told by mail."""
    caller.require(Permission.MONEY)
    number = _publisher(caller, publisher)
    holder = " ".join(holder.split())
    if problems := _problems(holder, account):
        raise Refused(problems)
    with transaction.atomic():
        before = Account.objects.system().filter(publisher=number, ended_at=None).first()
        if before is not None and _is_same(before, holder, account):
            refuse("account_unchanged", _("You are paid to this account already."), "number", status=409)
        now = timezone.now()
        if before is not None:
            before.ended_at = now
            before.save(update_fields=["ended_at"])
        row = _made(caller, number, holder, account)
        _record(
            caller,
            "payout_account.changed",
            number,
            _told(before) if before else None,
            _told(row),
        )
        letters.account_changed(caller, row, before)
    return details_of(number)


def set_wishes(
    caller: Caller,
    *,
    currency: str,
    minimum_micros: int,
    schedule: Schedule,
    into: str | None = None,
    publisher: int | None = None,
) -> DetailsView:
    """Be paid as often as this, from this amount on, and everything in `into`: empty, each as it was earned;
    None, as before. It holds for batches that are prepared from now on.
    """
    caller.require(Permission.MONEY)
    number = _publisher(caller, publisher)
    if minor_digits(currency) is None:
        refuse("currency_unknown", _("Write a currency by its three letters, such as SEK."), "currency")
    if not LEAST_MICROS <= minimum_micros <= MOST_MICROS:
        refuse("minimum_range", _("Choose a minimum between 1 and 1,000,000."), "minimum")
    with transaction.atomic():
        row = wishes_of(number)
        before = _wishes(row) if row.pk else None
        row.currency, row.minimum_micros, row.schedule = currency, minimum_micros, schedule.value
        if into is not None and into != row.into:
            _require_paid(into)
            row.into = into
        row.save()
        if _wishes(row) != before:
            _record(caller, "payout_wishes.changed", number, before, _wishes(row))
    return details_of(number)


def _require_paid(into: str) -> None:
    """Whether everything can be paid in a currency."""
    paid = payout_currencies()
    if into and into not in paid:
        sentence = _("Nothing is paid in this currency here. Choose one of: %(currencies)s.")
        refuse("payout_currency", str(sentence) % {"currencies": ", ".join(paid) or "–"}, "into")


def payout_currencies() -> list[str]:
    """The currencies that are paid in: those in which the operator has an account and the table has rates."""
    known = rates().currencies
    return [one.currency for one in invoices.all_house_accounts() if one.currency in known]


def ask(caller: Caller) -> DetailsView:
    """Ask to be paid what is payable: for those who are paid when they ask."""
    caller.require(Permission.MONEY)
    number = caller.publisher()
    with transaction.atomic():
        row = wishes_of(number)
        if row.schedule != Schedule.MANUAL.value:
            refuse("not_manual", _("You are paid by a schedule, without asking."), status=409)
        row.asked_at = timezone.now()
        row.save()
        _record(caller, "payout.asked", number, None, None)
    return details_of(number)


def stop(caller: Caller, why: str, *, publisher: int | None = None) -> DetailsView:
    """Pay nothing until the operator lets it go on: for whoever sees that something is wrong."""
    caller.require(Permission.MONEY)
    number = _publisher(caller, publisher)
    if not why.strip():
        refuse("why_needed", _("Say what is wrong, so that the operator can look into it."), "why")
    with transaction.atomic():
        if not Stop.objects.system().filter(publisher=number, ended_at=None).exists():
            Stop.objects.system().create(publisher=number, why=why.strip()[:500], actor=caller.actor)
            _record(caller, "payouts.stopped", number, None, {"stopped": True}, why=why.strip())
    return details_of(number)


def resume(caller: Caller, publisher: int, why: str) -> DetailsView:
    """Let payouts go on: the operator's to decide, whoever stopped them."""
    caller.require_operator(Permission.MONEY)
    number = _publisher(caller, publisher)
    if not why.strip():
        refuse("why_needed", _("Say why it is safe to go on."), "why")
    with transaction.atomic():
        ended = Stop.objects.system().filter(publisher=number, ended_at=None).update(ended_at=timezone.now())
        if not ended:
            refuse("not_stopped", _("These payouts are not stopped."), status=409)
        _record(caller, "payouts.resumed", number, {"stopped": True}, {"stopped": False}, why=why.strip())
    return details_of(number)


def wishes_of(publisher: int) -> Wishes:
    """How a publisher wants to be paid, as it said or as is usual."""
    found = Wishes.objects.system().filter(publisher=publisher).first()
    return found or usual_wishes(publisher, people.party(Kind.PUBLISHER, publisher))


def _publisher(caller: Caller, publisher: int | None) -> int:
    if caller.sees_all and publisher is not None:
        return people.party(Kind.PUBLISHER, publisher).number
    return caller.publisher(publisher)


def _problems(holder: str, account: BankAccount) -> list[Problem]:
    found = []
    if not 2 <= len(holder) <= 70:
        found.append(Problem("holder", _("Say who holds the account, as the bank knows them."), "holder"))
    if code := account_problem(account):
        field, sentence = invoices.ACCOUNT_PROBLEMS[code]
        found.append(Problem(f"account_{code}", sentence, field))
    return found


def _is_same(row: Account, holder: str, account: BankAccount) -> bool:
    told = (account.scheme.value, account.number, account.country, account.bic or "")
    return not row.refused and (row.scheme, row.number, row.country, row.bic, row.holder) == (*told, holder)


def _made(caller: Caller, number: int, holder: str, account: BankAccount) -> Account:
    now = timezone.now()
    return Account.objects.system().create(
        publisher=number,
        holder=holder,
        scheme=account.scheme.value,
        number=account.number,
        country=account.country,
        bic=account.bic or "",
        since=now,
        usable_from=now + HELD_FOR,
        actor=caller.actor,
        user=caller.user,
    )


def _told(row: Account) -> dict[str, Any]:
    """As the log holds it: whoever reads the log need not read whole accounts."""
    return {"holder": row.holder, "scheme": row.scheme, "number": f"…{row.number[-4:]}", "bic": row.bic}


def _wishes(row: Wishes) -> dict[str, Any]:
    minimum = {"micros": row.minimum_micros, "currency": row.currency}
    return {"minimum": minimum, "schedule": row.schedule, "into": row.into}


def _record(
    caller: Caller,
    action: str,
    publisher: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    why: str = "",
) -> None:
    audit.record(
        caller,
        action=action,
        subject=f"publisher {publisher}",
        before=before,
        after=after,
        why=why,
        publisher=publisher,
    )
