"""Forms of programs: they parse what people typed into arguments of the facade, whose rules hold."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.look.choosing import Offer
from utfall.portal.look.fields import DayField, MoneyField, PeriodField, ShareField
from utfall.portal.programs import words
from utfall.portal.programs.contracts import PriceKind
from utfall.portal.programs.countries import NORDIC, country_names
from utfall.terms import Over

Choices = Sequence[tuple[str, Any]]
CURRENCIES: Final = ("SEK", "NOK", "DKK", "EUR", "ISK", "GBP", "USD", "PLN", "CHF", "CAD", "AUD")
ZONES: Final = (
    *("Europe/Stockholm", "Europe/Oslo", "Europe/Copenhagen", "Europe/Helsinki", "Atlantic/Reykjavik"),
    "Europe/London",
    "Europe/Berlin",
    "Europe/Amsterdam",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Warsaw",
    "Europe/Tallinn",
    "America/New_York",
    "UTC",
)
ORDERS: Final = (
    ("code", "click", "view"),
    ("click", "code", "view"),
    ("code", "click"),
    ("click", "code"),
    ("click", "view"),
    ("click",),
    ("code",),
    ("code", "click", "view", "recurring"),
    ("click", "recurring"),
)
"""The orders of attribution that are offered; any other by the API."""


def choices(named: Mapping[Any, Any]) -> Choices:
    """The members of an enum with their words."""
    return [(getattr(one, "value", one), label) for one, label in named.items()]


def with_own(offered: Sequence[str], own: str) -> Choices:
    """What is offered, and what was chosen otherwise."""
    return [(one, one) for one in dict.fromkeys((*([own] if own else []), *offered))]


class ProfileForm(forms.Form):
    """What a program says of itself."""

    name = forms.CharField(label=_("Name"), max_length=120)
    tagline = forms.CharField(
        label=_("Tagline"),
        max_length=200,
        required=False,
        help_text=_("One sentence that publishers read in the marketplace."),
    )
    website = forms.CharField(
        label=_("Website"),
        max_length=300,
        help_text=_("Where outcomes happen, for example https://shop.example."),
    )
    category = forms.ChoiceField(label=_("Category"), choices=[("", "–"), *choices(words.CATEGORIES)])
    nordic = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where you sell. None chosen means everywhere."),
    )
    others = forms.CharField(
        label=_("Other countries"),
        required=False,
        max_length=300,
        help_text=_("Two letters each, for example DE, FR."),
    )
    domains = forms.CharField(
        label=_("Domains for deep links"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Other sites of yours that links may lead to, one on each line. The website is always allowed."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._choose("nordic", [(code, country_names([code])[0]) for code in NORDIC])

    def _choose(self, name: str, offered: Choices) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField), "a field of choices"
        chosen.choices = offered

    def countries(self) -> tuple[str, ...]:
        """The countries of both fields."""
        typed = self.cleaned_data["others"].replace(",", " ").replace(";", " ").split()
        return (*self.cleaned_data["nordic"], *typed)

    def domain_names(self) -> tuple[str, ...]:
        """A domain on each line."""
        return tuple(self.cleaned_data["domains"].replace(",", " ").split())


class PlaceForm(forms.Form):
    """The money and the clock of a program."""

    currency = forms.ChoiceField(
        label=_("Currency"),
        help_text=_("Prices, budgets and invoices are in it. It cannot be changed later."),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Days and months of budgets begin at midnight there. Final, too.")
    )

    def __init__(self, *args: Any, own: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, offered in (("currency", CURRENCIES), ("zone", ZONES)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField), "a field of choices"
            chosen.choices = with_own(offered, (own or {}).get(name, ""))


class StartForm(PlaceForm):
    """The first page of the wizard."""

    name = forms.CharField(label=_("What shall it be called?"), max_length=120)
    preset = forms.CharField(max_length=10)
    field_order = ("preset", "name", "advertiser", "currency", "zone")

    def __init__(self, *args: Any, advertisers: Offer | None, **more: Any) -> None:
        super().__init__(*args, **more)
        if advertisers is not None and (advertisers.choices or advertisers.search):
            self.fields["advertiser"] = advertisers.field(label=_("Advertiser"))
            self.order_fields(self.field_order)


class GoalForm(forms.Form):
    """A measurable goal; without a target there is none."""

    target = forms.IntegerField(label=_("How many"), required=False, min_value=0, max_value=1_000_000_000)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["max_cost"] = MoneyField(currency=currency, label=_("At most each"), required=False)


class OutcomeForm(forms.Form):
    """What counts as success."""

    outcome = forms.ChoiceField(label=_("What counts as success?"), choices=choices(words.OUTCOMES))


class PriceForm(forms.Form):
    """The first commission."""

    kind = forms.ChoiceField(label=_("How do you pay?"), choices=choices(words.PRICES))
    percent = ShareField(label=_("Share of the order"))

    def __init__(self, *args: Any, currency: str, kinds: Sequence[PriceKind], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["amount"] = MoneyField(currency=currency, label=_("Amount"))
        chosen = self.fields["kind"]
        assert isinstance(chosen, forms.ChoiceField), "a field of choices"
        chosen.choices = [(kind.value, words.PRICES[kind]) for kind in kinds]

    def clean(self) -> dict[str, Any] | None:
        """Only the number that belongs to the kind of price is asked for."""
        cleaned = super().clean()
        needless = "amount" if self.cleaned_data.get("kind") == PriceKind.SHARE else "percent"
        self.errors.pop(needless, None)
        self.cleaned_data[needless] = None
        return cleaned


class TrackingForm(forms.Form):
    """Look-back windows, the order of attribution, channels, consent."""

    standard = PeriodField(label=words.CLAUSES["standard"], most=730 * 86_400)
    incentive = PeriodField(label=words.CLAUSES["incentive"], most=730 * 86_400)
    soft = PeriodField(label=words.CLAUSES["soft"], most=730 * 86_400)
    view = PeriodField(label=words.CLAUSES["view"], most=730 * 86_400)
    attribution = forms.ChoiceField(label=_("Who is paid when several took part?"))
    channel_default = forms.ChoiceField(
        label=_("Every other order"), choices=choices(words.CHANNEL_POLICIES), widget=forms.Select
    )
    max_age_days = forms.IntegerField(
        label=_("Accept orders that are told of late"), min_value=1, max_value=730
    )
    recurring_months = forms.IntegerField(
        label=_("A customer's orders stay with its publisher for"),
        min_value=0,
        max_value=1200,
        required=False,
    )
    lapsed_after_days = forms.IntegerField(
        label=_("A customer has lapsed without an order for"), min_value=1, max_value=3650, required=False
    )
    consent_required = forms.BooleanField(
        label=_("Recognise visitors only with their consent"), required=False
    )

    def __init__(self, *args: Any, own: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.fields["attribution"]
        assert isinstance(chosen, forms.ChoiceField), "a field of choices"
        offered: list[tuple[str, ...]] = list(dict.fromkeys((*([own] if own else []), *ORDERS)))
        chosen.choices = [
            (",".join(order), words.attribution_says(order))  # type: ignore[arg-type]  # offered ones only
            for order in offered
        ]


class PartnersForm(forms.Form):
    """Who may take part, and what they are asked."""

    visibility = forms.ChoiceField(label=_("Who may take part?"), choices=choices(words.VISIBILITIES))
    promotion_types = forms.MultipleChoiceField(
        label=_("Allowed promotion"),
        choices=choices(words.PROMOTION_TYPES),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means every kind."),
    )
    auto_approve = forms.BooleanField(
        label=_("Let in whoever applies with an allowed kind of promotion"), required=False
    )


class DaysForm(forms.Form):
    """Approval and hold."""

    auto_approval_days = forms.IntegerField(
        label=_("Days until approved by itself"), min_value=0, max_value=730, required=False
    )
    delivery_days = forms.IntegerField(
        label=_("Wait for return windows, days until delivered"),
        min_value=0,
        max_value=730,
        required=False,
        help_text=_("Silence approves nothing your feed says can still be returned. Empty: no waiting."),
    )
    hold_days = forms.IntegerField(label=_("Days from approval until payable"), min_value=0, max_value=730)
    lock_days = forms.IntegerField(
        label=_("Days from approval until locked"),
        min_value=0,
        max_value=730,
        required=False,
        help_text=_("Then only a refund is possible, as a chargeback. Empty: never locked."),
    )


class SettlingForm(DaysForm):
    """Approval, hold and allowed promotion, where new terms are written."""

    promotion_types = forms.MultipleChoiceField(
        label=_("Allowed promotion"),
        choices=choices(words.PROMOTION_TYPES),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means every kind."),
    )


class MoneyForm(DaysForm):
    """Approval, hold, budgets and caps."""

    over = forms.ChoiceField(
        label=_("When a budget is nearly spent"), choices=choices(words.OVERS), widget=forms.RadioSelect
    )
    most_per_day = forms.IntegerField(label=_("Most outcomes a day"), min_value=0, required=False)

    def __init__(self, *args: Any, currency: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["month_budget"] = MoneyField(currency=currency, label=_("Budget a month"), required=False)
        self.fields["total_budget"] = MoneyField(
            currency=currency, label=_("Budget in total"), required=False
        )
        self.fields["publisher_cap"] = MoneyField(
            currency=currency, label=_("Most a month to one publisher"), required=False
        )


class TextForm(forms.Form):
    """The text of the terms."""

    text = forms.CharField(
        label=_("Text of the terms"), required=False, widget=forms.Textarea(attrs={"rows": 16}), strip=True
    )

    def clean_text(self) -> str:
        """Browsers send their own ends of lines, which are no change of the terms."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n")


