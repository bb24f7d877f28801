"""What people fill in; the facade decides whether it is right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, Permission, Role
from utfall.portal.look.states import KINDS, ROLES
from utfall.portal.people.checks import countries
from utfall.portal.people.words import EXPIRIES, PROMOTIONS, SCOPES

NEW_PASSWORD = {"autocomplete": "new-password"}


def _country_choices() -> list[tuple[str, Any]]:
    return [("", _("Choose")), *countries()]


class PersonForm(forms.Form):
    """Somebody who has no account yet."""

    person = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters; a few words in a row are easy to remember."),
        widget=forms.PasswordInput(NEW_PASSWORD),
    )


class OrganisationForm(forms.Form):
    """An organisation that signs up."""

    kind = forms.ChoiceField(
        label=_("What brings you here?"),
        choices=[
            (Kind.ADVERTISER.value, _("I sell, and pay for what others bring me")),
            (Kind.PUBLISHER.value, _("I have an audience, and earn by what I bring")),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Organisation"), max_length=120, widget=forms.TextInput({"autocomplete": "organization"})
    )
    website = forms.CharField(
        label=_("Website"),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "url", "inputmode": "url", "placeholder": "example.com"}),
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=_country_choices, widget=forms.Select({"autocomplete": "country"})
    )
    promotion_type = forms.ChoiceField(
        label=_("How do you mostly promote?"),
        choices=[("", _("Choose")), *PROMOTIONS.items()],
        required=False,
    )


class SignUpForm(OrganisationForm, PersonForm):
    """An organisation and its first person."""

    field_order = ("kind", "name", "website", "country", "promotion_type", "person", "email", "password")


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=list(ROLES.items()), initial=Role.VIEWER.value)


class JoinForm(PersonForm):
    """Somebody who accepts an invitation and has no account yet; the address is the invited one."""

    email = None  # type: ignore[assignment]


class ParticularsForm(forms.Form):
    """What an organisation says of itself."""

    name = forms.CharField(label=_("Name"), max_length=120)
    website = forms.CharField(label=_("Website"), max_length=300, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=_country_choices, required=False)
    registration = forms.CharField(
        label=_("Organisation number"),
        max_length=40,
        required=False,
        help_text=_("As it stands on invoices; with the VAT number if you have one."),
    )
    contact_email = forms.EmailField(
        label=_("Contact"), required=False, help_text=_("Where partners can write to you; they see it.")
    )
    promotion_type = forms.ChoiceField(
        label=_("How you mostly promote"),
        choices=list(PROMOTIONS.items()),
        required=False,
        help_text=_("It decides in which class your clicks count, for example as cashback."),
    )


class KeyForm(forms.Form):
    """A new API key."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What uses it: “Shop server”, “Reports in Excel”.")
    )
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    expires = forms.ChoiceField(label=_("It expires"), choices=list(EXPIRIES.items()), initial="365")

    def __init__(self, grants: frozenset[Permission], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (scope.value, SCOPES[scope]) for scope in Permission if scope in grants
        ]


class TenantForm(forms.Form):
    """An organisation that the operator creates."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()), initial=Kind.AGENCY.value)
    name = forms.CharField(label=_("Name"), max_length=120)
    slug = forms.SlugField(
        label=_("Address"), max_length=50, required=False, help_text=_("Made from the name if left empty.")
    )
    website = forms.CharField(label=_("Website"), max_length=300, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=_country_choices, required=False)
    promotion_type = forms.ChoiceField(
        label=_("Promotion"), choices=[("", _("Choose")), *PROMOTIONS.items()], required=False
    )
    owner_email = forms.EmailField(
        label=_("First owner"), help_text=_("Gets an invitation by e-mail that is good for a week.")
    )
