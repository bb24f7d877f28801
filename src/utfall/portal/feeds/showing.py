"""Finding feeds and products: advertisers their own, partners those of the programs they promote."""

import heapq
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from django.db.models import Q, QuerySet
from django.utils import timezone

from utfall.portal.access import Caller, NotFound, Permission, Slice, refuse
from utfall.portal.access import Kind as Party
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.feeds.columns import wanting
from utfall.portal.feeds.contracts import (
    Column,
    DeliveryView,
    Example,
    FeedView,
    Order,
    Outcome,
    ProductFilter,
    ProductView,
    Stage,
)
from utfall.portal.feeds.earning import Earn, earn_for
from utfall.portal.feeds.models import Delivery, Feed, Product
from utfall.portal.feeds.scoring import health_of
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkView
from utfall.portal.partners import facade as partners
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView

MOST_PROGRAMS: Final = 1000
MOST_SORTED: Final = 20_000
"""Of how many products, the dearest first, those that pay most are looked for."""
MOST_CHOICES: Final = 300


def feed(caller: Caller, program: int) -> FeedView:
    """The feed of a program of the caller's own; NotFound where there is none yet."""
    caller.require(Permission.LOOK)
    row = Feed.objects.one(caller, program=program)
    return feed_of(row)


def feeds(caller: Caller) -> list[FeedView]:
    """Every feed of the caller's own, or of the programs it promotes, that has products."""
    caller.require(Permission.LOOK)
    return [feed_of(row) for row in _seen(caller).filter(version__gt=0).order_by("program")[:MOST_PROGRAMS]]


def deliveries(caller: Caller, program: int, *, after: int | None = None) -> Slice[DeliveryView]:
    """The deliveries of a feed, newest first."""
    caller.require(Permission.LOOK)
    Feed.objects.one(caller, program=program)
    rows = Delivery.objects.of(caller).filter(program=program)
    rows = rows.filter(pk__lt=after) if after is not None else rows
    found = list(rows.order_by("-pk")[: USUAL + 1])
    following = found[USUAL - 1].pk if len(found) > USUAL else None
    return Slice([delivery_of(row) for row in found[:USUAL]], following)


def delivery(caller: Caller, program: int, number: int) -> DeliveryView:
    """One delivery, with examples of what it refused."""
    caller.require(Permission.LOOK)
    return delivery_of(Delivery.objects.one(caller, program=program, pk=number))


def products(
    caller: Caller,
    program: int,
    wanted: ProductFilter | None = None,
    *,
    after: int | None = None,
    count: int = USUAL,
    link: int | None = None,
) -> Slice[ProductView]:
    """The products of a program with what each pays the caller, by the caller's link where one is named."""
    caller.require(Permission.LOOK)
    row, view = standing(caller, program)
    wanted = wanted or ProductFilter()
    shown = Shown(caller, view, row, own_link(caller, program, link))
    rows = filtered(current(row), wanted)
    size = min(count, LARGEST)
    if wanted.order is Order.FEED:
        rows = rows.filter(pk__gt=after) if after is not None else rows
        found = list(rows.order_by("pk")[: size + 1])
        following = found[size - 1].pk if len(found) > size else None
        return Slice([shown(one) for one in found[:size]], following)
    begin = after or 0
    keys = _sorted(rows, wanted.order, shown.earn, begin + size + 1)[begin:]
    by_key = current(row).in_bulk(keys[:size])
    return Slice(
        [shown(by_key[key]) for key in keys[:size] if key in by_key],
        begin + size if len(keys) > size else None,
    )


def _sorted(rows: QuerySet[Product], order: Order, earn: Earn, count: int) -> list[int]:
    """The keys of the first products in an order that the feed does not have."""
    if order is not Order.COMMISSION:
        sign = "" if order is Order.CHEAPEST else "-"
        return list(rows.order_by(f"{sign}price_micros", "pk").values_list("pk", flat=True)[:count])
    dearest = rows.order_by("-price_micros", "pk")
    told = dearest.values_list("pk", "price_micros", "category", "product_id")[:MOST_SORTED]
    paid = (
        (-(earn(price, category, product_id).commission_micros or 0), pk)
        for pk, price, category, product_id in told.iterator()
    )
    return [pk for _paid, pk in heapq.nsmallest(count, paid)]


def stream(caller: Caller, program: int, wanted: ProductFilter, link: int | None) -> Iterator[ProductView]:
    """Every product that is wanted, in the feed's order, one at a time; refusals come before the first."""
    caller.require(Permission.LOOK)
    row, view = standing(caller, program)
    shown = Shown(caller, view, row, own_link(caller, program, link))
    rows = filtered(current(row), wanted).order_by("pk")
    return (shown(one) for one in rows.iterator(chunk_size=2000))


