"""What a link adds to the address of the page: its template, with the macros expanded and encoded.

What is the same for every click is written once; only what names the click or its sub-ids is left to it.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import quote

from utfall.events.limits import SUB_IDS
from utfall.terms import MACRO, Link

ADDED_CHARS: Final = 2000
"""Most that a template adds to an address: parameters that would lead beyond it are left out whole."""


class Part(NamedTuple):
    """A piece of a value: encoded text, or the number of what each click puts there."""

    text: str
    moving: int | None = None


_MOVING: Final = {"click": 0, **{f"sub{number}": number for number in range(1, SUB_IDS + 1)}}


class Parameter(NamedTuple):
    """One parameter of a template, read."""

    name: str
    parts: tuple[Part, ...]


class Template(NamedTuple):
    """A link's template: what it adds to every click, what it adds to each, and the names it stands for."""

    fixed: str = ""
    moving: tuple[Parameter, ...] = ()
    names: frozenset[str] = frozenset()

    def expand(self, token: str, sub: Sequence[str]) -> str:
        """What this click adds, each parameter with its `&`."""
        added, chars = [], len(self.fixed)
        for name, parts in self.moving:
            value = "".join(_expanded(part, token, sub) for part in parts)
            parameter = f"&{name}={value}"
            if value and chars + len(parameter) <= ADDED_CHARS:
                chars += len(parameter)
                added.append(parameter)
        return "".join(added)


NO_TEMPLATE: Final = Template()


def template_of(link: Link) -> Template:
    """A link's template, ready for its clicks."""
    if not link.template:
        return NO_TEMPLATE
    known = {"link": link.key, "publisher": str(link.publisher), "program": str(link.program)}
    parameters = [Parameter(_encoded(name), _parts(value, known)) for name, value in link.template]
    fixed = [each for each in parameters if not _moves(each)]
    written = [f"&{name}={''.join(part.text for part in parts)}" for name, parts in fixed]
    names = frozenset(name for name, _ in link.template)
    return Template("".join(written), tuple(filter(_moves, parameters)), names)


def _moves(parameter: Parameter) -> bool:
    return any(part.moving is not None for part in parameter.parts)


def _parts(value: str, known: Mapping[str, str]) -> tuple[Part, ...]:
    """Texts and macros in turn, as splitting leaves them."""
    pieces = enumerate(MACRO.split(value))
    return tuple(_macro(piece, known) if index % 2 else Part(_encoded(piece)) for index, piece in pieces)


def _macro(name: str, known: Mapping[str, str]) -> Part:
    if name in _MOVING:
        return Part("", _MOVING[name])
    return Part(_encoded(known.get(name, f"{{{name}}}")))


def _expanded(part: Part, token: str, sub: Sequence[str]) -> str:
    if part.moving is None:
        return part.text
    if part.moving == 0:
        return token
    return _encoded(sub[part.moving - 1]) if part.moving <= len(sub) else ""


def _encoded(text: str) -> str:
    """
    >>> _encoded("röd & blå/2")
    'r%C3%B6d%20%26%20bl%C3%A5%2F2'
    """
    return quote(text, safe="")
