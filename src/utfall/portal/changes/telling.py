"""Telling of changes, in the transaction of whoever makes them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec
from django.db import connections, router, transaction
from django.utils import timezone

from utfall.portal.changes.contracts import FOR_PARTNERS, Body, Kind, Told
from utfall.portal.changes.models import Change
from utfall.portal.site import site


def tell(
    kind: Kind,
    *,
    subject: str,
    advertiser: int | None = None,
    publisher: int | None = None,
    program: int | None = None,
    body: Body,
    publisher_body: Body | None = None,
) -> None:
    """Put a change into the feed; it is read once the caller's transaction holds.

    Both sides read `body`, unless there is a `publisher_body`.
    """
    told = Told(
        kind=kind,
        subject=subject,
        at=timezone.now(),
        body=body,
        advertiser=advertiser,
        publisher=publisher,
        program=program,
        publisher_body=publisher_body,
    )
    _row(told).save(force_insert=True)


def tell_decided(told: Sequence[Told]) -> None:
    """Put what receipts decided into the feed; what was told of before, or is older than it, is left out."""
    oldest = timezone.now() - timedelta(days=site().changes_kept_days)
    connection = connections[router.db_for_write(Change)]
    rows = [
        _values(one, connection.ops.adapt_datetimefield_value(one.at)) for one in told if one.at >= oldest
    ]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.executemany(_TELL, rows)


def forget() -> int:
    """Delete what is older than the feed is kept; how many changes it were."""
    oldest = timezone.now() - timedelta(days=site().changes_kept_days)
    gone, _tables = Change.objects.system().filter(at__lt=oldest).delete()
    return gone


def _values(told: Told, at: Any) -> tuple[Any, ...]:
    """A row of the feed without the model around it, of which there may be a million for one bank file."""
    own = told.publisher_body
    return (
        *(at, told.kind.value, told.subject, told.advertiser, told.publisher, told.program),
        *(told.kind in FOR_PARTNERS, told.receipt, told.proof),
        msgspec.json.encode(told.body).decode(),
        None if own is None else msgspec.json.encode(own).decode(),
    )


_COLUMNS: Final = (
    *("at", "kind", "subject", "advertiser", "publisher", "program", "for_partners", "receipt", "proof"),
    *("body", "publisher_body"),
)
_TELL: Final = (
    f"INSERT INTO {Change._meta.db_table} ({', '.join(_COLUMNS)})"
    f" VALUES ({', '.join(['%s'] * len(_COLUMNS))}) ON CONFLICT DO NOTHING"
)


def _row(told: Told) -> Change:
    return Change(
        at=told.at,
        kind=told.kind.value,
        subject=told.subject,
        advertiser=told.advertiser,
        publisher=told.publisher,
        program=told.program,
        for_partners=told.kind in FOR_PARTNERS,
        receipt=told.receipt,
        proof=told.proof,
        body=dict(told.body),
        publisher_body=None if told.publisher_body is None else dict(told.publisher_body),
    )
