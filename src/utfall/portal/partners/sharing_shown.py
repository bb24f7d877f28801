"""Splits and overrides as pages show them: with names, programs, and where each stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.engine.state import ShareKind
from utfall.portal.access import Caller, Kind
from utfall.portal.look.formats import share
from utfall.portal.partners.sharing import pays
from utfall.portal.partners.sharing_contracts import OverrideView, SplitView
from utfall.portal.partners.sharing_example import SharingExample
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A publisher with its share."""

    name: str
    ppm: int
    is_winner: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A split or an override in a list. `state`: planned, active or ended."""

    id: int
    program: int | None
    program_name: str
    name: str
    parts: tuple[Part, ...]
    starts_at: datetime
    ends_at: datetime | None
    state: str
    is_split: bool = False
    is_on_top: bool = False
    parent: str = ""
    child: str = ""
    ppm: int = 0
    may_end: bool = False
    may_keep: bool = False


def shown_splits(caller: Caller, found: Sequence[SplitView], *, may: bool) -> list[Agreement]:
    """Splits with the names in them."""
    shared = (number for one in found for number, _ppm in one.shares)
    names = people.party_names(Kind.PUBLISHER, [*shared, *(one.publisher for one in found)])
    titles = _programs(caller, found)
    return [
        Agreement(
            id=one.id,
            program=one.program,
            program_name=titles.get(one.program, ""),
            name=names.get(one.publisher, ""),
            parts=tuple(
                Part(
                    name=names.get(number, f"#{number}"),
                    ppm=ppm,
                    is_winner=number == one.publisher,
                    is_own=number in caller.publishers,
                )
                for number, ppm in one.shares
            ),
            is_split=True,
            may_end=may,
            may_keep=may,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            state=_state(one),
        )
        for one in found
    ]


def shown_overrides(caller: Caller, found: Sequence[OverrideView], *, may: bool) -> list[Agreement]:
    """Overrides with the names in them."""
    names = people.party_names(Kind.PUBLISHER, {each for one in found for each in (one.parent, one.child)})
    titles = _programs(caller, found)
    is_seller = caller.kind is Kind.PUBLISHER
    return [
        Agreement(
            id=one.id,
            program=one.program,
            program_name=titles.get(one.program or 0, ""),
            name=names.get(one.child, ""),
            parts=(),
            is_on_top=one.on_top,
            parent=names.get(one.parent, f"#{one.parent}"),
            child=names.get(one.child, f"#{one.child}"),
            ppm=one.ppm,
            may_end=may and not (is_seller and one.on_top),
            may_keep=may and pays(caller, one),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            state=_state(one),
        )
        for one in found
    ]


def _state(one: SplitView | OverrideView) -> str:
    now = timezone.now()
    if one.ends_at is not None and one.ends_at <= now:
        return "ended"
    return "planned" if one.starts_at > now else "active"


def _programs(caller: Caller, found: Iterable[SplitView | OverrideView]) -> dict[int, str]:
    return programs.names(caller, (one.program for one in found if one.program is not None))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the example: who, by which agreement, and how much of 100.00."""

    name: str
    words: str
    micros: int


def lines_of(example: SharingExample | None) -> list[Line]:
    """The example in words; nothing where there is none yet."""
    if example is None:
        return []
    children = {child for one in example.parts for _kind, _ppm, child in one.by if child}
    names = people.party_names(Kind.PUBLISHER, {one.publisher for one in example.parts} | children)
    return [
        Line(
            names.get(one.publisher, f"#{one.publisher}"),
            ", ".join(by_words(kind, ppm, names.get(child, "")) for kind, ppm, child in one.by),
            one.micros,
        )
        for one in example.parts
    ]


def by_words(kind: ShareKind, ppm: int, child: str) -> str:
    """By which agreement somebody gets a part."""
    words = {"share": share(ppm), "who": child}
    match kind:
        case ShareKind.SPLIT:
            return share(ppm)
        case ShareKind.OVERRIDE:
            return _("%(share)s of what %(who)s earns") % words
        case ShareKind.ON_TOP:
            return _("%(share)s of what %(who)s earns, on top") % words
