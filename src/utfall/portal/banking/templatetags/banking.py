"""Kinds, verdicts and troubles in words, for the pages of bank files."""

from django import template
from django.utils.safestring import SafeString

from utfall.portal.access.errors import Words
from utfall.portal.banking.words import KINDS, TROUBLES, VERDICTS
from utfall.portal.look.states import badge

register = template.Library()


@register.filter
def verdict_badge(verdict: str) -> SafeString:
    """What a movement was taken for."""
    return badge(*VERDICTS[verdict])


@register.filter
def kind_of_file(kind: str) -> Words:
    """What a file is."""
    return KINDS[kind]


@register.filter
def trouble_words(code: str) -> Words:
    """Why nothing was read of a file, and how to mend it."""
    return TROUBLES.get(code, code)
