"""Letters about payouts: a new account to the owners; what was sent and what failed to who sees to money."""

from typing import Any, Final

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.payouts.models import Account, Payout
from utfall.portal.payouts.words import bank_words
from utfall.portal.people import facade as people
from utfall.portal.post import facade as post
from utfall.portal.site import site

AT_ONCE: Final = 500
"""Letters of one look: a batch may have thousands."""


def account_changed(caller: Caller, row: Account, before: Account | None) -> None:
    """Whoever owns the organisation learns that money goes elsewhere from now on, while it can be stopped."""
    told = {"account": row, "before": before, "who": caller.actor, "ending": row.number[-4:]}
    _send(row.publisher, Permission.PEOPLE, "account", "payouts:details", told)


def tell() -> int:
    """Those who see to money learn what is on its way; how many payouts that were."""
    rows = Payout.objects.system().filter(sent_at__isnull=False, is_told=False).select_related("batch")
    some = list(rows.order_by("pk")[:AT_ONCE])
    for row in some:
        with transaction.atomic():
            told = {"payout": row, "day": row.batch.pay_on}
            _send(row.publisher, Permission.MONEY, "sent", "payouts:payout", told, row.pk)
            row.is_told = True
            row.save(update_fields=["is_told"])
    return len(some)


def failed(row: Payout) -> None:
    """Those who see to money learn what to mend."""
    told = {
        "payout": row,
        "why": bank_words(row.reason, row.words),
        "ending": row.payee["account"]["number"][-4:],
    }
    _send(row.publisher, Permission.MONEY, "failed", "payouts:payout", told, row.pk)


def _send(
    publisher: int, needs: Permission, occasion: str, page: str, told: dict[str, Any], *route: int
) -> None:
    party = people.party(Kind.PUBLISHER, publisher)
    for reader in people.readers(party, needs):
        address = site().portal_url.rstrip("/") + reverse(page, args=[reader.slug, *route])
        context = told | {"occasion": occasion, "publisher": party.name, "address": address}
        with translation.override(reader.language):
            subject = render_to_string("payouts/letters/letter_subject.txt", context)
            body = render_to_string("payouts/letters/letter.txt", context)
        post.send(
            reader.email, " ".join(subject.split())[:200], body.strip() + "\n", language=reader.language
        )
