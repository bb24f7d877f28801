"""The chain: every entry carries the hash of the one before it, so that none can change or vanish unseen.

`docs/algorithms/audit.md` works an example through by hand.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise

from utfall.engine.receipts import canonical, digest
from utfall.money import Money
from utfall.portal.access import Caller, Kind
from utfall.portal.audit.contracts import Verdict
from utfall.portal.audit.models import AuditEntry

GENESIS: Final = "0" * 64
"""The hash before the first."""

Plain = str | int | bool | None | list[Any] | dict[str, Any]


def record(
    caller: Caller | None,
    *,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    why: str = "",
    advertiser: int | None = None,
    publisher: int | None = None,
) -> int:
    """Write a change into the log, in the transaction that makes it; the entry's number.

    No caller: the installation itself. Whom it concerns is the caller's own side unless it is said.
    """
    columns = {
        "at": _now(),
        "action": action,
        "subject": subject,
        "before": _text(before),
        "after": _text(after),
        "why": why,
        **_who(caller),
        **_whom(caller, advertiser, publisher),
    }
    with transaction.atomic():
        last = AuditEntry.objects.system().order_by("-seq").values("seq", "hash").first()
        seq, prior = (last["seq"] + 1, last["hash"]) if last else (1, GENESIS)
        entry = AuditEntry(seq=seq, prior=prior, **columns)
        entry.hash = hash_of(entry)
        entry.save(force_insert=True)
    return seq


def latest() -> int:
    """The number of the newest entry; 0 where there is none. Who keeps what people's changes decide, asks."""
    number: int | None = AuditEntry.objects.system().aggregate(number=Max("seq"))["number"]
    return number or 0


def document(entry: AuditEntry) -> dict[str, Any]:
    """What an entry's hash is taken over, before it is written as canonical JSON."""
    return {
        "seq": entry.seq,
        "at": written(entry.at),
        "action": entry.action,
        "subject": entry.subject,
        "actor": entry.actor,
        "via": entry.via,
        "user": entry.user,
        "key": entry.key,
        "organisation": entry.organisation,
        "advertiser": entry.advertiser,
        "publisher": entry.publisher,
        "before": json.loads(entry.before),
        "after": json.loads(entry.after),
        "why": entry.why,
        "prior": entry.prior,
    }


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 of the entry's canonical JSON, in hex."""
    return digest(canonical(document(entry)))


def verify(since: int = 1) -> Verdict:
    """Check every entry from a number on: its own hash, its link to the one before, and that none misses."""
    before = AuditEntry.objects.system().filter(seq=since - 1).first()
    expected, prior, checked = since, before.hash if before else GENESIS, 0
    if since > 1 and before is None:
        return Verdict(checked=0, head=prior, broken_at=since - 1, reason="missing")
    for entry in AuditEntry.objects.system().filter(seq__gte=since).order_by("seq").iterator(2000):
        reason = _fault(entry, expected, prior)
        if reason:
            return Verdict(checked=checked, head=prior, broken_at=expected, reason=reason)
        expected, prior, checked = expected + 1, entry.hash, checked + 1
    return Verdict(checked=checked, head=prior)


def _fault(entry: AuditEntry, expected: int, prior: str) -> str:
    if entry.seq != expected:
        return "missing"
    if entry.prior != prior:
        return "unlinked"
    return "" if entry.hash == hash_of(entry) else "changed"


def plain(value: Any) -> Plain:
    """A value as it stands in canonical JSON: no floats, times in UTC, money as micros and currency."""
    match value:
        case bool() | int() | None:
            return value
        case Enum():
            return plain(value.value)
        case str() | Promise():
            return str(value)
        case datetime():
            return written(value)
        case date():
            return value.isoformat()
        case Money():
            return {"micros": value.micros, "currency": value.currency}
        case Mapping():
            return {str(key): plain(part) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
        case set() | frozenset():
            return sorted((plain(part) for part in value), key=str)
    raise TypeError(f"{type(value).__name__} has no place in the log")


def written(when: datetime) -> str:
    """A time as RFC 3339 in UTC, to the millisecond."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(values: Mapping[str, Any] | None) -> str:
    return canonical(plain(values)).decode()


def _now() -> datetime:
    now = timezone.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _who(caller: Caller | None) -> dict[str, Any]:
    if caller is None:
        return {"actor": "utfall", "via": "system", "user": None, "key": None, "organisation": 0}
    return {
        "actor": caller.actor,
        "via": "key" if caller.key is not None else "user",
        "user": caller.user,
        "key": caller.key,
        "organisation": caller.organisation,
    }


def _whom(caller: Caller | None, advertiser: int | None, publisher: int | None) -> dict[str, int | None]:
    if caller is not None and advertiser is None and publisher is None:
        advertiser = caller.number if caller.kind is Kind.ADVERTISER else None
        publisher = caller.number if caller.kind is Kind.PUBLISHER else None
    return {"advertiser": advertiser, "publisher": publisher}
