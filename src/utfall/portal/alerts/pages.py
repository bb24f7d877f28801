"""Pages of alerts: the list, one of them, the bell, the rules, and what a person prefers."""

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.lake.metrics import METRICS, Unit
from utfall.portal.access import Caller, Kind, Menu, Pages, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.alerts import facade
from utfall.portal.alerts.contracts import AlertView, RuleDraft, RuleView
from utfall.portal.alerts.forms import PreferencesForm, RuleForm, standing, typed
from utfall.portal.alerts.words import metric_words, shown
from utfall.portal.look.charts import Chart, Series
from utfall.portal.look.forms import blame, say_why
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State as Partnership
from utfall.portal.programs import facade as programs

pages: Final = Pages("alerts")
MANAGE: Final = Permission.MANAGE
OWNING: Final = frozenset({Kind.ADVERTISER, Kind.AGENCY, Kind.PUBLISHER, Kind.OPERATOR})


@pages.page("alerts/", name="index", menu=Menu(gettext_lazy("Alerts"), "bell", 9))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What is open, and what was."""
    state = "ended" if request.GET.get("state") == "ended" else "open"
    found = facade.alerts(caller, state=state, after=whole(request.GET.get("after", "")))
    facade.bell(caller)
    rows = [(one, _spark(one)) for one in found.items]
    return render(request, "alerts/index.html", {"found": found, "rows": rows, "state": state})


@pages.page("alerts/<int:alert>/", name="alert")
def alert(request: HttpRequest, caller: Caller, alert: int) -> HttpResponse:
    """One alert with the past it was compared with."""
    one = facade.alert(caller, alert)
    context = {"alert": one, "chart": _chart(one), "report": _report(caller, one)}
    return render(request, "alerts/alert.html", context)


@pages.page("alerts/<int:alert>/acknowledge/", name="acknowledge", needs=MANAGE, methods=("POST",))
def acknowledge(request: HttpRequest, caller: Caller, alert: int) -> HttpResponse:
    """Somebody is on it."""
    try:
        facade.acknowledge(caller, alert)
        messages.success(request, _("Noted. It stays in the list until it ends by itself."))
    except Refused as refused:
        say_why(request, refused)
    return redirect("alerts:alert", caller.slug, alert)


@pages.page("alerts/bell/", name="bell")
def bell(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How many alerts are new: a piece of every page. Asked for the list, it shows that and they are seen."""
    if request.GET.get("list"):
        return render(request, "alerts/bell_list.html", {"alerts": facade.bell(caller)})
    return render(request, "alerts/bell_count.html", {"unread": facade.unread(caller)})


@pages.page("alerts/rules/", name="rules")
def rules(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What is watched."""
    found = facade.rules(caller)
    told = {
        "own": [one for one in found if not one.is_preset],
        "presets": [one for one in found if one.is_preset],
        "may_make": caller.kind in OWNING and caller.may(MANAGE),
    }
    return render(request, "alerts/rules.html", told)


@pages.page("alerts/rules/new/", name="new_rule", needs=MANAGE, kinds=OWNING, methods=("GET", "POST"))
def new_rule(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Watch something."""
    return _rule_page(request, caller, None)


@pages.page("alerts/rules/<int:watch>/", name="rule", needs=MANAGE, kinds=OWNING, methods=("GET", "POST"))
def rule(request: HttpRequest, caller: Caller, watch: int) -> HttpResponse:
    """Change a rule."""
    return _rule_page(request, caller, facade.rule(caller, watch))


@pages.page("alerts/rules/<int:watch>/switch/", name="switch", needs=MANAGE, methods=("POST",))
def switch(request: HttpRequest, caller: Caller, watch: int) -> HttpResponse:
    """Look at it again, or no more."""
    facade.switch_rule(caller, watch, request.POST.get("on") == "1")
    return redirect("alerts:rules", caller.slug)


@pages.page("alerts/rules/<int:watch>/remove/", name="remove_rule", needs=MANAGE, methods=("POST",))
def remove_rule(request: HttpRequest, caller: Caller, watch: int) -> HttpResponse:
    """Take it away."""
    try:
        facade.remove_rule(caller, watch)
        messages.success(request, _("Removed."))
    except Refused as refused:
        say_why(request, refused)
    return redirect("alerts:rules", caller.slug)


@pages.page("alerts/preferences/", name="preferences", methods=("GET", "POST"))
def preferences(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How I want to hear of alerts."""
    form = PreferencesForm(request.POST or None, initial=standing(facade.preferences(caller)))
    if request.method == "POST" and form.is_valid():
        try:
            facade.set_preferences(caller, form.wanted())
            messages.success(request, _("Saved."))
            return redirect("alerts:preferences", caller.slug)
        except Refused as refused:
            blame(form, refused)
    return render(request, "alerts/preferences.html", {"form": form}, status=422 if form.errors else 200)


def _rule_page(request: HttpRequest, caller: Caller, standing_rule: RuleView | None) -> HttpResponse:
    form = RuleForm(
        request.POST or None,
        caller=caller,
        programs=_programs(caller),
        initial=typed(_draft(standing_rule)) if standing_rule else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            if standing_rule is None:
                facade.create_rule(caller, form.draft())
            else:
                facade.change_rule(caller, standing_rule.id, form.draft())
            messages.success(request, _("It is watched from now on."))
            return redirect("alerts:rules", caller.slug)
        except Refused as refused:
            blame(form, refused)
    told = {"form": form, "rule": standing_rule}
    return render(request, "alerts/rule.html", told, status=422 if form.errors else 200)


def _draft(view: RuleView) -> RuleDraft:
    names = ("kind", "metric", "direction", "window", "bound", "minimum", "program", "name")
    return RuleDraft(**{name: getattr(view, name) for name in names})


def _spark(one: AlertView) -> list[float]:
    return [value or 0 for value in one.picture.values]


def _chart(one: AlertView) -> Chart | None:
    """The past, with the value that was raised at its end."""
    metric = str(one.facts.get("metric") or "conversions")
    if not one.picture.labels or metric not in METRICS:
        return None
    scale = 1_000_000 if METRICS[metric].unit is Unit.RATIO else 1
    currency = str(one.facts.get("currency") or "")
    words = [
        shown(metric, None if value is None else value * scale, currency) for value in one.picture.values
    ]
    return Chart(
        title=metric_words(metric),
        labels=one.picture.labels,
        series=[Series(metric_words(metric), one.picture.values)],
        kind="bar",
        shown=[words],
    )


def _report(caller: Caller, one: AlertView) -> str:
    """The address of the days before, from which one gets to partners, single events and receipts."""
    metric = str(one.facts.get("metric") or "")
    if metric not in METRICS:
        return ""
    metrics = dict.fromkeys((metric, "clicks", "conversions"))
    pairs = [("m", name) for name in metrics] + [("by", "day"), ("days", "last_30")]
    pairs += [("is.program", str(one.program))] if one.program is not None else []
    return f"{reverse('reports:index', kwargs={'org': caller.slug})}?{urlencode(pairs)}"


def _programs(caller: Caller) -> list[tuple[int, str]]:
    """The programs to choose from, by name."""
    numbers = None
    if caller.kind is Kind.PUBLISHER:
        found = partners.partnerships(caller, states=[Partnership.APPROVED], count=200).items
        numbers = frozenset(one.program for one in found)
    return programs.choices(caller, numbers)
