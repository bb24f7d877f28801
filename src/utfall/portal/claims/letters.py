"""The letters about claims: to the advertiser that one waits, to the publisher what became of it."""

from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from utfall.portal.access import Kind, Permission
from utfall.portal.claims.models import Claim
from utfall.portal.claims.words import DENIALS, FINDINGS
from utfall.portal.people import facade as people
from utfall.portal.post import facade as post
from utfall.portal.site import site

LANGUAGES: Final = {"SE": "sv", "NO": "nb"}
"""In which language people are written to who chose none, by their organisation's country."""


def filed(row: Claim) -> None:
    """A claim was filed."""
    _send(row, Kind.ADVERTISER, "filed", text=row.note)


def replied(row: Claim, text: str) -> None:
    """The publisher added something."""
    _send(row, Kind.ADVERTISER, "replied", text=text)


def reminder(row: Claim) -> None:
    """Time passes."""
    _send(row, Kind.ADVERTISER, "reminder", text="")


def asked(row: Claim, text: str) -> None:
    """The advertiser asks for more."""
    _send(row, Kind.PUBLISHER, "asked", text=text)


def decided(row: Claim) -> None:
    """It is decided."""
    _send(row, Kind.PUBLISHER, "decided", text=row.words)


def _send(row: Claim, kind: Kind, occasion: str, *, text: str) -> None:
    party = people.party(kind, row.advertiser if kind is Kind.ADVERTISER else row.publisher)
    other = people.party(
        *((Kind.PUBLISHER, row.publisher) if kind is Kind.ADVERTISER else (Kind.ADVERTISER, row.advertiser))
    )
    needed = Permission.MONEY if kind is Kind.ADVERTISER else Permission.MANAGE
    context: dict[str, Any] = {
        "claim": row,
        "occasion": occasion,
        "other": other.name,
        "text": text,
        "finding": FINDINGS[row.answer["finding"]],
        "denial": DENIALS.get(row.denial, ""),
    }
    for reader in people.correspondents(kind, party.number, needed):
        language = reader.language or LANGUAGES.get(party.country, "en")
        context["address"] = site().portal_url.rstrip("/") + reverse(
            "claims:claim", args=[reader.slug, row.pk]
        )
        with translation.override(language):
            subject = render_to_string("claims/letters/letter_subject.txt", context)
            body = render_to_string("claims/letters/letter.txt", context)
        post.send(reader.email, " ".join(subject.split())[:200], body.strip() + "\n", language=language)
