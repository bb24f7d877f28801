"""What the operations of feeds answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.words import Word


class DeliveryOutcome(Word):
    """What became of a delivery."""

    RUNNING = "running"
    TAKEN = "taken"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class FeedStage(Word):
    """What a feed waits for."""

    EMPTY = "empty"
    MAPPING = "mapping"
    READY = "ready"


class FaultExampleAnswer(Struct, frozen=True, kw_only=True):
    """A row that was refused."""

    fault: str
    row: int
    product_id: str
    value: str


class DeliveryAnswer(Struct, frozen=True, kw_only=True):
    """One time that a file was read."""

    id: int
    program: int
    number: int
    outcome: DeliveryOutcome
    source: str
    rows: int
    accepted: int
    refused: int
    added: int
    changed: int
    unchanged: int
    removed: int
    faults: dict[str, int]
    """How many rows were refused, by reason."""
    warnings: dict[str, int]
    """What was left out of accepted rows, by reason."""
    examples: tuple[FaultExampleAnswer, ...]
    code: str
    """Why the whole file was refused; empty where it was not."""
    sentence: str
    started_at: datetime
    ended_at: datetime | None


class DeliveryStarted(Struct, frozen=True, kw_only=True):
    """The background work that was begun; null where there was nothing to do."""

    work: int | None


class FeedColumnAnswer(Struct, frozen=True, kw_only=True):
    """A column of the file, with what its first rows hold."""

    name: str
    samples: tuple[str, ...]


class FeedHealthPartAnswer(Struct, frozen=True, kw_only=True):
    """One part of a health score."""

    name: str
    share_ppm: int
    weight: int
    points: int


class FeedHealthAnswer(Struct, frozen=True, kw_only=True):
    """How good a feed is, of a hundred, and why."""

    score: int
    parts: tuple[FeedHealthPartAnswer, ...]


class FeedAnswer(Struct, frozen=True, kw_only=True):
    """A program's feed."""

    program: int
    advertiser: int
    stage: FeedStage
    url: str
    every_hours: int
    next_at: datetime | None
    vat_ppm: int
    mapping: dict[str, str]
    columns: tuple[FeedColumnAnswer, ...]
    products: int
    version: int
    taken_at: datetime | None
    health: FeedHealthAnswer
    latest: DeliveryAnswer | None
    work: int | None
    """The background work that reads it, or did last."""


class ListedDeliveryAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[DeliveryAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ProductAnswer(Struct, frozen=True, kw_only=True):
    """A product, and what a sale of one of it pays the caller."""

    id: int
    product_id: str
    name: str
    price_micros: int
    rrp_micros: int | None
    currency: str
    commission_micros: int | None
    """What one sold pays; null where no rule applies."""
    rule: int | None
    deep_link: str
    tracked_link: str
    """The product's page by the link that was named."""
    image_url: str
    brand: str
    gtin: str
    mpn: str
    condition: str
    stock: str
    category: str
    description: str
    return_days: int | None
    """For how many days it may be returned, where the feed says."""
    changed_at: datetime


class ListedProductAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ProductAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "DeliveryAnswer",
    "DeliveryOutcome",
    "DeliveryStarted",
    "FaultExampleAnswer",
    "FeedAnswer",
    "FeedColumnAnswer",
    "FeedHealthAnswer",
    "FeedHealthPartAnswer",
    "FeedStage",
    "ListedDeliveryAnswer",
    "ListedProductAnswer",
    "ProductAnswer",
]
