"""The example beside a price in steps: what so many orders come to, worked by the engine itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from utfall.engine.tier_working import ORDERS_MOST, StepSum, Working, work_out
from utfall.events import Outcome
from utfall.money import PPM
from utfall.portal.look.fields import MoneyField
from utfall.portal.look.formats import money, number, share
from utfall.terms import Flat, Portion, Tiered
from utfall.terms.market import LARGEST_CAP

USUAL_ORDERS: Final = 120
USUAL_VALUE: Final = 500_000_000
VALUE_MOST: Final = LARGEST_CAP // ORDERS_MOST


class ExampleForm(forms.Form):
    """How many orders, and of what value each."""

    example_orders = forms.IntegerField(
        label=gettext_lazy("Orders in the period"), min_value=1, max_value=ORDERS_MOST
    )
    example_value = MoneyField(label=gettext_lazy("Value of each"), most=VALUE_MOST)

    def __init__(self, given: Mapping[str, Any], *, currency: str, outcome: Outcome) -> None:
        usual = {"example_orders": USUAL_ORDERS, "example_value": MoneyField().prepare_value(USUAL_VALUE)}
        told = {name: given.get(name) or text for name, text in usual.items()}
        super().__init__(told, auto_id="rule_%s")
        self.fields["example_value"].suffix = currency  # type: ignore[attr-defined]
        if outcome is not Outcome.SALE:
            del self.fields["example_value"]


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the example: what, how much of it, and what it comes to in micros."""

    price: str
    of: str
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The example worked out. `parts` is empty where the form cannot be read yet; amounts are micros."""

    form: ExampleForm
    parts: tuple[Part, ...] = ()
    correction: Part | None = None
    commission_micros: int = 0
    average: str = ""


def example_of(given: Mapping[str, Any], price: Tiered | None, outcome: Outcome, currency: str) -> Example:
    """The example for what was typed so far."""
    form = ExampleForm(given, currency=currency, outcome=outcome)
    if price is None or not form.is_valid():
        return Example(form=form)
    orders, value = form.cleaned_data["example_orders"], form.cleaned_data.get("example_value", 0)
    told = work_out(price, outcome, orders=orders, amount_micros=value)
    return Example(
        form=form,
        parts=tuple(_part(one, price, currency) for one in told.steps),
        correction=_correction(told, price, currency),
        commission_micros=told.commission_micros,
        average=_average(told.commission_micros, orders, orders * value, currency),
    )


def _part(one: StepSum, price: Tiered, currency: str) -> Part:
    of = money(one.amount_micros, currency) if price.is_split else _orders(one.orders)
    return Part(_price(one.price, currency), of, one.commission_micros)


def _price(price: Flat | Portion, currency: str) -> str:
    return share(price.ppm) if isinstance(price, Portion) else money(price.micros, currency)


def _orders(count: int) -> str:
    return ngettext("%(count)s order", "%(count)s orders", count) % {"count": number(count)}


def _correction(told: Working, price: Tiered, currency: str) -> Part | None:
    """What a step that holds for the whole period adds to what was paid before it."""
    if not told.correction_micros:
        return None
    words = _("All at %(price)s") % {"price": _price(price.steps[told.reached].price, currency)}
    return Part(words, _("correction"), told.correction_micros)


def _average(micros: int, orders: int, amount_micros: int, currency: str) -> str:
    """What that is of the value, or for each order."""
    if amount_micros:
        return _("%(share)s of the value") % {"share": share(micros * PPM // amount_micros)}
    return _("%(amount)s each") % {"amount": money(micros // orders, currency)}