def choices(caller: Caller, program: int) -> Mapping[str, list[str]]:
    """The categories, brands and states of stock there are to filter by."""
    caller.require(Permission.LOOK)
    rows = current(standing(caller, program)[0]).order_by()
    return {
        name: sorted(one for one in rows.values_list(name, flat=True).distinct()[:MOST_CHOICES] if one)
        for name in ("category", "brand", "stock")
    }


def standing(caller: Caller, program: int) -> tuple[Feed, ProgramView]:
    """The feed of a program whose products the caller may see, and the program."""
    row = _seen(caller).filter(program=program).first()
    if row is None:
        raise NotFound
    return row, programs.program(caller, program)


def own_link(caller: Caller, program: int, link: int | None) -> LinkView | None:
    """The caller's link that products are reached by."""
    if link is None:
        return None
    found = links.link(caller, link)
    if found.program != program:
        refuse("link_of_another_program", "", "link")
    return found


def current(row: Feed) -> QuerySet[Product]:
    """The products of a feed as they now are; the feed was found in scope."""
    rows = Product.objects.system().filter(feed=row, since__lte=row.version)
    return rows.filter(Q(until=None) | Q(until__gt=row.version))


def filtered(rows: QuerySet[Product], wanted: ProductFilter) -> QuerySet[Product]:
    """Those that are wanted."""
    exact = {"category": wanted.category, "brand": wanted.brand, "stock": wanted.stock}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    for word in wanted.search.split()[:5]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(brand__icontains=word) | Q(product_id=word) | Q(gtin=word)
        )
    return rows


def _seen(caller: Caller) -> QuerySet[Feed]:
    if caller.kind is not Party.PUBLISHER:
        return Feed.objects.of(caller)
    # In scope: the programs were found as those that this very publisher takes part in.
    return Feed.objects.system().filter(program__in=partners.promoted(caller), version__gt=0)


class Shown:
    """Turns product rows into what a caller may know of them, with what they pay it."""

    def __init__(self, caller: Caller, view: ProgramView, row: Feed, link: LinkView | None) -> None:
        self.earn = earn_for(caller, view.id, view.currency, row.vat_ppm)
        self._way = f"{link.address}{'&' if '?' in link.address else '?'}url=" if link else ""

    def __call__(self, row: Product) -> ProductView:
        earning = self.earn(row.price_micros, row.category, row.product_id)
        return ProductView(
            id=row.pk,
            commission_micros=earning.commission_micros,
            rule=earning.rule,
            tracked_link=self._way + quote(row.deep_link, safe="") if self._way else "",
            **{name: getattr(row, name) for name in COPIED},
        )


COPIED: Final = (
    *("product_id", "name", "price_micros", "rrp_micros", "currency", "deep_link", "image_url", "brand"),
    *("gtin", "mpn", "condition", "stock", "category", "description", "changed_at"),
    "return_days",
)


def feed_of(row: Feed) -> FeedView:
    """A feed as others may know it."""
    newest = Delivery.objects.system().filter(feed=row).order_by("-pk").first()
    stage = Stage.READY if row.version else Stage.EMPTY
    if row.columns and wanting(row.mapping, [name for name, _samples in row.columns]):
        stage = Stage.MAPPING
    return FeedView(
        program=row.program,
        advertiser=row.advertiser,
        stage=stage,
        url=row.url,
        every_hours=row.every_hours,
        next_at=row.next_at,
        vat_ppm=row.vat_ppm,
        mapping=dict(row.mapping),
        columns=tuple(Column(name=name, samples=tuple(samples)) for name, samples in row.columns),
        file_name=row.file_name,
        products=row.products,
        version=row.version,
        taken_at=row.taken_at,
        health=health_of(row.parts, row.taken_at, timezone.now()),
        latest=delivery_of(newest) if newest else None,
        work=row.work,
    )


def delivery_of(row: Delivery) -> DeliveryView:
    """A delivery as others may know it."""
    counts: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("number", "rows", "accepted", "refused", "added", "changed", "unchanged", "removed")
    }
    return DeliveryView(
        id=row.pk,
        program=row.program,
        outcome=Outcome(row.outcome),
        source=row.source,
        faults=dict(row.faults),
        warnings=dict(row.warnings),
        examples=tuple(Example(**one) for one in row.examples),
        code=row.code,
        sentence=row.sentence,
        bytes=row.bytes,
        by=row.by,
        started_at=row.started_at,
        ended_at=row.ended_at,
        **counts,
    )
