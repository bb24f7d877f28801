"""A page that shows every component, with the portal around it: what the tests look at, and people too."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from tests.browser.serving import served
from utfall.portal import urls
from utfall.portal.access import Caller, Forbidden, NotFound, Problem, Refused, Slice
from utfall.portal.look import refusals
from utfall.portal.look.charts import Chart, Series
from utfall.portal.look.fields import DayField, MomentField, MoneyField, PeriodField, ShareField
from utfall.portal.look.states import STATES
from utfall.portal.people.facade import callers_of

TEMPLATE: Final = Path(__file__).with_name("gallery.html")
SNIPPET: Final = (
    '<script async src="https://klick.example/t.js" data-advertiser="7"></script>\n<!-- after it -->'
)


class Everything(forms.Form):
    """A form with every kind of field."""

    name = forms.CharField(label="Name", help_text="What partners see.")
    price = MoneyField(label="Price", currency="SEK")
    rate = ShareField(label="Commission", required=False)
    window = PeriodField(label="Window", initial=2_592_000)
    day = DayField(label="From")
    at = MomentField(label="At", required=False)
    kind = forms.ChoiceField(label="Outcome", choices=[("sale", "Sale"), ("lead", "Lead")])
    types = forms.MultipleChoiceField(
        label="Promotion",
        choices=[("content", "Content"), ("cashback", "Cashback")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(label="Terms", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    on = forms.BooleanField(label="Ask for consent first", required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component."""
    request.caller = a_caller(request)  # type: ignore[attr-defined]
    form = Everything({"name": "", "price": "1.2.3x", "window": "30", "window_unit": "86400", "day": "x"})
    return HttpResponse(engines["django"].from_string(TEMPLATE.read_text()).render(shown(form), request))


def a_caller(request: HttpRequest) -> Caller:
    """Somebody's organisation, whoever looks."""
    assert request.user.pk is not None
    return callers_of(request.user.pk)[0]


def shown(form: forms.Form) -> dict[str, Any]:
    now = timezone.now()
    names = (
        ("Friluftsbloggen", "Content", "active"),
        ("Cashbacka", "Cashback", "pending"),
        ("Kodkungen", "Voucher", "banned"),
    )
    days = [f"{day} nov" for day in range(1, 15)]
    return {
        "form": form,
        "tab_items": [
            ("#", "Overview", True, None),
            ("#", "Partners", False, 1204),
            ("#", "Rules", False, 0),
        ],
        "step_items": [("What counts", "#"), "Price", "Partners", "Go live"],
        "spark": [3, 4, 2, 6, 7, 5, 9, 12, 10],
        "sales": 12_480,
        "commission": 1_234_567_000_000,
        "cost": 98_500_000,
        "line": Chart(
            title="Sales per day",
            labels=days,
            kind="area",
            series=[
                Series("Sales", [4, 7, 6, 9, 12, 8, 7, 11, 14, 13, 17, None, 18, 21]),
                Series("Leads", [2, 3, 3, 4, 3, 2, 4, 5, 6, 5, 6, 7, 7, 8]),
            ],
            annotations=[("6 nov", "New terms")],
        ),
        "bars": Chart(
            title="By partner",
            labels=[one[0] for one in names],
            kind="bar",
            unit="kr",
            series=[Series("Commission", [8200, 4100, 1900])],
        ),
        "partners": [
            {"name": name, "kind": kind, "state": state, "sales": 1240 * (place + 1), "paid": 99_920_000 * 40}
            for place, (name, kind, state) in enumerate(names)
        ],
        "slice": Slice([], 7),
        "states": list(STATES),
        "when": now - timedelta(days=3, hours=2),
        "entries": [
            {
                "when": now,
                "words": "Astrid Lind raised the price of a lead",
                "who": "Astrid Lind",
                "icon": "coins",
            },
            {"when": now - timedelta(days=2), "words": "Went live", "detail": "Version 3 of the terms"},
        ],
        "before": {"price": "250 kr", "window": "30 days", "name": "x"},
        "after": {"price": "275 kr", "window": "14 days", "name": "x"},
        "task": SimpleNamespace(state="running", done=42, total=90, said="Settling day 42 of 90", error=""),
        "snippet": SNIPPET,
    }


def task(request: HttpRequest) -> HttpResponse:
    """The task, done."""
    over = SimpleNamespace(state="done", done=90, total=90, said="All days settled", error="")
    return HttpResponse(engines["django"].from_string("{% progress task '/task' %}").render({"task": over}))


def raising(error: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("gallery", gallery),
    path("task", task),
    path("mishap/403", raising(Forbidden("money"))),
    path("mishap/404", raising(NotFound())),
    path(
        "mishap/422",
        raising(Refused([Problem("late", "The day lies in the past."), Problem("cap", "The cap is 0.")])),
    ),
    path("mishap/409", raising(Refused([Problem("changed", "It changed.")], status=409))),
    path("mishap/500", refusals.broken),
    path("mishap/503", refusals.resting),
    path("mishap/csrf", refusals.csrf_failure),
    *urls.urlpatterns,
]
handler404, handler500 = refusals.not_found, refusals.broken


@contextmanager
def gallery_served(port: int = 0) -> Iterator[str]:
    """The portal with the gallery, on a port of this machine; its address."""
    with override_settings(ROOT_URLCONF=__name__, SESSION_COOKIE_SECURE=False), served(port) as address:
        yield address
