"""Letters about papers, to those who see to money at whoever got one."""

from typing import Final

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from utfall.portal.access import Permission
from utfall.portal.invoices.drafting import KINDS
from utfall.portal.invoices.models import Paper
from utfall.portal.invoices.paper_contracts import PaperState
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import Party
from utfall.portal.post import facade as post
from utfall.portal.site import site

AT_ONCE: Final = 500
"""Letters of one look: a run may have thousands."""


def tell() -> int:
    """Write about papers that were issued since; how many those were."""
    rows = Paper.objects.system().filter(state=PaperState.ISSUED.value, is_told=False)
    some = list(rows.order_by("pk")[:AT_ONCE])
    for owner, kind in KINDS.items():
        parties = people.parties(kind, {row.party for row in some if row.owner == owner})
        for row in some:
            if row.owner == owner:
                _tell(row, parties.get(row.party))
    return len(some)


def _tell(row: Paper, party: Party | None) -> None:
    with transaction.atomic():
        if party is not None:
            _send(row, party)
        row.is_told = True
        row.save(update_fields=["is_told"])


def _send(row: Paper, party: Party) -> None:
    for reader in people.readers(party, Permission.MONEY):
        address = site().portal_url.rstrip("/") + reverse("invoices:paper", args=[reader.slug, row.pk])
        context = {
            "paper": row,
            "total": row.net_micros + row.tax_micros,
            "credited": -row.net_micros - row.tax_micros,
            "party": party.name,
            "address": address,
        }
        with translation.override(reader.language):
            subject = render_to_string("invoices/letters/letter_subject.txt", context)
            body = render_to_string("invoices/letters/letter.txt", context)
        post.send(
            reader.email, " ".join(subject.split())[:200], body.strip() + "\n", language=reader.language
        )
