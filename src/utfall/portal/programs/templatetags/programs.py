"""Words of programs, and a field within a sentence."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django import template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from utfall.events import Outcome
from utfall.portal.access.errors import Words
from utfall.portal.people.contracts import Party
from utfall.portal.programs import words
from utfall.portal.programs.contracts import ProgramView, Visibility
from utfall.portal.programs.pages.steps import KEYS

register = template.Library()


@register.simple_tag
def outcome_words(outcome: str) -> Words:
    """Sale, lead, install."""
    return words.OUTCOMES[Outcome(outcome)]


@register.simple_tag
def many_words(outcome: str) -> Words:
    """Sales, leads, installs."""
    return words.MANY[Outcome(outcome)] if outcome in set(Outcome) else ""


@register.simple_tag
def cost_name(outcome: str) -> str:
    """CPS, CPL, CPI: what the trade calls the cost of one."""
    return words.COST_NAMES[Outcome(outcome)]


@register.simple_tag
def visibility_words(visibility: str) -> Words:
    """Open to everybody, by application, by invitation."""
    return words.VISIBILITIES[Visibility(visibility)]


@register.simple_tag
def party_name(names: Mapping[int, Party], number: int) -> str:
    """What somebody is called, as far as it is known."""
    return names[number].name if number in names else f"#{number}"


@register.simple_tag
def inline(bound: BoundField, classes: str = "") -> SafeString:
    """A field within a sentence: its label is only heard, what is wrong with it stands below the sentence."""
    attributes: dict[str, str | bool] = {
        "class": f"form-control sentence-field {classes}",
        "aria-label": str(bound.label),
    }
    if bound.errors:
        attributes["class"] = f"{attributes['class']} is-invalid"
        attributes["aria-invalid"] = "true"
    return format_html("{}", bound.as_widget(attrs=attributes))


@register.filter
def hostname(address: str) -> str:
    """shop.example of https://shop.example/path."""
    return urlsplit(address).hostname or address


@register.filter
def next_step(view: ProgramView) -> str:
    """The first step of the wizard that was not saved yet."""
    return next((key for key in KEYS if key not in view.steps), KEYS[-1])
