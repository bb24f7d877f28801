"""A checked file of a side's own, and a sale that was imported."""

import io
from dataclasses import replace

from django.utils import timezone

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.imports import facade
from utfall.portal.imports.models import Import, Row, Transaction
from utfall.portal.work import facade as work


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Nobody but the side's own sees it."""
    caller, name = side.advertiser.caller(), side.advertiser.name
    text = f"Publisher ID,Publisher Name,Membership Status\n1,{name} one,Joined\n2,{name} two,Left\n"
    view = facade.upload(caller, io.BytesIO(text.encode()), f"{name}.csv")
    told = facade.mapping(caller, view.id)
    columns = {one.name: one.column for one in told.fields}
    options = replace(told.options, program=int(made["program"]))
    started = facade.map_columns(caller, view.id, columns, options)
    assert started.work is not None
    work.cancel(caller, started.work)
    row = Import.objects.of(caller).get(pk=view.id)
    row.state, row.rows = "checked", 1
    row.save()
    Row.objects.of(caller).create(source=row, number=1, external="1", label=name, verdict="new")
    Transaction.objects.of(caller).create(
        advertiser=side.advertiser.number,
        program=int(made["program"]),
        publisher=side.publisher.number,
        network="awin",
        external="1",
        reference=name[:50],
        outcome="sale",
        occurred_at=timezone.now(),
        status="approved",
        currency="SEK",
        amount_micros=100_000_000,
        source=row.pk,
    )
    own = facade.keep_mapping(caller, view.id, name, columns)
    return {"imported": row.pk, "own_mapping": own.id}
