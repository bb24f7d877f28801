"""Words of statements and accounting, for their pages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from utfall.money import minor_digits
from utfall.portal.access.errors import Words
from utfall.portal.book.facade import ZONE
from utfall.portal.look.formats import MINUS, locale
from utfall.portal.look.states import badge
from utfall.portal.statements import words
from utfall.portal.statements.contracts import Account, Sort

register = template.Library()


@register.filter
def account_words(account: Account) -> Words:
    """What an account is called."""
    return words.ACCOUNTS[account]


@register.filter
def account_meaning(account: Account) -> Words:
    """What stands on an account."""
    return words.MEANINGS[account]


@register.filter
def sort_words(sort: Sort, account: Account) -> Words:
    """What a sort of lines is called."""
    return words.sort_words(sort, account)


@register.filter
def kind_words(kind: str, account: Account) -> Words:
    """What a line is called."""
    return words.kind_words(kind, account)


@register.filter
def happening_words(happening: str) -> Words:
    """What a verification is about."""
    return words.HAPPENINGS[happening]


@register.filter
def booked(at: datetime) -> date:
    """The day on which something counts: in Sweden, wherever the reader is."""
    return at.astimezone(ZONE).date()


@register.filter
def minor(amount: int, currency: str) -> str:
    """An amount in minor units as a column of one currency has it."""
    digits = minor_digits(currency) or 0
    pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
    written = format_decimal(Decimal(amount).scaleb(-digits), format=pattern, locale=locale())
    return written.replace("-", MINUS)


@register.filter
def credited(amount: int, currency: str) -> str:
    """What a column of credits has: they are below zero in the book."""
    return minor(-amount, currency)


@register.filter
def reporting(code: str) -> SafeString:
    """Whether a publisher is reported, as a badge."""
    return badge(*words.REPORTING[code])


@register.filter
def trade_words(trade: str) -> Words:
    """Which papers a part of VAT is of."""
    return words.TRADES[trade]


@register.filter
def tax_words(trade: str) -> Words:
    """Which VAT those papers have."""
    return words.TAXES[trade]


@register.filter
def treatment_words(treatment: str) -> Words:
    """How papers are taxed."""
    return words.TREATMENTS[treatment]


@register.filter
def place_words(place: str) -> Words:
    """Where the other party is established."""
    return words.PLACES[place]


@register.simple_tag(takes_context=True)
def statement_of(context: Any, kind: str, number: int) -> str:
    """The address of a party's statement."""
    return f"{reverse('statements:index', args=[context['caller'].slug])}?{kind}={number}"
