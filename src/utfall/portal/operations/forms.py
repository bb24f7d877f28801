"""Forms that read what the operator types; the facade decides what may be."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Role
from utfall.portal.access.allowances import Allowed
from utfall.portal.look.fields import MomentField, ShareField
from utfall.portal.look.states import ROLES
from utfall.portal.operations.contracts import AllowanceView, AnnouncementDraft, Audience, Level
from utfall.portal.operations.words import AUDIENCES, LEVELS


class AnnouncementForm(forms.Form):
    """An announcement in the three languages of the portal."""

    text_sv = forms.CharField(
        label=_("In Swedish"), required=False, widget=forms.Textarea(attrs={"rows": 2, "lang": "sv"})
    )
    text_nb = forms.CharField(
        label=_("In Norwegian"), required=False, widget=forms.Textarea(attrs={"rows": 2, "lang": "nb"})
    )
    text_en = forms.CharField(
        label=_("In English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        help_text=_("Whoever reads a language that is missing gets the English one."),
    )
    level = forms.ChoiceField(
        label=_("How urgent"), choices=[(one.value, LEVELS[one].words) for one in Level]
    )
    audience = forms.ChoiceField(
        label=_("For whom"), choices=[(one.value, AUDIENCES[one]) for one in Audience]
    )
    starts_at = MomentField(label=_("From"), required=False, help_text=_("At once, if you choose none."))
    ends_at = MomentField(label=_("Until"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["ends_at"].initial = timezone.localtime() + timedelta(days=7)

    def draft(self) -> AnnouncementDraft:
        """What was typed."""
        told = self.cleaned_data
        return AnnouncementDraft(
            level=Level(told["level"]),
            audience=Audience(told["audience"]),
            text={name: told[f"text_{name}"] for name in ("en", "sv", "nb")},
            starts_at=told["starts_at"],
            ends_at=told["ends_at"],
        )


class LookForm(forms.Form):
    """As whom to look, and why."""

    role = forms.ChoiceField(
        label=_("As somebody with the role"), choices=[(one.value, ROLES[one]) for one in Role]
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The organisation reads it in its own log, with your name."),
    )


class FeeForm(forms.Form):
    """Another fee, and from when."""

    fee_ppm = ShareField(label=_("Network fee"), help_text=_("Of the commission; the advertiser pays it."))
    effective_from = MomentField(
        label=_("From"), required=False, help_text=_("At once, if you choose none. Never backwards.")
    )
    why = forms.CharField(label=_("Why?"), max_length=500, help_text=_("The advertiser reads it."))


class LimitsForm(forms.Form):
    """What a tenant is allowed; an empty field is the usual."""

    def __init__(self, found: list[AllowanceView], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for one in found:
            self.fields[one.what.value] = forms.IntegerField(
                label=str(one.words),
                required=False,
                initial=one.most if one.is_own else None,
                help_text=_("Usually %(usual)s.") % {"usual": one.usual},
            )

    def wanted(self) -> dict[Allowed, int | None]:
        """What was typed."""
        return {Allowed(name): most for name, most in self.cleaned_data.items()}
