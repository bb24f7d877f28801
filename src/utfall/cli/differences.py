"""What a new market changes about the one in force, in words: added, removed, changed and how."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import msgspec

from utfall.money import MICROS_PER_UNIT, Share
from utfall.terms import Market

_LONG: Final = 60


class Difference(NamedTuple):
    """One thing that differs: `added`, `removed` or `changed`, which thing, and how."""

    change: str
    what: str
    which: str
    how: str = ""


_IDENTITIES: Final[dict[str, tuple[str, Callable[[Any], tuple[Any, ...]]]]] = {
    "advertisers": ("advertiser", lambda item: (item.id,)),
    "publishers": ("publisher", lambda item: (item.id,)),
    "programs": ("program", lambda item: (item.id,)),
    "groups": ("group", lambda item: (item.id,)),
    "rules": ("rule", lambda item: (item.id,)),
    "limits": ("limit", lambda item: (item.id,)),
    "enrolments": ("enrolment", lambda item: (item.program, item.publisher, item.starts_at)),
    "links": ("link", lambda item: (item.id,)),
    "codes": ("code", lambda item: (item.program, item.code.upper(), item.starts_at)),
    "keys": ("key", lambda item: (item.digest[:12],)),
}


def differences(before: Market, after: Market) -> list[Difference]:
    """Everything that differs between two markets, in the order of a program file."""
    return [each for name in _IDENTITIES for each in _of(name, before, after)]


def _of(name: str, before: Market, after: Market) -> Iterator[Difference]:
    what, identity = _IDENTITIES[name]
    old = {identity(item): item for item in getattr(before, name)}
    new = {identity(item): item for item in getattr(after, name)}
    for key in sorted(old.keys() | new.keys()):
        which = _called(key, new.get(key) or old[key])
        if key not in old:
            yield Difference("added", what, which)
        elif key not in new:
            yield Difference("removed", what, which)
        elif old[key] != new[key]:
            yield Difference("changed", what, which, ", ".join(_fields(old[key], new[key])))


def _called(key: tuple[Any, ...], item: Any) -> str:
    numbers = "/".join(str(part) for part in key if not isinstance(part, int) or part > 0)
    name = getattr(item, "name", None) or getattr(item, "key", None)
    return f"{numbers} {name}" if name else numbers


def _fields(old: Any, new: Any) -> Iterator[str]:
    before, after = msgspec.to_builtins(old), msgspec.to_builtins(new)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"{name} {_short(before.get(name))} → {_short(after.get(name))}"


def _short(value: Any) -> str:
    """A value on one line, cut where it is long.

    >>> _short({"type": "share", "ppm": 80_000}), _short({"type": "flat", "micros": 1_850_000})
    ('8 %', '1.85')
    """
    match value:
        case None:
            return "none"
        case {"type": "share", "ppm": int(ppm)}:
            return str(Share(ppm))
        case {"type": "flat" | "per_thousand", "micros": int(micros), **rest}:
            whole, part = divmod(micros, MICROS_PER_UNIT)
            per = " per unit" if rest.get("per") == "unit" else ""
            return f"{whole}.{f'{part:06}'.rstrip('0').ljust(2, '0')}{per}"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
