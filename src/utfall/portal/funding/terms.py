"""Terms of payment: what was agreed with an advertiser in a currency; each change is a row of its own."""

from collections.abc import Collection
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from utfall.money import minor_digits, minor_micros
from utfall.portal.access import Caller, Kind, Permission, Problem, Refused
from utfall.portal.audit import facade as audit
from utfall.portal.funding.contracts import USUAL_DAYS, TermsDraft, TermsView, Way
from utfall.portal.funding.models import Terms
from utfall.portal.people import facade as people

DAYS_AT_MOST: Final = 180
LIMIT_AT_MOST: Final = 10**18
SHOWN: Final = 50

Key = tuple[int, str]


def agreed(advertiser: int | None = None) -> dict[Key, TermsView]:
    """The terms that hold, by advertiser and currency: of one advertiser or of all."""
    rows = Terms.objects.system()
    if advertiser is not None:
        rows = rows.filter(advertiser=advertiser)
    newest = rows.values("advertiser", "currency").annotate(newest=Max("pk")).values("newest")
    held = Terms.objects.system().filter(pk__in=newest)
    return {(row.advertiser, row.currency): _view(row) for row in held}


def terms_of(advertiser: int, currency: str) -> TermsView:
    """The terms that hold for an advertiser in a currency."""
    row = Terms.objects.system().filter(advertiser=advertiser, currency=currency).order_by("-pk").first()
    return _view(row) if row else usual(advertiser, currency)


def days_to_pay(advertiser: int, currency: str) -> int:
    """Within how many days an invoice is due."""
    return terms_of(advertiser, currency).days_to_pay


def days_of(advertisers: Collection[int], currency: str) -> dict[int, int]:
    """The same of many at once, of those with whom anything was agreed."""
    rows = Terms.objects.system().filter(advertiser__in=list(advertisers), currency=currency)
    # The newest comes last, so that it holds.
    return dict(rows.order_by("pk").values_list("advertiser", "days_to_pay"))


def usual(advertiser: int, currency: str) -> TermsView:
    """What holds where nothing was agreed."""
    return TermsView(
        advertiser=advertiser,
        currency=currency,
        way=Way.INVOICED,
        limit_micros=None,
        days_to_pay=USUAL_DAYS,
        since=None,
        actor="",
        why="",
    )


def history(caller: Caller, advertiser: int | None = None) -> list[TermsView]:
    """What was agreed with an advertiser, the newest first."""
    caller.require(Permission.MONEY)
    number = caller.advertiser(advertiser)
    rows = Terms.objects.of(caller).filter(advertiser=number).order_by("-pk")[:SHOWN]
    return [_view(row) for row in rows]


def set_terms(caller: Caller, advertiser: int, draft: TermsDraft) -> TermsView:
    """Agree on terms from now on; invoices that were issued keep their day."""
    caller.require_operator(Permission.MONEY)
    party = people.party(Kind.ADVERTISER, advertiser)
    _check(draft)
    is_prepaid = draft.way is Way.PREPAID
    with transaction.atomic():
        before = terms_of(party.number, draft.currency)
        row = Terms.objects.system().create(
            advertiser=party.number,
            currency=draft.currency,
            way=draft.way.value,
            limit_micros=0 if is_prepaid else draft.limit_micros,
            days_to_pay=0 if is_prepaid else draft.days_to_pay,
            why=draft.why.strip(),
            actor=caller.actor,
        )
        view = _view(row)
        audit.record(
            caller,
            action="funding_terms.changed",
            subject=f"advertiser {party.number}",
            before=_told(before),
            after=_told(view),
            why=view.why,
            advertiser=party.number,
        )
    return view


def _check(draft: TermsDraft) -> None:
    """Refused with everything that is wrong."""
    found = []
    known = minor_digits(draft.currency) is not None
    if not known:
        words = _("Write a currency by its three letters, such as SEK.")
        found.append(Problem("currency_unknown", words, "currency"))
    if draft.way is Way.INVOICED:
        limit = draft.limit_micros
        if limit is not None and not 0 <= limit <= LIMIT_AT_MOST:
            found.append(Problem("limit_range", _("The limit is nought or more, or left empty."), "limit"))
        elif limit is not None and known and limit % minor_micros(draft.currency):
            words = _("The limit has no more decimals than the currency.")
            found.append(Problem("limit_not_whole", words, "limit"))
        if not 0 <= draft.days_to_pay <= DAYS_AT_MOST:
            found.append(Problem("days_range", _("Choose between 0 and 180 days."), "days_to_pay"))
    if found:
        raise Refused(found)


def _told(view: TermsView) -> dict[str, Any]:
    limit = view.limit_micros
    return {
        "currency": view.currency,
        "way": view.way.value,
        "limit": None if limit is None else {"micros": limit, "currency": view.currency},
        "days_to_pay": view.days_to_pay,
    }


def _view(row: Terms) -> TermsView:
    return TermsView(
        advertiser=row.advertiser,
        currency=row.currency,
        way=Way(row.way),
        limit_micros=row.limit_micros,
        days_to_pay=row.days_to_pay,
        since=row.since,
        actor=row.actor,
        why=row.why,
    )
