"""The letters of this app: an endpoint fails, an endpoint was switched off."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from utfall.portal.access import Kind, Permission
from utfall.portal.people import facade as people
from utfall.portal.post import facade as post
from utfall.portal.site import site
from utfall.portal.webhooks.models import Endpoint
from utfall.portal.webhooks.retrying import DISABLED_AFTER
from utfall.portal.webhooks.words import error_words


def tell_of_failures(row: Endpoint, status: int | None, error: str) -> None:
    """Write to those who look after an endpoint's tracking; the operator's own are told by its page alone."""
    kind = Kind.PUBLISHER if row.publisher is not None else Kind.ADVERTISER
    number = row.publisher if row.publisher is not None else row.advertiser
    if number is None:
        return
    context = {
        "endpoint": row,
        "name": row.description or row.url.split("/")[2],
        "is_off": row.state == Endpoint.State.DISABLED,
        "left": max(DISABLED_AFTER - row.failures, 0),
    }
    for reader in people.correspondents(kind, number, Permission.TRACK):
        page = reverse("webhooks:endpoint", kwargs={"org": reader.slug, "endpoint": row.pk})
        with translation.override(reader.language or "en"):
            why = error_words(status, error)
            told = {**context, "why": why, "address": site().portal_url.rstrip("/") + page}
            subject = render_to_string("webhooks/letters/failing_subject.txt", told)
            text = render_to_string("webhooks/letters/failing.txt", told)
        post.send(reader.email, subject, text.strip() + "\n", language=reader.language)
