"""Links and codes as the sealed terms hold them, and those adopted from a market that was in force before."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import msgspec
from django.db import connections

from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.links.models import Code, Link
from utfall.terms import Code as SealedCode
from utfall.terms import Link as SealedLink
from utfall.terms import Market, TouchClass

_COLUMNS: Final = (
    *("id", "key", "program", "publisher", "destination", "hosts", "parameter", "template"),
    *("touch_class", "channel", "CAST(starts_at AS TEXT)", "CAST(ends_at AS TEXT)"),
)


def sealed_links() -> Iterator[SealedLink]:
    """Every link that is, was or will be valid.

    There are hundreds of thousands, and every change of terms reads them all: rows are read as SQLite has
    them, in a sixth of the time that models take (benchmarks/portal.py).
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(_COLUMNS)} FROM {Link._meta.db_table} ORDER BY id")
        for row in cursor:
            yield _of_row(*row)


def _of_row(
    number: int,
    key: str,
    program: int,
    publisher: int,
    destination: str,
    hosts: str,
    parameter: str,
    template: str,
    touch_class: str,
    channel: str,
    starts_at: str,
    ends_at: str | None,
) -> SealedLink:
    """`sealed_link` of a row as SQLite has it; a test holds the two together."""
    return SealedLink(
        id=number,
        key=key,
        program=program,
        publisher=publisher,
        destination=destination,
        domains=_hosts(hosts),
        parameter=parameter,
        template=_template(template),
        touch_class=TouchClass(touch_class) if touch_class else None,
        channel=channel or None,
        starts_at=_ms(starts_at),
        ends_at=_ms(ends_at) if ends_at else None,
    )


@lru_cache(maxsize=10_000)
def _hosts(text: str) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(text, type=list[str]))


@lru_cache(maxsize=10_000)
def _template(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(msgspec.json.decode(text, type=list[tuple[str, str]]))


@lru_cache(maxsize=10_000)
def _ms(text: str) -> int:
    return to_ms(datetime.fromisoformat(text).replace(tzinfo=UTC))


def sealed_link(row: Link) -> SealedLink:
    """One link in its sealed form."""
    return SealedLink(
        id=row.pk,
        key=row.key,
        program=row.program,
        publisher=row.publisher,
        destination=row.destination,
        domains=tuple(row.hosts),
        parameter=row.parameter,
        template=tuple((name, value) for name, value in row.template),
        touch_class=TouchClass(row.touch_class) if row.touch_class else None,
        channel=row.channel or None,
        starts_at=to_ms(row.starts_at),
        ends_at=to_ms(row.ends_at) if row.ends_at else None,
    )


def sealed_codes() -> Iterator[SealedCode]:
    """Every code that is, was or will be somebody's; empty intervals are left out."""
    for row in Code.objects.system().order_by("pk").iterator():
        if row.ends_at is None or row.ends_at > row.starts_at:
            yield SealedCode(
                code=row.code,
                program=row.program,
                publisher=row.publisher,
                starts_at=to_ms(row.starts_at),
                ends_at=to_ms(row.ends_at) if row.ends_at else None,
            )


def adopt(market: Market) -> None:
    """Take over the links and codes of a market; those known already stay as they are."""
    advertisers = {program.id: program.advertiser for program in market.programs}
    known = set(Link.objects.system().values_list("pk", flat=True))
    Link.objects.system().bulk_create(
        _link(one, advertisers[one.program]) for one in market.links if one.id not in known
    )
    held = set(Code.objects.system().values_list("program", "code", "starts_at"))
    Code.objects.system().bulk_create(
        _code(one, advertisers[one.program])
        for one in market.codes
        if (one.program, one.code, from_ms(one.starts_at)) not in held
    )


def _link(one: SealedLink, advertiser: int) -> Link:
    return Link(
        pk=one.id,
        key=one.key,
        program=one.program,
        advertiser=advertiser,
        publisher=one.publisher,
        name=one.key,
        destination=one.destination,
        hosts=list(one.domains),
        parameter=one.parameter,
        template=[list(pair) for pair in one.template],
        touch_class=one.touch_class.value if one.touch_class else "",
        channel=one.channel or "",
        starts_at=from_ms(one.starts_at),
        ends_at=from_ms(one.ends_at) if one.ends_at else None,
    )


def _code(one: SealedCode, advertiser: int) -> Code:
    return Code(
        code=one.code,
        program=one.program,
        advertiser=advertiser,
        publisher=one.publisher,
        starts_at=from_ms(one.starts_at),
        ends_at=from_ms(one.ends_at) if one.ends_at else None,
    )
