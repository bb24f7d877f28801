"""The letters this app writes."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from utfall.portal.people.models import Invitation, User
from utfall.portal.site import site


def send_invitation(row: Invitation, secret: str) -> None:
    """The letter with the link, in the invited person's language, or else the inviter's."""
    known = User.objects.filter(email=row.email).first()
    language = (known.language if known else "") or (row.invited_by.language if row.invited_by else "")
    with translation.override(language or translation.get_language()):
        address = site().portal_url.rstrip("/") + reverse("people-open:invitation", args=[secret])
        context = {"invitation": row, "organisation": row.organisation, "address": address}
        subject = render_to_string("people/letters/invitation_subject.txt", context)
        text = render_to_string("people/letters/invitation.txt", context)
        letter = EmailMultiAlternatives(
            " ".join(subject.split()), text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [row.email]
        )
        letter.attach_alternative(render_to_string("people/letters/invitation.html", context), "text/html")
        letter.send()
