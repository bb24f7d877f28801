"""States, verdicts, networks and kinds in words, for the pages of imports."""

from django import template
from django.utils.safestring import SafeString

from utfall.portal.access.errors import Words
from utfall.portal.imports import contracts
from utfall.portal.imports.contracts import Booking, Network, Past, RowState, State, Verdict
from utfall.portal.imports.networks import KINDS, NAMES
from utfall.portal.imports.words import BOOKINGS, ROW_STATES, STATES, STATUSES, VERDICTS, said_of
from utfall.portal.look.states import badge

register = template.Library()


@register.filter
def import_state(state: str) -> SafeString:
    """How far an import is, as a badge."""
    return badge(*STATES[State(state)])


@register.filter
def import_verdict(verdict: str) -> SafeString:
    """What a row is, as a badge."""
    return badge(*VERDICTS[Verdict(verdict)])


@register.filter
def import_row_state(state: str) -> SafeString:
    """What became of a row, as a badge."""
    return badge(*ROW_STATES[RowState(state)])


@register.filter
def import_status(status: str) -> SafeString:
    """Where a transaction stood there, as a badge."""
    return badge(*STATUSES[Past(status)])


@register.filter
def import_booking(booking: str) -> SafeString:
    """What the book has of a transaction, as a badge."""
    return badge(*BOOKINGS[Booking(booking)])


@register.filter
def network_words(network: str) -> Words:
    """What a network is called."""
    return NAMES[Network(network)]


@register.filter
def kind_of_rows(kind: str) -> Words:
    """What the rows of a file are called."""
    return KINDS[contracts.Kind(kind)]


@register.filter
def import_code(code: str) -> Words:
    """What a code says."""
    return said_of(code).sentence


@register.filter
def import_mend(code: str) -> Words:
    """How to mend what a code says."""
    return said_of(code).mend