class PublishForm(forms.Form):
    """From when new terms hold, and what changed."""

    effective_from = forms.DateTimeField(
        label=_("In force from"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    note = forms.CharField(
        label=_("What changed, and why"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StateForm(forms.Form):
    """Another state, and why."""

    state = forms.ChoiceField(choices=[(one.value, label) for one, label in words.STATES.items()])
    why = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class GroupForm(forms.Form):
    """A partner group."""

    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(
        label=_("Who belongs here"),
        max_length=300,
        required=False,
        help_text=_("For yourselves: publishers never see it."),
    )


class LimitForm(forms.Form):
    """A new budget or cap."""

    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    measure = forms.ChoiceField(label=_("What it counts"), choices=choices(words.MEASURES))
    period = forms.ChoiceField(label=_("For how long"), choices=choices(words.PERIODS))
    over = forms.ChoiceField(
        label=_("What does not fit"),
        choices=choices(words.OVERS),
        widget=forms.RadioSelect,
        initial=Over.REFUSE.value,
    )
    outcome = forms.ChoiceField(
        label=_("Only"), choices=[("", _("Every outcome")), *choices(words.OUTCOMES)], required=False
    )
    group = forms.ChoiceField(label=_("Partner group"), required=False)
    publisher = forms.ChoiceField(label=_("One publisher"), required=False)
    per_publisher = forms.BooleanField(label=_("For each publisher alone"), required=False)
    per_customer = forms.BooleanField(label=_("For each customer alone"), required=False)

    def __init__(self, *args: Any, currency: str, offered: Mapping[str, Choices], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, own in offered.items():
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField), "a field of choices"
            chosen.choices = [("", _("All publishers")), *own]
        self.fields["cap"] = MoneyField(currency="", label=_("At most"), help_text=currency)
        order = ["measure", "cap", "period", "over", "outcome", "group", "publisher", "per_publisher"]
        self.order_fields([*order, "per_customer", "name"])


class HeightForm(forms.Form):
    """Another height of a limit that stands."""

    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    over = forms.ChoiceField(
        label=_("What does not fit"), choices=choices(words.OVERS), widget=forms.RadioSelect
    )
    why = forms.CharField(label=_("Reason"), max_length=1000, required=False)

    def __init__(self, *args: Any, suffix: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["cap"] = MoneyField(currency=suffix, label=_("At most"))
        self.order_fields(["cap", "over", "name", "why"])


class FeeForm(forms.Form):
    """The network fee, which the operator sets."""

    fee = ShareField(label=_("Network fee"), help_text=_("A share of each commission, on top of it."))


class PolicyForm(FeeForm):
    """The operator's rules for programs."""

    review_needed = forms.BooleanField(label=_("Review every program before it goes live"), required=False)
    field_order = ("review_needed", "fee")
