"""Setting a feed up: a file or an address, the columns that stand for the fields, how often it is fetched."""

from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Any, Final, NamedTuple
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, NotFound, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.feeds.columns import wanting
from utfall.portal.feeds.contracts import FIELDS, Source
from utfall.portal.feeds.keeping import file_of, keep
from utfall.portal.feeds.models import Feed
from utfall.portal.feeds.opening import Unreadable
from utfall.portal.feeds.words import FIELD_WORDS, TROUBLES
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.work import facade as work

DELIVER: Final = "feeds.deliver"
LONGEST: Final = 2000
MOST_HOURS: Final = 24


class Upload(NamedTuple):
    """A file somebody sends."""

    name: str
    file: IO[bytes]


def receive(caller: Caller, program: int, file: Upload) -> int:
    """Take a feed's file and have it read; the number of that work."""
    feed = _feed(caller, program)
    try:
        keep(program, file.file)
    except Unreadable as trouble:
        refuse(trouble.code, TROUBLES[trouble.code], "file")
    feed.file_name = file.name.replace("\\", "/").rpartition("/")[2][:200]
    with transaction.atomic():
        return _start(caller, feed, fetch=False)


def set_source(caller: Caller, program: int, source: Source) -> int | None:
    """Say where a feed is fetched from and how often; the number of the first fetch, where there is one."""
    feed = _feed(caller, program)
    _check(source)
    with transaction.atomic():
        before = _plain(feed)
        is_new = bool(source.url) and source.url != feed.url
        feed.url, feed.every_hours, feed.vat_ppm = source.url, source.every_hours, source.vat_ppm
        if is_new:
            feed.etag = feed.last_modified = ""
        hours = timedelta(hours=feed.every_hours)
        feed.organisation = caller.organisation
        feed.next_at = timezone.now() + hours if feed.url and feed.every_hours else None
        feed.save()
        _record(caller, feed, before)
        return _start(caller, feed, fetch=True) if is_new else None


def set_columns(caller: Caller, program: int, mapping: Mapping[str, str]) -> int | None:
    """Say which column stands for which field, and read the file again; the number of that work."""
    feed = _feed(caller, program)
    there = {name for name, _samples in feed.columns}
    chosen = {field: name for field, name in mapping.items() if field in FIELDS and name}
    for field, name in chosen.items():
        if name not in there:
            refuse("column_unknown", _("The file has no such column."), field)
    for field in wanting(chosen):
        refuse(
            "column_missing",
            _("Choose the column that holds the %(field)s.") % {"field": FIELD_WORDS[field]},
            field,
        )
    with transaction.atomic():
        before = _plain(feed)
        feed.mapping = chosen
        feed.save(update_fields=["mapping"])
        _record(caller, feed, before)
        return _start(caller, feed, fetch=False) if file_of(program).exists() else None


def fetch_now(caller: Caller, program: int) -> int:
    """Fetch a feed now; the number of that work."""
    feed = own(caller, program)
    if not feed.url:
        refuse("no_address", _("Say where the feed is first."), "url")
    with transaction.atomic():
        return _start(caller, feed, fetch=True)


def remove(caller: Caller, program: int) -> None:
    """Take a feed away, with its products and its file."""
    feed = own(caller, program)
    with transaction.atomic():
        audit.record(
            caller,
            action="feed.removed",
            subject=f"feed of program {program}",
            before=_plain(feed),
            after=None,
            advertiser=feed.advertiser,
        )
        feed.delete()
    file_of(program).unlink(missing_ok=True)


def own(caller: Caller, program: int) -> Feed:
    """The feed of a program of the caller's own that it may change."""
    caller.require(Permission.MANAGE)
    feed = Feed.objects.of(caller).filter(program=program).first()
    if feed is None:
        raise NotFound
    caller.advertiser(feed.advertiser)
    return feed


def _feed(caller: Caller, program: int) -> Feed:
    """The program's feed, begun where there is none."""
    view = owned(caller, program)
    found = Feed.objects.of(caller).filter(program=program).first()
    return found or Feed.objects.system().create(program=program, advertiser=view.advertiser)


def owned(caller: Caller, program: int) -> ProgramView:
    """A program of the caller's own that it may change."""
    caller.require(Permission.MANAGE)
    view = programs.program(caller, program)
    caller.advertiser(view.advertiser)
    return view


def _start(caller: Caller, feed: Feed, *, fetch: bool) -> int:
    feed.work = work.start(caller, DELIVER, {"program": feed.program, "fetch": fetch})
    feed.save()
    return feed.work


def _check(source: Source) -> None:
    try:
        parts = urlsplit(source.url)
    except ValueError:
        parts = urlsplit("")
    if source.url and (parts.scheme not in ("http", "https") or not parts.hostname):
        refuse(
            "address_unreadable", _("Write a whole address, such as https://shop.example/feed.xml."), "url"
        )
    if source.url and (parts.username or parts.password):
        refuse("address_with_password", _("An address with a name or a password in it leaks it."), "url")
    if len(source.url) > LONGEST:
        refuse("address_too_long", _("An address has at most 2000 characters."), "url")
    if not 0 <= source.every_hours <= MOST_HOURS:
        refuse("hours_unfit", _("It is fetched every 1 to 24 hours."), "every_hours")
    if not 0 <= source.vat_ppm <= 1_000_000:
        refuse("vat_unfit", _("VAT is a share between 0 and 100 %."), "vat")


def _plain(feed: Feed) -> dict[str, Any]:
    return {
        "url": feed.url,
        "every_hours": feed.every_hours,
        "vat_ppm": feed.vat_ppm,
        "columns": dict(feed.mapping),
    }


def _record(caller: Caller, feed: Feed, before: Mapping[str, Any]) -> None:
    if _plain(feed) != before:
        audit.record(
            caller,
            action="feed.changed",
            subject=f"feed of program {feed.program}",
            before=before,
            after=_plain(feed),
            advertiser=feed.advertiser,
        )
