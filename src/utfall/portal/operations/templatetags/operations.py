"""What operations put on every page (its banners), and how its own pages show states."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString

from utfall.portal.access import Caller, Onlooker
from utfall.portal.look.states import badge
from utfall.portal.operations import words
from utfall.portal.operations.announcing import announced
from utfall.portal.operations.contracts import Audience, Level, Matter, Standing
from utfall.portal.operations.looking import KNOWN, looked_at_by, onlooker_of

register = template.Library()


@register.inclusion_tag("operations/banners.html", takes_context=True)
def operations_banners(context: Context) -> dict[str, Any]:
    """Who looks on, on every page as long as it lasts; and what the operator announced to the caller."""
    request: HttpRequest | None = context.get("request")
    caller: Caller | None = context.get("caller")
    told: dict[str, Any] = {"onlooker": None, "announced": [], "caller": caller}
    if request is None:
        return told
    if caller is not None and caller.onlooker is not None:
        told |= {"onlooker": caller.onlooker, "name": caller.name, "role": caller.role, "is_there": True}
    elif KNOWN in request.session:
        told |= _elsewhere(request)
    if caller is not None:
        told["announced"] = [
            {"id": one.id, "words": one.words, "shown": words.LEVELS[one.level]} for one in announced(caller)
        ]
    return {**told, "csrf_token": context.get("csrf_token"), "path": request.get_full_path()}


def _elsewhere(request: HttpRequest) -> dict[str, Any]:
    """On pages outside of the organisation that is looked at."""
    row = looked_at_by(request)
    if row is None or row.ended_at is not None:
        return {}
    onlooker: Onlooker = onlooker_of(row)
    return {"onlooker": onlooker, "name": row.name, "role": row.role, "slug": row.slug, "is_there": False}


@register.simple_tag
def standing(one: Standing) -> SafeString:
    """How well something is, as a badge."""
    shown = words.STANDINGS[one]
    return badge(shown.words, tone=shown.tone, icon=shown.icon)


@register.simple_tag
def level(one: Level) -> SafeString:
    """How urgent an announcement is, as a badge."""
    shown = words.LEVELS[Level(one)]
    return badge(shown.words, tone=shown.tone, icon=shown.icon)


@register.simple_tag
def announced_state(one: str) -> SafeString:
    """Where an announcement stands, as a badge."""
    shown = words.ANNOUNCED[one]
    return badge(shown.words, tone=shown.tone, icon=shown.icon)


@register.simple_tag
def matter(one: Matter) -> SafeString:
    """What kind of thing waits, as a badge."""
    shown = words.MATTERS[one]
    return badge(shown.words, tone=shown.tone, icon=shown.icon)


@register.filter
def audience_words(one: Audience) -> str:
    """Whom an announcement is for."""
    return str(words.AUDIENCES[Audience(one)])


@register.filter
def known_by(one: str) -> str:
    """Where something is known from."""
    return str(words.KNOWN_BY[one])


@register.filter
def ended_by(one: str) -> str:
    """How an impersonation ended."""
    return str(words.ENDED_BY.get(one, one))


@register.filter
def known(values: list[int | None]) -> list[int]:
    """The minutes that somebody looked at; a line needs two of them."""
    found = [one for one in values if one is not None]
    return found if len(found) > 1 else []
