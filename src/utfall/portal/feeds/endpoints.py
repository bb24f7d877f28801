"""Feeds and products by API: everything that the pages do."""

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from ninja import File
from ninja.files import UploadedFile

from utfall.portal.access import Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.feeds import facade
from utfall.portal.feeds.contracts import (
    DeliveryView,
    FeedView,
    Order,
    Outcome,
    ProductFilter,
    Source,
    Stage,
)
from utfall.portal.feeds.listed import OWNING
from utfall.portal.feeds.opening import MAX_SENT
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Moment,
    Paging,
    Ppm,
    Query,
    Schema,
    Strict,
    listed,
)

endpoints = Endpoints("feeds", _("Product feeds"))
Sent = Annotated[UploadedFile, File(description="CSV, TSV, XML or Google Merchant; also packed with gzip.")]


class PartAnswer(Schema):
    """One part of a health score."""

    name: str
    share_ppm: Ppm
    weight: int
    points: int


class HealthAnswer(Schema):
    """How good a feed is, of a hundred, and why."""

    score: int
    parts: list[PartAnswer]


class ColumnAnswer(Schema):
    """A column of the file, with what its first rows hold."""

    name: str
    samples: list[str]


class ExampleAnswer(Schema):
    """A row that was refused."""

    fault: str
    row: int
    product_id: str
    value: str


class DeliveryAnswer(Schema):
    """One time that a file was read."""

    id: int
    program: int
    number: int
    outcome: Outcome
    source: str
    rows: int
    accepted: int
    refused: int
    added: int
    changed: int
    unchanged: int
    removed: int
    faults: dict[str, int] = Field(description="How many rows were refused, by reason.")
    warnings: dict[str, int] = Field(description="What was left out of accepted rows, by reason.")
    examples: list[ExampleAnswer]
    code: str = Field(description="Why the whole file was refused; empty where it was not.")
    sentence: str
    started_at: Moment
    ended_at: Moment | None


class FeedAnswer(Schema):
    """A program's feed."""

    program: int
    advertiser: int
    stage: Stage
    url: str
    every_hours: int
    next_at: Moment | None
    vat_ppm: Ppm
    mapping: dict[str, str]
    columns: list[ColumnAnswer]
    products: int
    version: int
    taken_at: Moment | None
    health: HealthAnswer
    latest: DeliveryAnswer | None
    work: int | None = Field(description="The background work that reads it, or did last.")


class SourceForm(Strict):
    """Where a feed is fetched from, and how often."""

    url: str = Field("", max_length=2000, description="Empty: only by upload.")
    every_hours: int = Field(24, ge=0, le=24, description="0: only when it is asked for.")
    vat_ppm: Ppm = Field(0, description="The VAT that its prices hold; commission is paid without.")


class ColumnsForm(Strict):
    """A column of the file for each field."""

    columns: dict[str, str] = Field(
        description="By field: product_id, name, price, deep_link and image_url are required."
    )


class WorkAnswer(Schema):
    """The background work that was begun; null where there was nothing to do."""

    work: int | None


class ProductAnswer(Schema):
    """A product, and what a sale of one of it pays the caller."""

    id: int
    product_id: str
    name: str
    price_micros: int
    rrp_micros: int | None
    currency: str
    commission_micros: int | None = Field(description="What one sold pays; null where no rule applies.")
    rule: int | None
    deep_link: str
    tracked_link: str = Field(description="The product's page by the link that was named.")
    image_url: str
    brand: str
    gtin: str
    mpn: str
    condition: str
    stock: str
    category: str
    description: str
    return_days: int | None = Field(description="For how many days it may be returned, where the feed says.")
    changed_at: Moment


class ProductFilters(Paging):
    """Which products are wanted, and by which of the caller's links."""

    link: int | None = Field(None, ge=1, le=2**63 - 1)
    search: str = Field("", max_length=200)
    category: str = Field("", max_length=200)
    brand: str = Field("", max_length=100)
    stock: str = Field("", max_length=12)
    order: Order = Order.FEED


@endpoints.get(
    "/programs/{int:program}/products", answers=Listed[ProductAnswer], summary="Products of a program"
)
def products(request: ApiRequest, program: int, filters: Query[ProductFilters]) -> dict[str, Any]:
    """With what each pays the caller. `after` goes on in the order that was asked for."""
    wanted = ProductFilter(**filters.dict(exclude={"after", "limit", "link"}))
    found = facade.products(
        request.caller, program, wanted, after=filters.after, count=filters.limit, link=filters.link
    )
    return listed(found)


@endpoints.get("/programs/{int:program}/feed", kinds=BUYERS, answers=FeedAnswer, summary="A program's feed")
def feed(request: ApiRequest, program: int) -> FeedView:
    """Where it comes from, how it is read, how healthy it is."""
    return facade.feed(request.caller, program)


@endpoints.put(
    "/programs/{int:program}/feed",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=WorkAnswer,
    summary="Say where a feed is fetched from",
)
def set_source(request: ApiRequest, program: int, details: SourceForm) -> dict[str, Any]:
    """A new address is fetched at once."""
    return {"work": facade.set_source(request.caller, program, Source(**details.dict()))}


@endpoints.post(
    "/programs/{int:program}/feed/file",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=WorkAnswer,
    summary="Upload a feed",
    takes=MAX_SENT,
)
def receive(request: ApiRequest, program: int, file: Sent) -> dict[str, Any]:
    """It is read in the background."""
    assert file.file is not None, "Django gave it to us"
    return {"work": facade.receive(request.caller, program, facade.Upload(file.name or "", file.file))}


@endpoints.put(
    "/programs/{int:program}/feed/columns",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=WorkAnswer,
    summary="Say which column stands for which field",
)
def set_columns(request: ApiRequest, program: int, details: ColumnsForm) -> dict[str, Any]:
    """The last file is read again with them."""
    return {"work": facade.set_columns(request.caller, program, details.columns)}


@endpoints.post(
    "/programs/{int:program}/feed/fetch",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=WorkAnswer,
    summary="Fetch a feed now",
)
def fetch_now(request: ApiRequest, program: int) -> dict[str, Any]:
    """Without waiting for its time."""
    return {"work": facade.fetch_now(request.caller, program)}


@endpoints.delete(
    "/programs/{int:program}/feed", needs=Permission.MANAGE, kinds=OWNING, summary="Take a feed away"
)
def remove(request: ApiRequest, program: int) -> None:
    """With its products and its file."""
    facade.remove(request.caller, program)


@endpoints.get(
    "/programs/{int:program}/feed/deliveries",
    kinds=BUYERS,
    answers=Listed[DeliveryAnswer],
    summary="Deliveries of a feed, newest first",
)
def deliveries(request: ApiRequest, program: int, filters: Query[Paging]) -> dict[str, Any]:
    """What was accepted, refused, added, changed and removed each time."""
    return listed(facade.deliveries(request.caller, program, after=filters.after))


@endpoints.get(
    "/programs/{int:program}/feed/deliveries/{int:delivery}",
    kinds=BUYERS,
    answers=DeliveryAnswer,
    summary="One delivery",
)
def delivery(request: ApiRequest, program: int, delivery: int) -> DeliveryView:
    """With examples of what it refused."""
    return facade.delivery(request.caller, program, delivery)
