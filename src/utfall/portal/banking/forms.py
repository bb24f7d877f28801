"""Forms that read files and matches; the facade decides what may be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.look.choosing import Offer


class FileForm(forms.Form):
    """A file of the bank."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("camt.053, camt.054 or pain.002, at most 256 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
    )


class SentBackForm(forms.Form):
    """That a payment went back to whoever made it."""

    why = forms.CharField(label=_("Why and how"), max_length=300, help_text=_("It stands in the log."))


class MatchForm(forms.Form):
    """Whose a payment is."""

    why = forms.CharField(label=_("How you know"), max_length=300, required=False)

    field_order = ("advertiser", "why")

    def __init__(self, *args: Any, advertisers: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = _("Choose an advertiser")
        self.fields["advertiser"] = advertisers.field(label=_("Advertiser"), empty=empty)
        self.order_fields(self.field_order)
