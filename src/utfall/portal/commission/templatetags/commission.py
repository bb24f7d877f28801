"""Tags: `{% load commission %}{% offered offer %}` shows what a program pays a publisher, on any page."""

from collections.abc import Sequence
from typing import Any

from django import template

from utfall.portal.access.errors import Words
from utfall.portal.commission.contracts import Offer
from utfall.portal.commission.picking import Builder
from utfall.portal.commission.wording import OPERATORS

register = template.Library()


@register.filter
def operator(name: str) -> Words:
    """An operator in words."""
    return OPERATORS.get(name, name)


@register.filter
def choices_of(builder: Builder, field: str) -> list[tuple[str, Words]]:
    """The values a field can have, to choose from."""
    return builder.choices_of(field)


@register.filter
def lines(values: Sequence[str]) -> str:
    """Several values as they are typed: one a line."""
    return "\n".join(values)


@register.inclusion_tag("commission/parts/offered.html")
def offered(offer: Offer) -> dict[str, Any]:
    """The rules that can apply to a publisher, in words, with their dates (`facade.offer_for`)."""
    return {"offer": offer}
