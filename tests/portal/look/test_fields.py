"""Fields of the trade: what people type, and what is kept of it."""

import pytest
from django import forms
from django.utils import translation

from utfall.portal.access import Problem, Refused
from utfall.portal.look.fields import DayField, MomentField, MoneyField, PeriodField, ShareField
from utfall.portal.look.forms import blame, field, problems, problems_of


class Offer(forms.Form):
    price = MoneyField(label="Price", currency="SEK", help_text="For each lead")
    rate = ShareField(label="Rate", required=False)
    window = PeriodField(label="Window", least=60, required=False)
    day = DayField(label="From", required=False)
    at = MomentField(label="At", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect, required=False)


def price_of(text: str, language: str) -> object:
    with translation.override(language):
        form = Offer({"price": text})
        return form.cleaned_data["price"] if form.is_valid() else form.errors.as_data()["price"][0].code


@pytest.mark.parametrize(
    ("language", "text", "micros"),
    [
        ("sv", "1 234,50", 1_234_500_000),
        ("sv", "1\u202f234,50 SEK", 1_234_500_000),
        ("nb", "1.234,50", 1_234_500_000),
        ("en", "1,234.50", 1_234_500_000),
        ("en", "0.000001", 1),
        ("sv", "1,234", 1_234_000),
        ("en", "1.234", 1_234_000),
    ],
)
def test_money_is_read_as_its_language_writes_it(language: str, text: str, micros: int) -> None:
    assert price_of(text, language) == micros


@pytest.mark.parametrize(("language", "text"), [("en", "1,234"), ("sv", "1.234"), ("nb", "12.345")])
def test_what_could_mean_two_amounts_is_refused(language: str, text: str) -> None:
    assert price_of(text, language) == "ambiguous"


@pytest.mark.parametrize(
    ("text", "code"), [("", "required"), ("free", "invalid"), ("-1", "least"), ("1.0000001", "invalid")]
)
def test_what_is_no_amount_is_refused(text: str, code: str) -> None:
    assert price_of(text, "en") == code


def test_a_share_is_kept_in_millionths_and_shown_as_it_was_typed() -> None:
    with translation.override("sv"):
        form = Offer({"price": "1", "rate": "8,5 %"})
        assert form.is_valid()
        assert form.cleaned_data["rate"] == 85_000
        assert 'value="8,5"' in str(Offer(initial={"rate": 85_000})["rate"])
        assert "rate" in Offer({"price": "1", "rate": "101"}).errors
        assert "rate" in Offer({"price": "1", "rate": "8,12345"}).errors


def test_a_period_is_kept_in_seconds_and_shown_in_its_unit() -> None:
    form = Offer({"price": "1", "window": "30", "window_unit": "86400"})
    assert form.is_valid()
    assert form.cleaned_data["window"] == 2_592_000
    shown = str(Offer(initial={"window": 7200})["window"])
    assert 'value="2"' in shown
    assert 'value="3600" selected' in shown
    assert "window" in Offer({"price": "1", "window": "1", "window_unit": "1"}).errors


def test_days_and_moments_come_from_the_browser_in_its_own_form() -> None:
    form = Offer({"price": "1", "day": "2026-11-21", "at": "2026-11-21T14:05"})
    assert form.is_valid()
    assert form.cleaned_data["day"].day == 21
    assert form.cleaned_data["at"].tzinfo is not None


def test_a_refusal_is_shown_at_the_field_it_blames() -> None:
    form = Offer({"price": "1"})
    assert form.is_valid()
    blame(form, Refused([Problem("high", "Too high.", "price"), Problem("late", "Too late.")]))
    assert form.errors["price"] == ["Too high."]
    assert form.non_field_errors() == ["Too late."]
    told = problems(form)["problems"]
    assert {(one["label"], one["sentence"], one["id"]) for one in told} == {
        ("Price", "Too high.", "id_price"),
        ("", "Too late.", ""),
    }


def test_help_and_faults_are_linked_to_their_field() -> None:
    form = Offer({"price": "free"})
    told = field(form["price"])
    assert told["suffix"] == "SEK"
    assert 'aria-describedby="id_price-help id_price-wrong"' in told["widget"]
    assert 'aria-invalid="true"' in told["widget"]
    assert field(form["window"])["id"] == "id_window_0"
    assert field(form["kind"])["shape"] == "choices"


def test_without_a_form_problems_are_found_by_name() -> None:
    found = [Problem("high", "Too high.", "price"), Problem("late", "Too late.")]
    assert problems_of(found, "price") == ["Too high."]
    assert [one["id"] for one in problems(found)["problems"]] == ["id_price", ""]
