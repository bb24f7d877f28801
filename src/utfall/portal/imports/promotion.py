"""Rows that are links or promo codes of partners; and taking them back."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils import timezone

from utfall.portal.access import NotFound, Refused
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import Filters
from utfall.portal.imports import contracts
from utfall.portal.imports.contracts import Verdict
from utfall.portal.imports.ground import Ground, Handled, Plain
from utfall.portal.imports.models import Row
from utfall.portal.imports.values import Unclear, moment
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import CodeDraft, LinkDraft

LINKS: Final = contracts.Kind.LINKS
CODES: Final = contracts.Kind.CODES
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{2,31}")


def link(ground: Ground, told: Mapping[str, str]) -> Handled:
    """One link."""
    external = told.get("external", "")
    if not external:
        raise Plain(Verdict.UNREADABLE, "external_missing")
    if not told.get("destination"):
        raise Plain(Verdict.UNREADABLE, "destination_missing")
    ground.once(external)
    known = ground.known.get((LINKS.value, external))
    if known is not None and known.live:
        raise Plain(Verdict.HERE, "known_before")
    publisher = ground.publisher_of(told)
    if known is not None:
        links.revive_link(ground.caller, known.number)
        ground.note(LINKS, external, known.number, known.name)
        return Handled(verdict=Verdict.NEW, code="comes_back", made=known.number)
    key = key_of(told.get("key", ""))
    draft = LinkDraft(
        program=ground.program.id,
        publisher=publisher,
        destination=told["destination"],
        name=told.get("name", "")[:120],
        key=key,
    )
    made, code = _made(ground, draft)
    ground.note(LINKS, external, made, draft.name or external)
    return Handled(verdict=Verdict.NEW, code=code, made=made)


def key_of(text: str) -> str:
    """The last part of an address, where it can be a key of ours.

    >>> key_of("https://dub.sh/autumn"), key_of("autumn"), key_of("dub.sh/a b")
    ('autumn', 'autumn', '')
    """
    last = text.rstrip("/").rpartition("/")[2].partition("?")[0]
    return last if _KEY.fullmatch(last) else ""


def _made(ground: Ground, draft: LinkDraft) -> tuple[int, str]:
    caller = ground.as_partner(draft.publisher or 0)
    try:
        return links.create_link(caller, draft).id, ""
    except Refused as refused:
        if not draft.key or refused.problems[0].field != "key":
            raise
    return links.create_link(caller, replace(draft, key="")).id, "key_changed"


def code(ground: Ground, told: Mapping[str, str]) -> Handled:
    """One promo code."""
    text = told.get("code", "")
    if not text:
        raise Plain(Verdict.UNREADABLE, "code_missing")
    external = text.upper()[:200]
    ground.once(external)
    starts, ends = _day(ground, told.get("starts", "")), _day(ground, told.get("ends", ""))
    publisher = ground.publisher_of(told)
    if ends is not None and ends <= timezone.now():
        raise Plain(Verdict.LEFT_OUT, "ended_there")
    holder = _holder(ground, text)
    if holder is not None:
        known = ground.known.get((CODES.value, external))
        if holder != publisher:
            raise Plain(Verdict.CONFLICT, "code_of_another")
        raise Plain(Verdict.HERE, "known_before" if known is not None and known.live else "partner_has_it")
    made = links.assign_code(
        ground.caller,
        CodeDraft(
            program=ground.program.id,
            publisher=publisher,
            code=text,
            description=told.get("description", "")[:200],
            starts_at=starts if starts is not None and starts > timezone.now() else None,
            ends_at=ends,
        ),
    )
    ground.note(CODES, external, made.id, text)
    return Handled(verdict=Verdict.NEW, made=made.id)


def _day(ground: Ground, text: str) -> datetime | None:
    """A day of a code, where one is told."""
    if not text:
        return None
    dates = ground.options.dates
    assert dates is not None, "how days are written was asked for"
    try:
        return moment(text, dates, ground.zone)
    except Unclear as unclear:
        raise Plain(Verdict.UNREADABLE, str(unclear)) from None


def _holder(ground: Ground, text: str) -> int | None:
    """Whose code this is now."""
    found = links.codes(ground.caller, program=ground.program.id, search=text, count=200).items
    return next((one.publisher for one in found if one.code.casefold() == text.casefold()), None)


def undo_link(ground: Ground, row: Row) -> str:
    """End a link that the import made, unless it was clicked or earned something."""
    known = ground.known.get((LINKS.value, row.external))
    if known is None or not known.live:
        return ""
    if known.source != ground.source.pk:
        return "was_here"
    try:
        view = links.link(ground.caller, known.number)
    except NotFound:
        return ""
    if sum(day.clicks for day in links.clicks(ground.caller, view.id)):
        return "has_clicks"
    if conversions.counted(ground.caller, Filters(link=view.id)).orders:
        return "has_orders"
    if view.ends_at is None:
        links.end_link(ground.caller, view.id)
    known.live = False
    known.save(update_fields=["live"])
    return ""


def undo_code(ground: Ground, row: Row) -> str:
    """End a code that the import gave, unless orders were placed with it."""
    known = ground.known.get((CODES.value, row.external))
    if known is None or not known.live:
        return ""
    if known.source != ground.source.pk:
        return "was_here"
    if conversions.counted(ground.caller, Filters(program=ground.program.id, code=known.name)).orders:
        return "has_orders"
    try:
        links.end_code(ground.caller, known.number)
    except Refused as refused:
        if refused.problems[0].code != "ended_already":
            return refused.problems[0].code
    known.live = False
    known.save(update_fields=["live"])
    return ""
