"""What crosses the border of the feeds app."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Fault(StrEnum):
    """Why a row is refused."""

    ID_MISSING = "id_missing"
    ID_TOO_LONG = "id_too_long"
    ID_TWICE = "id_twice"
    NAME_MISSING = "name_missing"
    PRICE_MISSING = "price_missing"
    PRICE_UNREADABLE = "price_unreadable"
    PRICE_NOT_POSITIVE = "price_not_positive"
    CURRENCY_OTHER = "currency_other"
    LINK_MISSING = "link_missing"
    LINK_UNREADABLE = "link_unreadable"
    LINK_ELSEWHERE = "link_elsewhere"
    IMAGE_MISSING = "image_missing"
    IMAGE_UNREADABLE = "image_unreadable"


class Caution(StrEnum):
    """What is left out of a row that is accepted all the same."""

    GTIN_WRONG = "gtin_wrong"
    RRP_BELOW_PRICE = "rrp_below_price"
    TEXT_CUT = "text_cut"
    RETURNS_UNREADABLE = "returns_unreadable"


REQUIRED = ("product_id", "name", "price", "deep_link", "image_url")
OPTIONAL = (
    *(
        "sale_price",
        "rrp",
        "currency",
        "brand",
        "gtin",
        "mpn",
        "category",
        "description",
        "condition",
        "stock",
        "return_days",
    ),
)
FIELDS = (*REQUIRED, *OPTIONAL)


class Stage(StrEnum):
    """What a feed waits for."""

    EMPTY = "empty"
    MAPPING = "mapping"
    READY = "ready"


class Outcome(StrEnum):
    """What became of a delivery."""

    RUNNING = "running"
    TAKEN = "taken"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file, with what its first rows hold."""

    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a health score: how good it is in ppm, how much it weighs, the points it gives."""

    name: str
    share_ppm: int
    weight: int

    @property
    def points(self) -> int:
        """Its part of a hundred, rounded down."""
        return self.weight * self.share_ppm // 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How good a feed is, of a hundred, and why."""

    score: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A row that was refused: its place in the file, its id, and the value that was wrong."""

    fault: str
    row: int
    product_id: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """One time that a file was read. `code` and `sentence`: why it failed as a whole."""

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
    faults: Mapping[str, int]
    warnings: Mapping[str, int]
    examples: tuple[Example, ...]
    code: str
    sentence: str
    bytes: int
    by: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """A program's feed: where it comes from, how its columns are read, how it is."""

    program: int
    advertiser: int
    stage: Stage
    url: str
    every_hours: int
    next_at: datetime | None
    vat_ppm: int
    mapping: Mapping[str, str]
    columns: tuple[Column, ...]
    file_name: str
    products: int
    version: int
    taken_at: datetime | None
    health: Health
    latest: DeliveryView | None
    work: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductView:
    """A product, and what a sale of one of it pays. `commission_micros` is None where no rule applies."""

    id: int
    product_id: str
    name: str
    price_micros: int
    rrp_micros: int | None
    currency: str
    deep_link: str
    image_url: str
    brand: str
    gtin: str
    mpn: str
    condition: str
    stock: str
    category: str
    description: str
    changed_at: datetime
    return_days: int | None = None
    commission_micros: int | None = None
    rule: int | None = None
    tracked_link: str = ""

    @property
    def saved_ppm(self) -> int:
        """How far below its recommended price it is."""
        if not self.rrp_micros or self.rrp_micros <= self.price_micros:
            return 0
        return (self.rrp_micros - self.price_micros) * 1_000_000 // self.rrp_micros


class Order(StrEnum):
    """What products are sorted by."""

    FEED = "feed"
    COMMISSION = "commission"
    CHEAPEST = "cheapest"
    DEAREST = "dearest"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFilter:
    """Which products are wanted; what is empty is not asked for."""

    search: str = ""
    category: str = ""
    brand: str = ""
    stock: str = ""
    order: Order = Order.FEED


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a feed is fetched from, how often (0: by hand), and the VAT its prices hold."""

    url: str = ""
    every_hours: int = 24
    vat_ppm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A row that was accepted, as it is stored."""

    product_id: str
    columns: Mapping[str, str | int | None] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
