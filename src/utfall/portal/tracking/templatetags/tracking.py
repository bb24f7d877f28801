"""Calls, methods and receipts in words and badges."""

import re
from datetime import date

from babel.dates import format_date
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.look.formats import locale
from utfall.portal.look.pieces import icon as drawn
from utfall.portal.look.states import badge
from utfall.portal.tracking import words
from utfall.portal.tracking.contracts import Call, Settled

register = template.Library()
_ANY_ICON = "circle-dashed"


@register.filter
def kind_of_call(call: Call) -> Words:
    """What a call is about: the outcome of an order, what an amendment does, else the kind."""
    if call.kind == "conversion":
        return words.OUTCOMES.get(call.outcome, words.KINDS["conversion"])
    if call.kind == "amendment":
        return words.ACTIONS.get(call.action, words.KINDS["amendment"])
    return words.KINDS.get(call.kind, call.kind)


@register.filter
def kind_icon(kind: str) -> SafeString:
    """The icon of a kind."""
    return drawn(words.ICONS.get(kind, _ANY_ICON))


@register.filter
def kind_words_of(kind: str) -> Words:
    """A kind in words."""
    return words.KINDS.get(kind, kind)


@register.filter
def outcome_words(outcome: str) -> Words:
    """An outcome in words."""
    return words.OUTCOMES.get(outcome, outcome)


@register.filter
def decision_words(kind: str) -> Words:
    """What a receipt decides, in words."""
    return words.ACTIONS.get(kind, kind)


@register.filter
def tier_period(period: str) -> str:
    """The period of a price in steps: a month by its name, `2026-Q4` and `2026` as they are."""
    if period == "total":
        return str(_("all time"))
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", period):
        return format_date(date.fromisoformat(f"{period}-01"), "LLLL yyyy", locale=locale())
    return period


@register.filter
def source_words(source: str) -> Words:
    """How a call came, in words."""
    return words.SOURCES.get(source, source)


@register.filter
def method_words(method: str) -> Words:
    """A method of tracking in words."""
    return words.METHODS.get(method, method)


@register.filter
def touched_words(method: str) -> Words:
    """How somebody touched a visitor."""
    return words.TOUCHED.get(method, method)


@register.filter
def class_words(touch_class: str) -> Words:
    """How much a touch counts."""
    return words.CLASSES.get(touch_class, touch_class)


@register.filter
def consent_words(consent: str) -> Words:
    """The visitor's choice."""
    return words.CONSENTS.get(consent, consent)


@register.filter
def because_words(reason: str) -> Words:
    """Why an advertiser declined or refunded."""
    return words.REASONS.get(reason, reason)


@register.filter
def standing(settled: Settled) -> SafeString:
    """Where an order stands after a decision."""
    if settled.reason == "test":
        return badge(_("Moves no money"), "calm")
    if settled.verdict == "refused":
        return badge(_("Refused at settlement"), "bad", "circle-x")
    named, tone = words.STANDINGS.get(settled.status, (settled.status, "calm"))
    return badge(named, tone, "circle-check" if tone == "good" else "") if named else SafeString()


@register.filter
def light(name: str) -> SafeString:
    """A traffic light: a colour, an icon and a word."""
    named, tone, icon = words.LIGHTS[name]
    return badge(named, tone, icon)


@register.filter
def light_dot(name: str) -> SafeString:
    """A traffic light as an icon in its colour, with its word for who cannot see it."""
    named, tone, icon = words.LIGHTS[name]
    return format_html('<span class="light light-{}">{}</span>', tone, drawn(icon, named))
