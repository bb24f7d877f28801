"""After every change: it is logged and the next snapshot is asked for, in the same transaction."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from msgspec import Struct, to_builtins

from utfall.portal.access import Caller
from utfall.portal.audit import facade as audit
from utfall.portal.changes import facade as feed
from utfall.portal.programs.models import Program
from utfall.portal.sealing import facade as sealing

Before = Mapping[str, Any] | None


def changed(
    caller: Caller,
    program: Program,
    action: str,
    *,
    subject: str = "",
    before: Before = None,
    after: Before = None,
    why: str = "",
) -> None:
    """Record a change of a program, of what really changed only, and have it sealed."""
    if before is not None and after is not None:
        keys = [key for key in after if before.get(key) != after[key]]
        before, after = {key: before.get(key) for key in keys}, {key: after[key] for key in keys}
    audit.record(
        caller,
        action=f"program.{action}",
        subject=subject or f"program {program.pk}",
        before=before,
        after=after,
        why=why,
        advertiser=program.advertiser,
    )
    sealing.touch()


def tell_partners(program: Program, kind: feed.Kind, body: Mapping[str, Any]) -> None:
    """Put a change of a program into the feed, for its advertiser and all its partners."""
    feed.tell(
        kind, subject=f"program:{program.pk}", advertiser=program.advertiser, program=program.pk, body=body
    )


def plain(value: Any) -> Any:
    """A contract as the log stores it: names, numbers and texts."""
    if isinstance(value, Struct):
        return to_builtins(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value
