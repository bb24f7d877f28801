"""The only way into the post."""

from datetime import timedelta
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, NotFound, Permission, Slice, refuse
from utfall.portal.access.errors import Words
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit.facade import record
from utfall.portal.post.backlog import backlog
from utfall.portal.post.contracts import LetterView, Opened, State
from utfall.portal.post.models import Letter
from utfall.portal.post.sending import send_due
from utfall.portal.site import site

KEPT_FOR: Final = timedelta(days=30)


def send(to: str, subject: Words, text: Words, *, html: str | None = None, language: str = "") -> None:
    """Write a letter; it leaves once the transaction is committed. Lazy words are said in its language."""
    with translation.override(language or translation.get_language() or "en"):
        message = EmailMultiAlternatives(" ".join(str(subject).split()), str(text), None, [to])
        if html is not None:
            message.attach_alternative(html, "text/html")
        message.send()


def letters(
    caller: Caller, state: State | None = None, *, after: int | None = None, limit: int = USUAL
) -> Slice[LetterView]:
    """How letters fare, newest first."""
    caller.require(Permission.OPERATE)
    rows = Letter.objects.of(caller)
    if state is not None:
        rows = rows.filter(state=state.value)
    return newest(rows, _view, after=after, limit=limit)


def counts(caller: Caller) -> dict[State, int]:
    """How many letters are in each state."""
    caller.require(Permission.OPERATE)
    rows = Letter.objects.of(caller)
    return {state: rows.filter(state=state.value).count() for state in State}


def retry(caller: Caller, letter: int) -> LetterView:
    """Try a letter again that was given up or kept."""
    caller.require(Permission.OPERATE)
    found = Letter.objects.one(caller, pk=letter)
    if found.state not in {Letter.State.FAILED, Letter.State.KEPT}:
        refuse("not_stuck", _("This letter is on its way or has been sent."), status=409)
    if not site().mail_url:
        refuse("no_mail_server", _("No mail server is set. Set mail_url first, then try again."), status=409)
    found.state, found.attempts, found.next_try, found.error = Letter.State.WAITING, 0, timezone.now(), ""
    found.save()
    record(caller, action="letter.retry", subject=f"letter {letter}", before=None, after=None)
    return _view(found)


def mailbox() -> list[Opened]:
    """The newest letters as their readers would see them. Only a demo has a mailbox."""
    _only_in_a_demo()
    return [_opened(row) for row in Letter.objects.system().order_by("-pk")[:100]]


def opened(letter: int) -> Opened:
    """One letter of the demo's mailbox."""
    _only_in_a_demo()
    found = Letter.objects.system().filter(pk=letter).first()
    if found is None:
        raise NotFound
    return _opened(found)


def forget_old() -> int:
    """Remove letters that have lain for a month, whatever became of them."""
    return Letter.objects.system().filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _only_in_a_demo() -> None:
    if not site().demo:
        raise NotFound


def _view(row: Letter) -> LetterView:
    return LetterView(
        id=row.pk,
        to=row.to,
        subject=row.subject,
        state=State(row.state),
        attempts=row.attempts,
        next_try=row.next_try,
        error=row.error,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )


def _opened(row: Letter) -> Opened:
    return Opened(
        id=row.pk,
        to=row.to,
        sender=row.sender,
        subject=row.subject,
        text=row.text,
        html=row.html,
        language=row.language,
        created_at=row.created_at,
    )


__all__ = ["backlog", "counts", "forget_old", "letters", "mailbox", "opened", "retry", "send", "send_due"]
