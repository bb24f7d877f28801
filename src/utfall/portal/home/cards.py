"""What apps put on the first page: a registry of functions that look for what concerns a caller.

    @card(kinds=BUYERS, order=20)
    def waiting_applications(caller: Caller) -> Card | None: ...

An app registers its cards from `ready`, by importing the module that has them. A card that has nothing to say
is None, and is not shown. The first page asks every card at each visit: a card asks one cheap question.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from utfall.portal.access import EVERYBODY, Caller, Kind, Permission
from utfall.portal.access.errors import Words

Tone = Literal["good", "warn", "bad", "calm", "news"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Something that waits for the caller: one line with what to do about it."""

    words: Words
    url: str
    count: int | None = None
    icon: str = "bell"
    tone: Tone = "warn"
    action: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of setting up."""

    words: Words
    why: Words
    url: str
    action: Words
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal with how far it is: `done` and `target` are counts, `shown` says them in words."""

    words: Words
    url: str
    done: int
    target: int
    shown: Words
    forecast: Words = ""
    tone: Tone = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure, as the tag `kpi` shows it."""

    label: Words
    value: str
    change: int | None = None
    href: str = ""
    spark: Sequence[int | float] = ()
    note: Words = ""
    good: Literal["up", "down", "neither"] = "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Anything else: a template of the app's own and what it is given."""

    title: Words
    template: str
    context: dict[str, object]


Card = Attention | Step | Goal | Figure | Panel
Told = Card | Sequence[Card] | None
Look = Callable[[Caller], Told]


class Registered(NamedTuple):
    """A function that looks, whom it looks for, and where what it finds stands."""

    look: Look
    kinds: frozenset[Kind]
    order: int
    needs: Permission


_CARDS: Final[list[Registered]] = []


def card(
    *, kinds: frozenset[Kind] = EVERYBODY, order: int = 50, needs: Permission = Permission.LOOK
) -> Callable[[Look], Look]:
    """Register a function that looks for something to show to callers of these kinds."""

    def register(look: Look) -> Look:
        _CARDS.append(Registered(look, kinds, order, needs))
        _CARDS.sort(key=lambda one: one.order)
        return look

    return register


def cards_for(caller: Caller) -> Iterator[Card]:
    """Everything there is to show to a caller, in order."""
    for one in _CARDS:
        if caller.kind in one.kinds and caller.may(one.needs):
            told = one.look(caller)
            if isinstance(told, Sequence):
                yield from told
            elif told is not None:
                yield told
