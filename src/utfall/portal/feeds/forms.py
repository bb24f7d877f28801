"""Forms that read what people type about feeds; the facade decides what may be."""

from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from utfall.portal.feeds.contracts import FIELDS, REQUIRED, FeedView, Source
from utfall.portal.feeds.words import FIELD_WORDS
from utfall.portal.look.fields import ShareField

HOURS: Final = (1, 2, 3, 4, 6, 8, 12, 24)


class SourceForm(forms.Form):
    """Where a feed is fetched from, and how often."""

    url = forms.CharField(
        label=_("Address of the feed"),
        required=False,
        max_length=2000,
        help_text=_("CSV, TSV, XML or Google Merchant, also packed with gzip. Left empty: only by upload."),
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    every_hours = forms.TypedChoiceField(
        label=_("Fetch it"),
        coerce=int,
        choices=[
            (0, _("Only by hand")),
            *(
                (hours, ngettext_lazy("Every hour", "Every %(hours)s hours", hours) % {"hours": hours})
                for hours in HOURS
            ),
        ],
    )
    vat = ShareField(
        label=_("VAT in its prices"),
        required=False,
        help_text=_("Commission is paid without VAT. Say 25 % where prices hold it, 0 where they do not."),
    )

    def source(self) -> Source:
        """What was typed, as the facade takes it."""
        told = self.cleaned_data
        return Source(url=told["url"].strip(), every_hours=told["every_hours"], vat_ppm=told["vat"] or 0)


class ColumnsForm(forms.Form):
    """A column of the file for each field."""

    def __init__(self, *args: Any, feed: FeedView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((column.name, column.name) for column in feed.columns)]
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=capfirst(str(FIELD_WORDS[field])),
                choices=choices,
                required=field in REQUIRED,
                initial=feed.mapping.get(field, ""),
            )


class UploadForm(forms.Form):
    """A feed's file."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV, TSV, XML or Google Merchant, also packed with gzip.")
    )
