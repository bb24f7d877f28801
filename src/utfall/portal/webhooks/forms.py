"""Forms that read what people type about endpoints; the facade decides what may be."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.changes.contracts import SENTENCES, Kind
from utfall.portal.look.fields import MomentField
from utfall.portal.webhooks.contracts import AT_ONCE_MOST, EndpointDraft, EndpointView, Form
from utfall.portal.webhooks.words import GROUPS

Choices = Iterable[tuple[int, str]]
EARNED = ("conversion", "commission", "tier", "bonus")
"""What a publisher earns by, and a postback tells."""
FOR_PUBLISHERS = (*EARNED, "partnership", "program", "claim", "alert")


def kind_choices(form: Form, is_publisher: bool) -> list[tuple[str, list[tuple[str, Words]]]]:
    """The kinds of changes, in groups; a postback is for what is earned. Only publishers have parts."""
    wanted = tuple(group for group in GROUPS if group != "commission")
    if is_publisher:
        wanted = FOR_PUBLISHERS
    if form is Form.POSTBACK:
        wanted = EARNED
    return [
        (str(GROUPS[group]), [(one.value, SENTENCES[one]) for one in of_group(group)]) for group in wanted
    ]


def of_group(group: str) -> list[Kind]:
    """The kinds whose names begin with a group's."""
    return [kind for kind in Kind if kind.value.startswith(f"{group}.")]


class EndpointForm(forms.Form):
    """A webhook or a postback."""

    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "spellcheck": "false"}),
    )
    description = forms.CharField(
        label=_("Name"), required=False, max_length=120, help_text=_("Only you see it.")
    )
    method = forms.ChoiceField(
        label=_("Sent by"), choices=[("GET", "GET"), ("POST", "POST")], required=False, initial="GET"
    )
    program = forms.TypedChoiceField(label=_("Program"), required=False, coerce=int, empty_value=None)
    kinds = forms.MultipleChoiceField(
        label=_("Changes to tell"), required=False, widget=forms.CheckboxSelectMultiple
    )
    at_once = forms.IntegerField(
        label=_("Calls at once"),
        min_value=1,
        max_value=AT_ONCE_MOST,
        initial=1,
        required=False,
        help_text=_("One keeps the order. More is faster."),
    )

    def __init__(
        self, *args: Any, form: Form, is_publisher: bool, programs: Choices = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.form = form
        self.fields["program"].choices = [("", _("Every program")), *programs]  # type: ignore[attr-defined]
        self.groups = kind_choices(form, is_publisher)
        flat = [one for _words, kinds in self.groups for one in kinds]
        self.fields["kinds"].choices = flat  # type: ignore[attr-defined]
        if form is Form.WEBHOOK:
            del self.fields["method"]
        else:
            self.fields["url"].help_text = _("Put a macro wherever a value is to stand.")

    def draft(self) -> EndpointDraft:
        """What was typed."""
        told = self.cleaned_data
        return EndpointDraft(
            form=self.form,
            url=told["url"].strip(),
            description=told["description"].strip(),
            kinds=tuple(told["kinds"]),
            method=told.get("method") or ("POST" if self.form is Form.WEBHOOK else "GET"),
            program=told["program"],
            at_once=told["at_once"] or 1,
        )

    @property
    def chosen(self) -> set[str]:
        """The kinds that are ticked."""
        return set(self["kinds"].value() or ())


def standing(view: EndpointView) -> dict[str, Any]:
    """An endpoint as its form shows it first."""
    names = ("url", "description", "method", "program", "at_once")
    return {"kinds": list(view.kinds), **{name: getattr(view, name) for name in names}}


class ReplayForm(forms.Form):
    """From where to send again."""

    since = MomentField(label=_("From"), required=False)
    until = MomentField(label=_("Until"), required=False)
    cursor = forms.IntegerField(
        label=_("Cursor"), required=False, min_value=0, help_text=_("Everything in the change feed after it.")
    )
