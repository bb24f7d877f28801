"""What the condition builder offers: fields in groups, operators in words, names to choose from."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from utfall.events import Outcome
from utfall.portal.access import Caller
from utfall.portal.access.errors import Words
from utfall.portal.commission import facade
from utfall.portal.commission.checking import TOUCHES
from utfall.portal.commission.wording import CHOICES, OPERATORS, field_words
from utfall.portal.look.fields import UNITS
from utfall.portal.programs.contracts import ProgramView
from utfall.terms import FIELDS

CHAPTERS: Final[dict[str, Promise]] = {
    "order": gettext_lazy("The order"),
    "line": gettext_lazy("Each order line"),
    "customer": gettext_lazy("The customer"),
    "partner": gettext_lazy("The publisher"),
    "touch": gettext_lazy("The click or view"),
}
KNOWN_OF_TOUCHES: Final = frozenset({"partner", "touch"})
"""What is known of a click or view that is paid for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """Everything to choose from."""

    chapters: list[tuple[Words, list[tuple[str, str]]]]
    operators: dict[str, Promise]
    units: list[tuple[str, Words]]
    currency: str
    groups: list[tuple[str, str]]
    publishers: list[tuple[str, str]]

    def choices_of(self, field: str) -> list[tuple[str, Words]]:
        """The values a field can have, where they are a closed set."""
        match field:
            case "partner.group":
                return list(self.groups)
            case "partner.publisher":
                return list(self.publishers)
        return list(CHOICES.get(field, {}).items())


def builder_of(caller: Caller, program: ProgramView, outcome: Outcome) -> Builder:
    """What there is to choose from for rules about an outcome."""
    chapters: list[tuple[Words, list[tuple[str, str]]]] = []
    for chapter, words in CHAPTERS.items():
        if outcome in TOUCHES and chapter not in KNOWN_OF_TOUCHES:
            continue
        fields = [name for name in FIELDS if name.startswith(f"{chapter}.")]
        chapters.append((words, [(name, _capital(field_words(name))) for name in fields]))
    names = facade.names_of(caller, program.id)
    return Builder(
        chapters=chapters,
        operators=OPERATORS,
        units=[(str(seconds), words) for seconds, words in UNITS],
        currency=program.currency,
        groups=[(str(number), name) for number, name in names.groups.items()],
        publishers=[(str(number), name) for number, name in facade.choices_of(caller, program.id)],
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
