"""New product rows, many at once: the statement is written once, and only the values differ."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from django.db import connections

from utfall.portal.feeds.contracts import Kept
from utfall.portal.feeds.models import Feed, Product


def insert(feed: Feed, number: int, rows: Iterable[tuple[Kept, bytes]], now: datetime) -> None:
    """Store accepted rows as of a delivery. The ORM takes most of a delivery's time over the same rows."""
    connection = connections["default"]
    common = (feed.pk, feed.advertiser, number, connection.ops.adapt_datetimefield_value(now))
    names, statement = _statement()
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                (*common, kept.product_id, digest, *(kept.columns[name] for name in names))
                for kept, digest in rows
            ],
        )


@cache
def _statement() -> tuple[tuple[str, ...], str]:
    """The columns that a row of the feed fills, and the statement that stores one."""
    fixed = ("feed_id", "advertiser", "since", "changed_at", "product_id", "digest")
    columns = [field.attname for field in Product._meta.concrete_fields]
    names = tuple(name for name in columns if name not in (*fixed, "id", "until"))
    places = ", ".join(["%s"] * (len(fixed) + len(names)))
    told = ", ".join(f'"{name}"' for name in (*fixed, *names))
    return names, f'INSERT INTO "{Product._meta.db_table}" ({told}) VALUES ({places})'
