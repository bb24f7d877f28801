"""Forms that read what people type about creatives; the facade decides what may be."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.creatives.contracts import Copy, CreativeDraft, CreativeView
from utfall.portal.creatives.words import language_choices
from utfall.portal.look.fields import MomentField

COPY = ("headline", "body", "call_to_action", "sponsored_by")


class CreativeForm(forms.Form):
    """What is said of a creative; `draft()` is it, as the facade takes it."""

    program = forms.TypedChoiceField(label=_("Program"), coerce=int)
    name = forms.CharField(
        label=_("Name"), required=False, max_length=120, help_text=_("Left empty, it is the file's.")
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    alt = forms.CharField(
        label=_("Alternative text"),
        required=False,
        max_length=200,
        help_text=_("What it says, for those who cannot see it. Left empty, it is the name."),
    )
    destination = forms.CharField(
        label=_("Page of the shop"),
        required=False,
        max_length=2100,
        help_text=_("Where it leads. Left empty, it leads where the partner's link does."),
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    starts_at = MomentField(label=_("From"), required=False, help_text=_("Left empty: at once."))
    ends_at = MomentField(
        label=_("Until"), required=False, help_text=_("Then it disappears from the partners' gallery.")
    )
    is_ready = forms.BooleanField(label=_("Show it to partners at once"), required=False, initial=True)

    def __init__(self, *args: Any, programs: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "program", programs)
        _offer(self, "language", [("", _("Any, or without words")), *language_choices()])

    def draft(self) -> CreativeDraft:
        """What was typed, as the facade takes it."""
        return CreativeDraft(**{name: value for name, value in self.cleaned_data.items() if name not in COPY})


class UploadForm(CreativeForm):
    """Files of all kinds; the size is asked for only where an HTML5 creative does not say it."""

    width = forms.IntegerField(label=_("Width"), required=False, min_value=1, max_value=4000)
    height = forms.IntegerField(label=_("Height"), required=False, min_value=1, max_value=4000)

    def clean_width(self) -> int:
        """Nothing is nought."""
        return self.cleaned_data["width"] or 0

    def clean_height(self) -> int:
        """Nothing is nought."""
        return self.cleaned_data["height"] or 0


class CopyForm(CreativeForm):
    """The words of a text creative."""

    headline = forms.CharField(label=_("Headline"), max_length=90)
    body = forms.CharField(
        label=_("Text"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    call_to_action = forms.CharField(
        label=_("Call to action"), required=False, max_length=30, help_text=_("For example: See the tents.")
    )

    def copy(self) -> Copy:
        """The words, as the facade takes them."""
        return Copy(**{name: self.cleaned_data.get(name, "") for name in COPY})


class NativeForm(CopyForm):
    """A native ad: words that a publisher sets in its own design, an image and maybe an icon."""

    sponsored_by = forms.CharField(
        label=_("Advertiser's name"), max_length=60, help_text=_("It is always shown: readers must know.")
    )
    image = forms.FileField(label=_("Picture"))
    icon = forms.FileField(label=_("Icon"), required=False, help_text=_("A square picture, such as a logo."))

    def draft(self) -> CreativeDraft:
        """Without its files."""
        said = {
            name: value for name, value in self.cleaned_data.items() if name not in (*COPY, "image", "icon")
        }
        return CreativeDraft(**said)


class RejectForm(forms.Form):
    """Why a creative is sent back."""

    reason = forms.CharField(
        label=_("What has to be mended"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


def told(view: CreativeView) -> dict[str, Any]:
    """A creative as its form shows it."""
    return {
        "program": view.program,
        "name": view.name,
        "language": view.language,
        "alt": view.alt,
        "destination": view.destination,
        "starts_at": view.starts_at,
        "ends_at": view.ends_at,
        **{name: getattr(view.words, name) for name in COPY},
    }


def _offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField), "a field of choices"
    field.choices = list(choices)
