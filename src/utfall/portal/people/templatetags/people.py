"""Words for browsers and for what keys and roles mean: `{% load people %}`."""

import re
from typing import Any, Final

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from utfall.portal.access import Permission, Role
from utfall.portal.access.errors import Words
from utfall.portal.people.account import profile
from utfall.portal.people.second_factor import factors_of
from utfall.portal.people.words import PROMOTIONS, ROLES_MEAN, SCOPES
from utfall.portal.site import site

register = template.Library()

# Every browser names others too, so the more particular name stands first.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Vivaldi", "Vivaldi"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser(user_agent: str) -> str:
    """
    >>> browser("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    """
    found = [_first(user_agent, names) for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or _("Unknown browser")


def _first(text: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((shown for part, shown in names if re.search(rf"\b{part}", text)), "")


@register.simple_tag
def sign_up_is_open() -> bool:
    """Whether newcomers may sign up; allauth's pages call something else `site`."""
    return site().sign_up


@register.inclusion_tag("people/factors.html", takes_context=True)
def second_factors(context: Context) -> dict[str, Any]:
    """What the signed-in person signs in with beside the password."""
    user = context["request"].user.pk
    return {"factors": factors_of(user), "profile": profile(user)}


@register.filter
def scope_words(scope: str) -> Words:
    """What a key of this scope may do."""
    return SCOPES[Permission(scope)]


@register.filter
def role_means(role: str) -> Words:
    """What a role may do, in a sentence."""
    return ROLES_MEAN[Role(role)]


@register.filter
def promotion_words(promotion: str) -> Words:
    """How a publisher promotes."""
    return PROMOTIONS.get(promotion, promotion)
