"""What people did, in sentences: each app says its actions and its things in `deeds.py`, found at the start.

    told({"link.created": _("%(who)s made the link %(what)s")})

    @thing("link")
    def links(caller: Caller, numbers: Collection[int]) -> dict[int, Named]: ...

    @tells_more("link.created")
    def clicks(caller: Caller, entry: Entry) -> Named: ...

The first page and the log's own pages read them. A subject names its thing and the thing's number ("link 7");
what is gone, or is not the caller's to see, keeps its number.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind
from utfall.portal.access.errors import Words
from utfall.portal.audit.contracts import Entry
from utfall.portal.people import facade as people

Choose = Callable[[Mapping[str, Any]], Words]
"""For an action that can mean several things: which sentence, by what holds after it."""


class Named(NamedTuple):
    """What a thing is called, and where it is; no address where it has no page for this caller."""

    name: str
    url: str = ""


More = Callable[[Caller, Entry], Named]
Names = Callable[[Caller, Collection[int]], Mapping[int, Named]]


class Deed(NamedTuple):
    """An entry as a sentence: with its link, and as bare text; who did it; and where more of it is told."""

    entry: Entry
    words: SafeString
    text: str
    who: str
    more: Named | None = None


SUBJECT: Final = re.compile(r"(?P<noun>[a-z][a-z_ ]*?)[ :](?P<number>[0-9]+)(?: .*)?")
_SENTENCES: Final[dict[str, Words | Choose]] = {}
_THINGS: Final[dict[str, Names]] = {}
_MORE: Final[dict[str, More]] = {}


def told(sentences: Mapping[str, Words | Choose]) -> None:
    """Register the sentences of an app's actions: `who` did something to `what`."""
    _SENTENCES.update(sentences)


def thing(noun: str) -> Callable[[Names], Names]:
    """Register how things are named whose subjects begin with this noun."""

    def register(names: Names) -> Names:
        _THINGS[noun] = names
        return names

    return register


def tells_more(*actions: str) -> Callable[[More], More]:
    """Register the page on which more is told of some actions."""

    def register(more: More) -> More:
        _MORE.update(dict.fromkeys(actions, more))
        return more

    return register


def is_told(action: str) -> bool:
    """Whether an action has a sentence."""
    return action in _SENTENCES


def deeds(caller: Caller, entries: Iterable[Entry]) -> list[Deed]:
    """Entries as sentences in the current language; names are asked for once for each sort of thing."""
    entries = list(entries)
    things, doers = called(caller, (one.subject for one in entries)), _doers(entries)
    return [_deed(caller, entry, doers(entry), things[entry.subject]) for entry in entries]


def action_words(action: str) -> str:
    """What an action is, where nobody in particular did it: for choosing among them."""
    sentence = _SENTENCES.get(action, action)
    if not isinstance(sentence, str | Promise):
        sentence = sentence({})
    return _filled(sentence, _("Somebody"), "…")


def _deed(caller: Caller, entry: Entry, who: str, what: Named) -> Deed:
    sentence = _SENTENCES.get(entry.action)
    if sentence is None:  # of an older version of this program
        sentence = "%(who)s: " + entry.action + " (%(what)s)"
    elif not isinstance(sentence, str | Promise):
        sentence = sentence(entry.after or {})
    linked = format_html('<a href="{}">{}</a>', what.url, what.name) if what.url else what.name
    words = format_html(_filled(sentence, "{who}", "{what}"), who=who, what=linked)
    more = _MORE.get(entry.action)
    return Deed(entry, words, _filled(sentence, who, what.name), who, more and more(caller, entry))


def _filled(sentence: Words, who: str, what: str) -> str:
    return str(sentence) % {"who": who, "what": what}


def called(caller: Caller, subjects: Iterable[str]) -> dict[str, Named]:
    """What each subject is called, and where it is."""
    wanted: dict[str, dict[str, int]] = {}
    named = {subject: Named(subject) for subject in subjects}
    for subject in named:
        found = SUBJECT.fullmatch(subject)
        if found is not None and found["noun"] in _THINGS:
            wanted.setdefault(found["noun"], {})[subject] = int(found["number"])
    for noun, numbers in wanted.items():
        known = _THINGS[noun](caller, set(numbers.values()))
        for subject, number in numbers.items():
            named[subject] = known.get(number) or Named(f"#{number}")
    return named


def _doers(entries: list[Entry]) -> Callable[[Entry], str]:
    """Who did each: a person by name, a key by its own; of a person of the other side, which side that is."""
    persons = people.names({one.user for one in entries if one.user is not None})
    sides = dict(_sides({one.organisation for one in entries if not one.actor}))

    def doer(entry: Entry) -> str:
        if entry.via == "system":
            return _("The installation itself")
        if not entry.actor:
            return sides.get(entry.organisation) or _("The other side")
        return persons.get(entry.user or 0) or entry.actor

    return doer


def _sides(organisations: Collection[int]) -> Iterator[tuple[int, str]]:
    """Who may be named though its people are not; for whom an agency works is the advertiser's own matter."""
    for number, party in people.organisations(organisations).items():
        if party.kind is not Kind.AGENCY:
            yield number, party.name


def named(noun: str, caller: Caller, numbers: Collection[int]) -> Mapping[int, Named]:
    """What things of another app are called, for an app whose own are called after them."""
    return _THINGS[noun](caller, numbers)
