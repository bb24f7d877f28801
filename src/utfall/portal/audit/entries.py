"""Reading the log: narrowed to the caller, filtered, newest first, and written out for those who check it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from django.db.models import Q, QuerySet

from utfall.engine.receipts import canonical
from utfall.portal.access import Caller, Permission, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit.chain import document, verify, written
from utfall.portal.audit.contracts import Entry, Filters, Verdict
from utfall.portal.audit.models import AuditEntry
from utfall.portal.look.exports import csv_line, first_line, safe
from utfall.portal.look.formats import money, share

ANYTHING: Final = Filters()
COLUMNS: Final = (
    *("seq", "at", "action", "subject", "actor", "via", "user", "key", "organisation"),
    *("advertiser", "publisher", "before", "after", "why", "prior", "hash"),
)


def entries(
    caller: Caller, filters: Filters = ANYTHING, *, after: int | None = None, limit: int = USUAL
) -> Slice[Entry]:
    """The changes that concern the caller, newest first, from below the number `after`."""
    caller.require(Permission.AUDIT)
    rows = _wanted(caller, filters)
    return newest(rows, lambda row: _entry(caller, row), after=after, limit=limit)


def entry(caller: Caller, seq: int) -> Entry:
    """One change, or NotFound."""
    caller.require(Permission.AUDIT)
    return _entry(caller, AuditEntry.objects.one(caller, seq=seq))


def actions(caller: Caller) -> list[str]:
    """The actions that occur in the caller's part of the log."""
    caller.require(Permission.AUDIT)
    return list(AuditEntry.objects.of(caller).order_by("action").values_list("action", flat=True).distinct())


def check(caller: Caller) -> Verdict:
    """Check the whole chain, for somebody who may read the log."""
    caller.require(Permission.AUDIT)
    return verify()


def export_lines(caller: Caller, filters: Filters = ANYTHING) -> Iterator[str]:
    """The log as JSON lines, oldest first: each the hashed document, as it was hashed, and its hash.

    Where the actor is hidden from the caller so is the proof: such a line has no `hashed`.
    """
    caller.require(Permission.AUDIT)
    for row in _wanted(caller, filters).order_by("seq").iterator(500):
        shown: dict[str, Any] = {**document(row), "hash": row.hash}
        if _is_hidden(caller, row):
            shown |= {"actor": "", "user": None, "key": None}
        yield canonical(shown).decode() + "\n"


def export_csv(caller: Caller, filters: Filters = ANYTHING) -> Iterator[str]:
    """The log as CSV, oldest first."""
    caller.require(Permission.AUDIT)
    yield first_line(COLUMNS)
    for row in _wanted(caller, filters).order_by("seq").iterator(500):
        shown = {**document(row), "before": row.before, "after": row.after, "hash": row.hash}
        if _is_hidden(caller, row):
            shown |= {"actor": "", "user": None, "key": None}
        yield csv_line(_cell(shown[column]) for column in COLUMNS)


def hashed_text(one: Entry) -> str:
    """The text that an entry's hash is taken over; empty where its actor is hidden."""
    if not one.actor:
        return ""
    told = {field.name: getattr(one, field.name) for field in fields(one) if field.name != "hash"}
    return canonical({**told, "at": written(one.at)}).decode()


def changes(one: Entry) -> list[tuple[str, str, str]]:
    """What differs between before and after: the field, the old value and the new."""
    before, after = _flat(one.before or {}), _flat(one.after or {})
    names = list(dict.fromkeys([*before, *after]))
    return [
        (name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name) != after.get(name)
    ]


def _flat(values: Mapping[str, Any], path: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in values.items():
        where = f"{path}.{name}" if path else name
        if isinstance(value, dict) and set(value) == {"micros", "currency"}:
            found[where] = money(value["micros"], value["currency"])
        elif isinstance(value, dict) and value:
            found |= _flat(value, where)
        elif name.endswith("_ppm") and isinstance(value, int):
            found[where] = share(value)
        else:
            found[where] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return found


def _wanted(caller: Caller, filters: Filters) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.of(caller)
    exact = {"action": filters.action, "subject": filters.subject, "actor": filters.actor}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.words:
        wanted = Q()
        for column in ("subject", "actor", "action", "why"):
            wanted |= Q(**{f"{column}__icontains": filters.words})
        rows = rows.filter(wanted)
    if filters.since is not None:
        rows = rows.filter(at__gte=filters.since)
    return rows.filter(at__lt=filters.until) if filters.until is not None else rows


def _entry(caller: Caller, row: AuditEntry) -> Entry:
    shown: dict[str, Any] = {**document(row), "at": row.at, "hash": row.hash}
    if _is_hidden(caller, row):
        shown |= {"actor": "", "user": None, "key": None}
    return Entry(**shown)


def _is_hidden(caller: Caller, row: AuditEntry) -> bool:
    """Whether a person of the other side made the change: what they did is shown, not who they are."""
    if caller.sees_all or row.organisation == caller.organisation:
        return False
    return row.advertiser not in caller.advertisers


def _cell(value: Any) -> str:
    return "" if value is None else safe(str(value))
