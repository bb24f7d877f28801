"""The letters this app writes: what the operator decided about a program that was handed in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from utfall.portal.access import Kind
from utfall.portal.people import facade as people
from utfall.portal.post import facade as post
from utfall.portal.programs.contracts import State
from utfall.portal.programs.models import Program
from utfall.portal.site import site


def send_decision(row: Program, state: State, why: str) -> None:
    """To whoever began the draft and to the advertiser's own address, where there is one."""
    party = people.party(Kind.ADVERTISER, row.advertiser)
    address = site().portal_url.rstrip("/") + reverse("programs:program", args=[party.slug, row.pk])
    if state is State.ACTIVE:
        subject = _("%(name)s is live") % {"name": row.name}
        text = _("The operator approved %(name)s. Publishers can see it now.") % {"name": row.name}
    else:
        subject = _("%(name)s came back") % {"name": row.name}
        text = _("The operator returned %(name)s and asks: %(why)s") % {"name": row.name, "why": why}
    for to in sorted({one for one in (row.created_by, party.contact_email) if "@" in one}):
        post.send(to, subject, f"{text}\n\n{address}\n")
