"""What the fields of a change are called, where it is shown: each app says its own in `deeds.py`.

    fields("payout_batch", {"total": _("Amount"), "pay_on": _("Paid on")})

They go by the noun of the subject ("payout_batch 7"), and hold for what was asked for of it, too. A field
that nobody named is shown as it is recorded.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from utfall.portal.access import Caller
from utfall.portal.access.errors import Words
from utfall.portal.audit.contracts import Entry
from utfall.portal.audit.entries import changes
from utfall.portal.audit.models import Proposal
from utfall.portal.audit.policy import kinds
from utfall.portal.audit.sentences import SUBJECT

Changed = tuple[Words, Words, Words]
"""What a field is called, what it was, and what it is."""

_FIELDS: Final[dict[str, dict[str, Words]]] = {}


def fields(noun: str, names: Mapping[str, Words]) -> None:
    """Register what the fields of a thing are called."""
    _FIELDS.setdefault(noun, {}).update(names)


def field_words(subject: str) -> Mapping[str, Words]:
    """What the fields of a subject are called, by how they are recorded."""
    found = SUBJECT.fullmatch(subject)
    return _FIELDS.get(found["noun"], {}) if found else {}


def told_changes(caller: Caller, one: Entry) -> list[Changed]:
    """What an entry changed, by the names that people know."""
    if one.action.startswith("proposal."):
        return _asked_for(caller, one)
    return _told(one, field_words(one.subject))


def _told(one: Entry, words: Mapping[str, Words]) -> list[Changed]:
    return [(words.get(name, name), before, after) for name, before, after in changes(one)]


def _asked_for(caller: Caller, one: Entry) -> list[Changed]:
    """A proposal: what it is, and then the change that it asks for, named as its subject has it."""
    after = dict(one.after or {})
    change = after.pop("change", None)
    words, called = field_words(one.subject), {kind.name: kind.words for kind in kinds()}
    own: list[Changed] = [
        (words.get(name, name), "", called.get(value, value)) for name, value in after.items()
    ]
    return own + _told(replace(one, after=change), field_words(_about(caller, one)))


def _about(caller: Caller, one: Entry) -> str:
    """The subject of the proposal that an entry is about."""
    number = one.subject.rpartition(" ")[2]
    return Proposal.objects.of(caller).filter(pk=number).values_list("subject", flat=True).first() or ""
