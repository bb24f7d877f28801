"""The letters this app writes: what the operator decided about a program that was handed in."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from utfall.portal.access import Kind, Permission
from utfall.portal.people import facade as people
from utfall.portal.post import facade as post
from utfall.portal.programs.contracts import State
from utfall.portal.programs.models import Program
from utfall.portal.site import site


def send_decision(row: Program, state: State, why: str) -> None:
    """To those who manage the advertiser's programs, its own address, and whoever began the draft."""
    party = people.party(Kind.ADVERTISER, row.advertiser)
    for reader in people.readers(party, Permission.MANAGE, row.created_by):
        address = site().portal_url.rstrip("/") + reverse("programs:program", args=[reader.slug, row.pk])
        with translation.override(reader.language):
            subject, text = _said(row.name, state, why)
            post.send(reader.email, subject, f"{text}\n\n{address}\n", language=reader.language)


def _said(name: str, state: State, why: str) -> tuple[str, str]:
    if state is State.ACTIVE:
        subject = _("%(name)s is live") % {"name": name}
        return subject, _("The operator approved %(name)s. Publishers can see it now.") % {"name": name}
    subject = _("%(name)s came back") % {"name": name}
    return subject, _("The operator returned %(name)s and asks: %(why)s") % {"name": name, "why": why}
