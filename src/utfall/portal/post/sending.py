"""Sending: Django hands letters to the outbox, which stores them; `send_due` takes them to the mail server.

A letter is tried eight times within about a day, then given up and shown to the operator. A mail server that
refuses the address for good is believed at once.
"""

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone, translation

from utfall.portal.post.models import Letter
from utfall.portal.site import site

logger = logging.getLogger(__name__)

TRIES: Final = 8
FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=8)
AT_ONCE: Final = 50
TIMEOUT_SECONDS: Final = 20


class Outbox(BaseEmailBackend):
    """Django's mail backend: a letter is stored, within the transaction that writes it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store each message once for each of its recipients."""
        letters = [_letter(message, to) for message in email_messages for to in message.recipients()]
        Letter.objects.system().bulk_create(letters)
        return len(email_messages)


class Server(NamedTuple):
    """A mail server, as `mail_url` names it."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool

    @classmethod
    def parse(cls, url: str) -> "Server":
        """Read smtp://user:password@host:587?tls=starttls, tls=none, or smtps://… for TLS from the start."""
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("a mail server is named as smtp://user:password@host:587?tls=starttls")
        wanted = parse_qs(parts.query).get("tls", ["starttls" if parts.scheme == "smtp" else "tls"])[0]
        if wanted not in {"starttls", "tls", "none"}:
            raise ValueError("tls is starttls, tls or none")
        tls = wanted == "tls"
        return cls(
            parts.hostname,
            parts.port or (465 if tls else 587),
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            wanted == "starttls",
            tls,
        )

    def connection(self) -> EmailBackend:
        """A connection that is opened when the first letter is sent."""
        return EmailBackend(
            host=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.starttls,
            use_ssl=self.tls,
            timeout=TIMEOUT_SECONDS,
        )


def send_due(now: datetime | None = None) -> int:
    """Send what is due; how many letters were taken by the mail server."""
    url = site().mail_url
    if not url:
        return 0
    due = Letter.objects.system().filter(state=Letter.State.WAITING, next_try__lte=now or timezone.now())
    letters = list(due.order_by("next_try", "pk")[:AT_ONCE])
    if not letters:
        return 0
    connection = Server.parse(url).connection()
    try:
        return sum(_try(letter, connection) for letter in letters)
    finally:
        _close(connection)


def _try(letter: Letter, connection: EmailBackend) -> bool:
    letter.attempts += 1
    try:
        connection.send_messages([_message(letter)])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        _put_off(
            letter,
            f"refused by the mail server ({codes[0]})",
            for_good=all(500 <= code < 600 for code in codes),
        )
        return False
    except (smtplib.SMTPException, OSError, ValueError) as error:
        _put_off(letter, _told(error), for_good=isinstance(error, ValueError))
        _close(connection)
        return False
    letter.state, letter.sent_at, letter.error = Letter.State.SENT, timezone.now(), ""
    if not site().demo:
        letter.text = letter.html = ""
    letter.save()
    return True


def _put_off(letter: Letter, error: str, *, for_good: bool) -> None:
    letter.error = error[:300]
    if for_good or letter.attempts >= TRIES:
        letter.state = Letter.State.FAILED
        logger.warning("letter %s is given up after %s tries: %s", letter.pk, letter.attempts, letter.error)
    else:
        letter.next_try = timezone.now() + min(FIRST_WAIT * 4 ** (letter.attempts - 1), LONGEST_WAIT)
    letter.save()


def _told(error: Exception) -> str:
    """What went wrong, without anything the letter says."""
    match error:
        case smtplib.SMTPAuthenticationError(smtp_code=code):
            return f"the mail server does not accept the user and password ({code})"
        case smtplib.SMTPResponseException(smtp_code=code):
            return f"the mail server answered {code}"
        case ValueError():
            return "an address or the subject is not fit to be sent"
    return f"the mail server is not reached ({type(error).__name__})"


def _close(connection: EmailBackend) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError) as error:
        logger.info("the mail server ended the connection: %s", type(error).__name__)


def _letter(message: EmailMessage, to: str) -> Letter:
    return Letter(
        to=to,
        sender=message.from_email,
        subject=str(message.subject)[:300],
        text=str(message.body) if message.content_subtype == "plain" else "",
        html=_html(message),
        language=translation.get_language() or "",
        state=Letter.State.WAITING if site().mail_url else Letter.State.KEPT,
    )


def _html(message: EmailMessage) -> str:
    if message.content_subtype == "html":
        return str(message.body)
    alternatives: list[Any] = list(getattr(message, "alternatives", ()))
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")


def _message(letter: Letter) -> EmailMultiAlternatives:
    headers = {"Content-Language": letter.language} if letter.language else {}
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        letter.sender or None,
        [letter.to],
        headers={**headers, "Auto-Submitted": "auto-generated"},
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message
