"""What can be worked on, and what is seen to again and again: registered by the apps in their `tasks.py`."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple, TypeVar

from utfall.portal.access import NotFound, Permission
from utfall.portal.work.contracts import Report

Do = Callable[[Mapping[str, Any], Report], Any]
Doing = TypeVar("Doing", bound=Do)
See = Callable[[], object]
Seeing = TypeVar("Seeing", bound=See)


class Duty(NamedTuple):
    """Something that is seen to every so often."""

    name: str
    every: timedelta
    see: See


_KINDS: Final[dict[str, Do]] = {}
_NEEDS: Final[dict[str, Permission]] = {}
_DUTIES: Final[dict[str, Duty]] = {}


def kind(name: str, needs: Permission = Permission.MANAGE) -> Callable[[Doing], Doing]:
    """Register a kind of work: a function of the payload and a report; it returns the result (JSON).

    `needs`: what its app asks of whoever starts it. They may stop it, too.
    """

    def register(do: Doing) -> Doing:
        _KINDS[name], _NEEDS[name] = do, needs
        return do

    return register


def doer_of(name: str) -> Do:
    """What does this kind of work."""
    if name not in _KINDS:
        raise NotFound
    return _KINDS[name]


def needs_of(name: str) -> Permission:
    """What may stop this kind of work, beside whoever manages the organisation."""
    return _NEEDS.get(name, Permission.MANAGE)


def every(*, minutes: int = 0, seconds: int = 0) -> Callable[[Seeing], Seeing]:
    """Register a periodic duty: a function without arguments, called by the `work` process alone."""

    def register(see: Seeing) -> Seeing:
        name = f"{see.__module__.removeprefix('utfall.portal.')}.{see.__qualname__}"
        _DUTIES[name] = Duty(name, timedelta(minutes=minutes, seconds=seconds), see)
        return see

    return register


def duties() -> tuple[Duty, ...]:
    """Every periodic duty."""
    return tuple(_DUTIES.values())
