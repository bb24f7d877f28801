"""Who owns a property: a mark that only its owner can put there, looked for by ourselves.

A site is verified by a file at its root or by a tag in the head of its first page, where visitors' comments
cannot put one; anything else by the mark in the text of its page. Nothing is needed of the name service.
"""

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from secrets import token_hex
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.outside import Fetched, Limits, Unreachable, fetch
from utfall.portal.partners.contracts import PropertyKind, PropertyView
from utfall.portal.partners.models import Property
from utfall.portal.partners.publishers import property_view
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Report

KIND: Final = "partners.verify"
TAG: Final = "utfall-verification"
LIMITS: Final = Limits(max_bytes=1 << 20, timeout_s=10.0)


def new_token() -> str:
    """A mark that nobody can guess."""
    return token_hex(16)


def file_address(url: str, token: str) -> str:
    """Where the file stands that verifies a site: at its root."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/utfall-{token}.txt"


def tag_of(token: str) -> str:
    """The tag that verifies a site, for the head of its first page."""
    return f'<meta name="{TAG}" content="{token}">'


def verify_property(caller: Caller, number: int) -> int:
    """Look for the mark as background work; its number. The property says afterwards what came of it."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = Property.objects.one(caller, pk=number)
        caller.publisher(row.publisher)
        if row.verified_at is not None:
            refuse("verified_already", _("This property is verified already."), status=409)
        if not row.url:
            refuse("url_missing", _("Give the property an address first; that is where we look."), "url")
        row.token = row.token or new_token()
        row.work, row.problem = work.start(caller, KIND, {"property": row.pk}), ""
        row.save(update_fields=["token", "work", "problem"])
        return row.work


def verify(payload: Mapping[str, Any], report: Report) -> dict[str, str]:
    """Do the looking; called by the worker."""
    row = Property.objects.one(report.caller, pk=payload["property"])
    report(0, 1, _("Looking for the mark"))
    url, problem = row.url, looked_for(row.url, row.token, PropertyKind(row.kind))
    with transaction.atomic():
        row = Property.objects.one(report.caller, pk=row.pk)
        if row.url != url:
            # Somebody changed the address meanwhile: what was found says nothing about the new one.
            return {"problem": "changed"}
        row.problem, row.checked_at, row.work = problem, timezone.now(), None
        row.verified_at = None if problem else row.checked_at
        row.save(update_fields=["problem", "checked_at", "work", "verified_at"])
    return {"problem": problem}


def set_verified(caller: Caller, number: int) -> PropertyView:
    """The operator vouches for a property that cannot carry a mark."""
    caller.require(Permission.OPERATE)
    row = Property.objects.one(caller, pk=number)
    row.verified_at, row.problem, row.work = timezone.now(), "", None
    row.save(update_fields=["verified_at", "problem", "work"])
    return property_view(row)


def looked_for(url: str, token: str, kind: PropertyKind, *, reachable: Sequence[str] = ()) -> str:
    """Look for the mark; empty when it is there, else why it was not found."""
    if kind is PropertyKind.SITE:
        found = _asked(file_address(url, token), reachable)
        if isinstance(found, Fetched) and found.status == 200 and found.body.strip() == token.encode():
            return "" if _is_same(url, found.url) else "elsewhere"
    found = _asked(url, reachable)
    if isinstance(found, str):
        return found
    if not _is_same(url, found.url):
        return "elsewhere"
    if found.status != 200:
        return "status"
    return "" if _is_marked(found.body, token, kind) else "missing"


def _asked(url: str, reachable: Sequence[str]) -> Fetched | str:
    try:
        return fetch(url, LIMITS, reachable=reachable)
    except Unreachable as error:
        return error.code


def _is_same(wanted: str, found: str) -> bool:
    """Whether a redirect stayed on the site, with or without www."""
    return _host(wanted) == _host(found)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")


def _is_marked(body: bytes, token: str, kind: PropertyKind) -> bool:
    text = body.decode("utf-8", "replace")
    if kind is not PropertyKind.SITE:
        return token in text
    head = _Head()
    head.feed(text)
    return token in head.marks


class _Head(HTMLParser):
    """The marks in the head of a page; whatever follows `<body>` is no longer the owner's alone."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: set[str] = set()
        self.is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the mark of a tag of ours; stop at the body."""
        self.is_over = self.is_over or tag == "body"
        said = dict(attrs)
        if not self.is_over and tag == "meta" and said.get("name") == TAG:
            self.marks.add(said.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        """The head ends where it says so."""
        self.is_over = self.is_over or tag == "head"
