"""What crosses the border of the partners app."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from utfall.portal.access.errors import Words
from utfall.portal.people.contracts import Party
from utfall.portal.programs.contracts import PriceKind, ProgramView


class State(StrEnum):
    """Where a partnership stands; only an approved one earns."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    INVITED = "invited"
    DECLINED = "declined"
    PAUSED = "paused"
    BANNED = "banned"
    ARCHIVED = "archived"


ENDED: Final = (State.REJECTED, State.DECLINED, State.BANNED, State.ARCHIVED)
"""The states in which nothing more is earned unless somebody begins anew."""


class Reapply(StrEnum):
    """Whether somebody who was turned down may ask again: at once, after a while, or never."""

    AT_ONCE = "at_once"
    LATER = "later"
    NEVER = "never"


class Rejection(StrEnum):
    """Why an application is turned down."""

    PROMOTION_TYPE = "promotion_type"
    AUDIENCE = "audience"
    CONTENT = "content"
    INCOMPLETE = "incomplete"
    BRAND = "brand"
    FULL = "full"
    OTHER = "other"


class BanReason(StrEnum):
    """Why a partnership is ended for good."""

    TERMS_VIOLATION = "terms_violation"
    INAPPROPRIATE_CONTENT = "inappropriate_content"
    FAKE_TRAFFIC = "fake_traffic"
    FRAUD = "fraud"
    SPAM = "spam"
    BRAND_ABUSE = "brand_abuse"


class PropertyKind(StrEnum):
    """What a publisher owns."""

    SITE = "site"
    APP = "app"
    SOCIAL = "social"
    NEWSLETTER = "newsletter"
    PODCAST = "podcast"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipView:
    """A publisher in a program, as it stands now. `application`: the newest one, if it ever applied."""

    id: int
    program: int
    advertiser: int
    publisher: int
    state: State
    group: int | None
    reason: str
    note: str
    reapply_from: datetime | None
    promotion_types: tuple[str, ...]
    since: datetime
    application: int | None = None

    @property
    def is_ended(self) -> bool:
        """Whether nothing is earned and nothing waits."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDraft:
    """What a publisher sends: answers by the question's key, how it promotes, where, and a message."""

    program: int
    promotion_types: tuple[str, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    properties: tuple[int, ...] = ()
    message: str = ""
    publisher: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """An application and what became of it. `terms_version`: the terms it was sent under."""

    id: int
    partnership: int
    program: int
    publisher: int
    answers: tuple[tuple[str, str], ...]
    promotion_types: tuple[str, ...]
    properties: tuple[int, ...]
    message: str
    terms_version: int
    submitted_at: datetime
    decided_at: datetime | None
    decided_by: str
    verdict: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """What a publisher tells of itself."""

    publisher: int
    headline: str = ""
    description: str = ""
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    monthly_visitors: int | None = None
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyDraft:
    """A site, app, channel or list as its publisher describes it."""

    kind: PropertyKind
    name: str
    promotion_type: str
    url: str = ""
    audience: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyView:
    """A site, app, channel or list of a publisher's."""

    id: int
    publisher: int
    kind: PropertyKind
    name: str
    url: str
    promotion_type: str
    audience: Mapping[str, Any]
    verified_at: datetime | None
    archived_at: datetime | None
    token: str = ""
    """What proves the ownership; only its own publisher is told."""
    work: int | None = None
    checked_at: datetime | None = None
    problem: str = ""
    """Why the newest check did not verify it."""

    @property
    def state(self) -> str:
        """Whether it is verified, as the look names states."""
        return "verified" if self.verified_at else "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentView:
    """An interval in which a publisher earned in a program, and the group it was in."""

    id: int
    group: int | None
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A letter that was sent to a partner."""

    id: int
    subject: str
    text: str
    written_by: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Showcase:
    """A publisher as an advertiser sees it."""

    party: Party
    profile: ProfileView
    properties: tuple[PropertyView, ...]

    @property
    def promotion_types(self) -> tuple[str, ...]:
        """How it promotes, over everything it owns."""
        return tuple(sorted({one.promotion_type for one in self.properties}))

    @property
    def verified(self) -> int:
        """How many of its properties are verified."""
        return sum(one.verified_at is not None for one in self.properties)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailInvitationView:
    """An invitation into a program, sent to an address whose owner may not be here yet.

    `program_name` and `pays` are what the letter said: its reader may see no more before joining.
    """

    id: int
    program: int
    program_name: str
    pays: tuple[str, ...]
    advertiser: int
    email: str
    note: str
    group: int | None
    invited_by: str
    created_at: datetime
    expires_at: datetime
    claimed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why somebody cannot apply: the clause that stands in the way, and what would make them eligible.

    `page` names the page where it is mended, if the publisher can mend it itself.
    """

    code: str
    clause: Words
    says: Words
    mend: Words
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """How a program decided about one promotion type; `share_ppm` is None while there are too few."""

    promotion_type: str
    decided: int
    share_ppm: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """What publishers met in a program so far. None stands for too little to tell.

    `epc_micros`: commission per click over thirty days, once there are enough clicks.
    """

    decision_seconds: int | None
    decided: int
    acceptance_ppm: int | None
    by_type: tuple[Acceptance, ...]
    clicks: int
    epc_micros: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A program as the marketplace shows it to one publisher."""

    program: ProgramView
    advertiser: Party
    pays: tuple[str, ...]
    experience: Experience
    obstacles: tuple[Obstacle, ...]
    partnership: PartnershipView | None

    @property
    def is_open(self) -> bool:
        """Whether this publisher can apply now."""
        return not self.obstacles and (self.partnership is None or self.partnership.state in ENDED)

    @property
    def paid_after_days(self) -> int | None:
        """How long after an outcome its commission is payable; None where the advertiser has no deadline."""
        terms = self.program.terms
        return None if terms.auto_approval_days is None else terms.auto_approval_days + terms.hold_days


class Order(StrEnum):
    """What a marketplace is sorted by."""

    NEWEST = "newest"
    EPC = "epc"
    FASTEST = "fastest"
    ACCEPTANCE = "acceptance"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFilter:
    """Which offers are wanted; what is empty is not asked for."""

    search: str = ""
    category: str = ""
    country: str = ""
    currency: str = ""
    outcome: str = ""
    price: PriceKind | None = None
    promotion_type: str = ""
    open_only: bool = False
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class RowVerdict:
    """What became of one partnership among several: the view after, or why it was refused."""

    partnership: int
    view: PartnershipView | None
    sentence: Words = ""
    code: str = ""
