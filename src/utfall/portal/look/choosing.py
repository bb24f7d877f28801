"""Choosing one of many: of a list, or typed, where nobody would look through a list.

offer = people.advertisers_offered(caller)                      # what there is to choose from
fields["advertiser"] = offer.field(empty=_("All"), label=…)     # a list, or a line that proposes
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words

Choice = tuple[int, str]
UNKNOWN: Final = _("Choose one that is proposed, or write its number.")
"""What is said of a name that nobody has, or several."""
_NUMBER: Final = re.compile(r"(?:.*\()?#?([0-9]{1,10})\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How one of too many for a list is found: `url` proposes what fits the words that are typed, as options;
    `named` are those of exactly this name, `numbered` is the one of a number.
    """

    url: str
    named: Callable[[str], Sequence[Choice]]
    numbered: Callable[[int], Choice | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What there is to choose from, as numbers with names: all `choices`, or a search where they are many."""

    choices: Sequence[Choice] = ()
    search: Search | None = None

    @property
    def is_choice(self) -> bool:
        """Whether there is more than one."""
        return self.search is not None or len(self.choices) > 1

    def also(self, one: Choice) -> "Offer":
        """The same, with one that may not be among them."""
        is_known = self.search is not None or one[0] in dict(self.choices)
        return self if is_known else replace(self, choices=(*self.choices, one))

    def field(self, *, empty: Words = "", **more: Any) -> forms.Field:
        """A field whose value is a number, or None; `empty` are the words of a list for none."""
        if self.search is not None:
            return TypedField(self.search, **more)
        choices = [("", empty), *self.choices] if empty else self.choices
        return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, **more)


def typed(one: Choice) -> str:
    """How a choice is proposed, and may be typed.

    >>> typed((17, "Kind words"))
    'Kind words (17)'
    """
    return f"{one[1]} ({one[0]})"


def found(search: Search, text: str) -> Choice | None:
    """Which one was typed: as `17`, as `Kind words (17)`, or by a name that only one has."""
    told = " ".join(text.split())
    named = search.named(told) if told else ()
    if len(named) == 1:
        return named[0]
    number = _NUMBER.fullmatch(told)
    return search.numbered(int(number[1])) if number else None


class Proposing(forms.TextInput):
    """A line below which is proposed what fits; without scripts a number or a whole name can be typed."""

    def __init__(self, url: str) -> None:
        when = {"hx-trigger": "focus once, input changed delay:250ms", "hx-sync": "this:replace"}
        # Where it goes is said in full: what a form of filters around it says would hold for it, too.
        where = {"hx-target": "next datalist", "hx-swap": "innerHTML", "hx-select": "unset"}
        super().__init__({"autocomplete": "off", "hx-get": url, **when, **where, "hx-push-url": "false"})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The line with its own list of proposals, empty until somebody types."""
        proposed = f"{(attrs or {}).get('id', name)}-proposed"
        line = super().render(name, value, {**(attrs or {}), "list": proposed}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', line, proposed)


class TypedField(forms.CharField):
    """One of many, by number or name; cleaned: its number, None where nothing was typed."""

    def __init__(self, search: Search, **more: Any) -> None:
        more.setdefault("help_text", _("Type a part of the name, and choose; or the number."))
        super().__init__(max_length=300, widget=Proposing(search.url), **more)
        self.search = search

    def prepare_value(self, value: Any) -> Any:
        """A number as it would be typed."""
        one = self.search.numbered(value) if isinstance(value, int) else None
        return typed(one) if one else value

    def clean(self, value: Any) -> Any:
        """The number of what was typed."""
        text = str(super().clean(value))
        if not text:
            return None
        one = found(self.search, text)
        if one is None:
            raise forms.ValidationError(UNKNOWN, "unknown")
        return one[0]
