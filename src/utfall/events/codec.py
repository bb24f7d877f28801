"""The two forms of an event: compact msgpack arrays for the journal, JSON objects for people and partners.

Both are canonical: the same event always has the same bytes. A stored event of an older version is upgraded
by the pure functions in `UPGRADES` when it is read; what was written is never rewritten.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

import msgspec

from utfall.events import kinds
from utfall.events.kinds import AnyEvent
from utfall.events.money import MoneyEvent

CURRENT_VERSION: Final = 1
KINDS: Final[dict[str, type[Any]]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (
        kinds.Impression,
        kinds.Viewable,
        kinds.VideoProgress,
        kinds.Click,
        kinds.Conversion,
        kinds.Amendment,
        kinds.Cost,
        kinds.Refusal,
        *get_args(MoneyEvent),
    )
}
_VERSION_AT: Final = 4
"""Position of the version in a stored event: tag, id, occurred_at, received_at, version."""

Upgrade = Callable[[list[Any]], list[Any]]
UPGRADES: Final[dict[tuple[str, int], Upgrade]] = {}
"""From (kind, version) to the function that lifts its stored fields to the next version."""

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(AnyEvent)
_many = msgspec.msgpack.Decoder(list[AnyEvent])
_json = msgspec.json.Encoder(order="deterministic")


class EventDecodeError(ValueError):
    """Bytes that are no event this version can read. `index` is its place where several were decoded."""

    def __init__(self, why: str, *, index: int = 0) -> None:
        super().__init__(f"event {index}: {why}")
        self.why = why
        self.index = index


def encode(event: AnyEvent) -> bytes:
    """The compact form, as the journal stores it."""
    return _encoder.encode(event)


def decode(data: bytes, upgrades: Mapping[tuple[str, int], Upgrade] = UPGRADES) -> AnyEvent:
    """Read one stored event of any version; EventDecodeError when it cannot be read."""
    try:
        event = _decoder.decode(data)
    except msgspec.MsgspecError:
        return _lift(_raw(data), upgrades, index=0)
    return event if event.version == CURRENT_VERSION else _lift(_raw(data), upgrades, index=0)


def decode_many(data: bytes, upgrades: Mapping[tuple[str, int], Upgrade] = UPGRADES) -> list[AnyEvent]:
    """Read a stored msgpack array of events, one call for a whole commit."""
    try:
        events = _many.decode(data)
    except msgspec.MsgspecError:
        events = None
    if events is not None and all(event.version == CURRENT_VERSION for event in events):
        return events
    return [_lift(stored, upgrades, index=index) for index, stored in enumerate(_raw(data))]


def _raw(data: bytes) -> list[Any]:
    try:
        stored = msgspec.msgpack.decode(data)
    except msgspec.MsgspecError as error:
        raise EventDecodeError(str(error)) from error
    if not isinstance(stored, list):
        raise EventDecodeError("not an array")
    return stored


def _has_envelope(stored: Any) -> bool:
    return (
        isinstance(stored, list)
        and len(stored) > _VERSION_AT
        and isinstance(stored[0], str)
        and isinstance(stored[_VERSION_AT], int)
    )


def _lift(stored: Any, upgrades: Mapping[tuple[str, int], Upgrade], *, index: int) -> AnyEvent:
    """Apply upgrades one version at a time until the event is current, then check it."""
    if not _has_envelope(stored):
        raise EventDecodeError("no envelope", index=index)
    while stored[_VERSION_AT] != CURRENT_VERSION or (stored[0], stored[_VERSION_AT]) in upgrades:
        upgrade = upgrades.get((stored[0], stored[_VERSION_AT]))
        if upgrade is None:
            raise EventDecodeError(f"{stored[0]} version {stored[_VERSION_AT]} is not readable", index=index)
        stored = upgrade(stored)
    try:
        event: AnyEvent = msgspec.convert(stored, AnyEvent)
    except msgspec.ValidationError as error:
        raise EventDecodeError(str(error), index=index) from error
    return event


def to_json(event: AnyEvent) -> bytes:
    """The readable form: an object with the kind and every field that is set."""
    named = {name: getattr(event, name) for name in event.__struct_fields__}
    set_fields = {name: value for name, value in named.items() if value is not None and value != ()}
    return _json.encode({"kind": event.__struct_config__.tag, **set_fields})


def from_json(data: bytes) -> AnyEvent:
    """Read the readable form back; EventDecodeError names what is wrong."""
    try:
        named = msgspec.json.decode(data, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise EventDecodeError(str(error)) from error
    kind = KINDS.get(str(named.pop("kind", None)))
    if kind is None:
        raise EventDecodeError("unknown kind")
    unknown = named.keys() - set(kind.__struct_fields__)
    if unknown:
        raise EventDecodeError(f"unknown fields {sorted(unknown)}")
    return _from_fields(kind, named)


def _from_fields(kind: type[Any], named: dict[str, Any]) -> AnyEvent:
    stored: list[Any] = [kind.__struct_config__.tag]
    for field in msgspec.structs.fields(kind):
        if field.name not in named and field.required:
            raise EventDecodeError(f"missing field {field.name}")
        stored.append(named.get(field.name, None if field.required else field.default))
    if stored[_VERSION_AT] != CURRENT_VERSION:
        raise EventDecodeError(f"{stored[0]} version {stored[_VERSION_AT]} is not readable")
    try:
        event: AnyEvent = msgspec.convert(stored, AnyEvent)
    except msgspec.ValidationError as error:
        raise EventDecodeError(str(error)) from error
    return event
