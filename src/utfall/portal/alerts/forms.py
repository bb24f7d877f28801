"""Forms that read what people type about rules and preferences; the facade decides what may be."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.lake.metrics import METRICS, Unit
from utfall.portal.access import Caller
from utfall.portal.access import Kind as Party
from utfall.portal.alerts.contracts import Direction, Kind, Preferences, RuleDraft, Window
from utfall.portal.alerts.rules import OF_METRIC
from utfall.portal.alerts.words import KINDS, metric_words
from utfall.portal.look.fields import DecimalField

MICROS = 1_000_000
WINDOWS = [
    (Window.HOUR.value, _("The last hour")),
    (Window.DAY.value, _("Yesterday")),
    (Window.WEEK.value, _("The last 7 days")),
    (Window.TODAY.value, _("Today so far")),
]


def metrics_for(caller: Caller) -> list[tuple[str, str]]:
    """The metrics that a caller may watch, by their names."""
    hides = caller.kind is Party.PUBLISHER
    known = [(name, one) for name, one in METRICS.items() if not (hides and one.for_advertiser_only)]
    return sorted(((name, metric_words(name)) for name, _one in known), key=lambda one: one[1])


class RuleForm(forms.Form):
    """A rule. The bound is typed as people write it: 250 for kronor or clicks, 20 for percent."""

    kind = forms.ChoiceField(
        label=_("Tell me when"), choices=[(kind.value, KINDS[kind]) for kind in Kind if kind in OF_METRIC]
    )
    metric = forms.ChoiceField(label=_("Of"), initial="conversions")
    direction = forms.ChoiceField(
        label=_("In which direction"),
        choices=[
            (Direction.BELOW.value, _("Falls or is below")),
            (Direction.ABOVE.value, _("Rises or is above")),
        ],
    )
    window = forms.ChoiceField(label=_("Over"), choices=WINDOWS, initial=Window.DAY.value)
    program = forms.TypedChoiceField(label=_("Program"), required=False, coerce=int, empty_value=None)
    bound = DecimalField(
        label=_("Bound"),
        required=False,
        help_text=_("Of a change and of rates in percent; not needed for what is unlike its own past."),
    )
    minimum = forms.IntegerField(
        label=_("Least volume"),
        required=False,
        min_value=0,
        initial=10,
        help_text=_("With less than this there is too little to judge by."),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=120)

    def __init__(self, *args: Any, caller: Caller, programs: Iterable[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["metric"].choices = metrics_for(caller)  # type: ignore[attr-defined]
        self.fields["program"].choices = [("", _("Every program")), *programs]  # type: ignore[attr-defined]

    def draft(self) -> RuleDraft:
        """What was typed, in the units that are kept."""
        told = self.cleaned_data
        kind, metric = Kind(told["kind"]), told["metric"]
        return RuleDraft(
            kind=kind,
            metric=metric,
            direction=Direction(told["direction"]),
            window=Window(told["window"]),
            bound=_bound(kind, metric, told["bound"] or 0),
            minimum=told["minimum"] or 0,
            program=told["program"],
            name=told["name"],
        )


def _bound(kind: Kind, metric: str, micros: int) -> int:
    """From what was typed (in micros): percent to parts per million, money to micros, counts to counts."""
    if kind is Kind.CHANGE or METRICS[metric].unit is Unit.RATIO:
        return micros // 100
    return micros if METRICS[metric].unit in (Unit.MONEY, Unit.PRICE) else micros // MICROS


def typed(draft: RuleDraft) -> dict[str, Any]:
    """A rule as its form shows it first."""
    unit = METRICS[draft.metric].unit if draft.metric in METRICS else Unit.COUNT
    if draft.kind is Kind.CHANGE or unit is Unit.RATIO:
        bound = draft.bound * 100
    else:
        bound = draft.bound if unit in (Unit.MONEY, Unit.PRICE) else draft.bound * MICROS
    names = ("metric", "minimum", "program", "name")
    chosen = {name: getattr(draft, name).value for name in ("kind", "direction", "window")}
    return {"bound": bound, **chosen, **{name: getattr(draft, name) for name in names}}


class PreferencesForm(forms.Form):
    """How somebody wants to hear of alerts."""

    page = forms.MultipleChoiceField(
        label=_("In the page"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(KINDS.items()),
    )
    email = forms.MultipleChoiceField(
        label=_("By e-mail"), required=False, widget=forms.CheckboxSelectMultiple, choices=list(KINDS.items())
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    zone = forms.ChoiceField(label=_("Time zone"))
    digest = forms.BooleanField(
        label=_("One letter each morning"),
        required=False,
        help_text=_("Gathers the alerts of a day into one letter at eight."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        zones = sorted(zone for zone in available_timezones() if "/" in zone)
        self.fields["zone"].choices = [(zone, zone) for zone in zones]  # type: ignore[attr-defined]

    def wanted(self) -> Preferences:
        """What was chosen."""
        told = self.cleaned_data
        chosen = {name: told[name] for name in ("quiet_from", "quiet_until", "zone", "digest")}
        kinds = {name: tuple(Kind(kind) for kind in told[name]) for name in ("page", "email")}
        return Preferences(page=kinds["page"], email=kinds["email"], **chosen)


def standing(told: Preferences) -> dict[str, Any]:
    """Preferences as their form shows them first."""
    names = ("quiet_from", "quiet_until", "zone", "digest")
    kinds = {name: [kind.value for kind in getattr(told, name)] for name in ("page", "email")}
    return {**kinds, **{name: getattr(told, name) for name in names}}
