"""Forms: a field with its label, help, unit and what is wrong with it, all told to screen readers too.

{% problems form %}                       what is wrong as a whole, with ways to the fields
{% field form.price %}                    one field, whatever its widget is

except Refused as refused:                a facade's refusal, shown at the fields it blames
    blame(form, refused)
"""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Problem, Refused
from utfall.portal.access.errors import Words
from utfall.portal.look.choosing import Offer
from utfall.portal.look.library import register

CLASSES: Final = (
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxInput, "form-check-input"),
    (forms.SelectMultiple, "form-select"),
    (forms.Select, "form-select"),
)


class AdvertiserForm(forms.Form):
    """A form that asks for which advertiser it is, of those who send it for several; first comes its file."""

    field_order = ("file", "advertiser")

    def __init__(self, *args: Any, advertisers: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if advertisers.is_choice:
            empty = _("Choose an advertiser")
            self.fields["advertiser"] = advertisers.field(label=_("Advertiser"), required=False, empty=empty)
        self.order_fields(self.field_order)


def blame(form: forms.BaseForm, refused: Refused) -> None:
    """Put what a facade refused to the fields it names; what names none concerns the whole form."""
    for problem in refused.problems:
        # A validated form has cleaned data; a field that is not in it can still carry an error.
        place = problem.field if problem.field in form.fields else None
        form.add_error(place, forms.ValidationError(str(problem.sentence), code=problem.code))


def say_why(request: HttpRequest, refused: Refused) -> None:
    """Show what was refused, by a button that has no field to blame, at the top of the next page."""
    for problem in refused.problems:
        messages.error(request, str(problem.sentence))


@register.inclusion_tag("look/parts/field.html")
def field(
    bound: BoundField,
    *,
    label: Words = "",
    help: Words = "",  # the word templates use
    suffix: Words = "",
    prefix: Words = "",
    wide: bool = False,
) -> dict[str, Any]:
    """One field of a form with everything that belongs to it."""
    helped = help or bound.help_text
    described = [f"{bound.auto_id}-help"] if helped else []
    described += [f"{bound.auto_id}-wrong"] if bound.errors else []
    return {
        "bound": bound,
        "label": label or bound.label,
        "help": helped,
        "shape": _shape(bound),
        "suffix": suffix or getattr(bound.field, "suffix", ""),
        "prefix": prefix,
        "widget": bound.as_widget(attrs=_attributes(bound, described)),
        "id": _target(bound),
        "group": bound.auto_id,
        "described": " ".join(described),
        "wide": wide,
    }


def _target(bound: BoundField) -> str:
    """The id of the element that a label or a link leads to; of several, the first."""
    several = isinstance(bound.field.widget, forms.MultiWidget)
    return f"{bound.auto_id}_0" if several else bound.id_for_label or bound.auto_id


def _shape(bound: BoundField) -> str:
    """How the field is laid out: hidden, a switch, a set of choices, or a line."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choices"
    return "switch" if isinstance(widget, forms.CheckboxInput) else "line"


def _attributes(bound: BoundField, described: list[str]) -> dict[str, Any]:
    widget = bound.field.widget
    chosen = next((name for kind, name in CLASSES if isinstance(widget, kind)), "form-control")
    own = widget.attrs.get("class", "")
    attributes: dict[str, Any] = {"class": f"{chosen} {own}".strip()}
    if bound.errors:
        attributes["class"] += " is-invalid"
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return attributes


@register.inclusion_tag("look/parts/problems.html")
def problems(source: Any) -> dict[str, Any]:
    """What is wrong, above everything: a form, a refusal, or a list of problems."""
    return {"problems": list(_problems(source))}


def _problems(source: Any) -> Iterable[dict[str, Any]]:
    if isinstance(source, forms.BaseForm):
        for name, errors in source.errors.items():
            bound = source[name] if name in source.fields else None
            for sentence in errors:
                yield {
                    "sentence": sentence,
                    "label": bound.label if bound else "",
                    "id": _target(bound) if bound else "",
                }
        return
    found = source.problems if isinstance(source, Refused) else source or ()
    for problem in found:
        assert isinstance(problem, Problem)
        yield {
            "sentence": problem.sentence,
            "label": "",
            "id": f"id_{problem.field}" if problem.field else "",
        }


@register.filter
def problems_of(found: Iterable[Problem] | None, name: str) -> list[Words]:
    """What is wrong with one field, where a page has no Django form: `{{ problems|problems_of:"name" }}`."""
    return [problem.sentence for problem in found or () if problem.field == name]
