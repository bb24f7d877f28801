"""Idempotency: a request that is sent again with the same key is answered again, not done again.

The answer is stored in the transaction that makes the change, so there is never one without the other. A key
belongs to one API key, lasts a day, and stands for one request: the same method, address and body.
"""

from datetime import timedelta
from hashlib import blake2b
from typing import Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from utfall.portal.access import Caller
from utfall.portal.rest.models import Answered
from utfall.portal.rest.problems import Answer

HEADER: Final = "Idempotency-Key"
KEPT_FOR: Final = timedelta(days=1)
ABANDONED_AFTER: Final = timedelta(minutes=2)
"""No request takes this long: the process that answered died, and nothing was changed."""
KEPT_HEADERS: Final = ("Content-Type", "Location", "Content-Language")


def begin(request: HttpRequest, caller: Caller) -> Answered | None:
    """Claim the request's idempotency key; None where it has none. Raises where another holds it."""
    name = request.headers.get(HEADER)
    if name is None:
        return None
    if not (1 <= len(name) <= 255 and name.isprintable()):
        raise Answer("idempotency_key_invalid")
    digest = digest_of(request)
    assert caller.key is not None, "the API is for keys"
    mine = Answered(key=caller.key, name=name, request=digest)
    forget_old()
    try:
        with transaction.atomic():
            mine.save(force_insert=True)
        return mine
    except IntegrityError:
        return _met(Answered.objects.system().get(key=caller.key, name=name), digest)


def _met(other: Answered, digest: str) -> Answered:
    if other.request != digest:
        raise Answer("idempotency_mismatch")
    if other.status is None:
        taken_over = Answered.objects.system().filter(
            pk=other.pk, status=None, created_at__lt=timezone.now() - ABANDONED_AFTER
        )
        if not taken_over.update(created_at=timezone.now()):
            raise Answer("in_progress", {"Retry-After": "1"})
    return other


def replayed(mine: Answered) -> HttpResponse | None:
    """The answer that was given before, byte for byte."""
    if mine.status is None:
        return None
    headers = {**mine.headers, "Idempotent-Replayed": "true"}
    return HttpResponse(bytes(mine.body), status=mine.status, headers=headers)


def keep(mine: Answered, answer: HttpResponse) -> None:
    """Store the answer; where something broke or was put off, let the key be used again instead."""
    if answer.status_code >= 500 or answer.status_code == 429:
        mine.delete()
        return
    mine.status, mine.body = answer.status_code, answer.content
    mine.headers = {name: answer[name] for name in KEPT_HEADERS if name in answer}
    mine.save()


def digest_of(request: HttpRequest) -> str:
    """What makes two requests the same: method, address and body, or the fields and files of a form.

    The boundary of a form is another each time, and its files are read in pieces, as large as they may be.
    """
    told = blake2b(digest_size=32)
    for part in (request.method or "", request.get_full_path()):
        told.update(part.encode() + b"\0")
    if request.method == "POST" and request.content_type == "multipart/form-data":
        _add_form(told, request)
    else:
        told.update(request.body)
    return told.hexdigest()


def _add_form(told: "blake2b", request: HttpRequest) -> None:
    for name in sorted(request.POST):
        for value in request.POST.getlist(name):
            told.update(_framed(name) + _framed(value))
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            told.update(_framed(name) + _framed(file.name or "") + _framed(str(file.size)))
            for piece in file.chunks():
                told.update(piece)
            file.seek(0)


def _framed(text: str) -> bytes:
    """A text with its length before it, so that two never read as one."""
    content = text.encode()
    return len(content).to_bytes(8, "big") + content


def forget_old() -> None:
    """Remove answers nobody may ask for any more."""
    Answered.objects.system().filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
