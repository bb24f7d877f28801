"""What the operations of operations answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.models.people import OrganisationKind, Role
from utfall.client.words import Word


class AnnouncementLevel(Word):
    """How urgent an announcement is."""

    NEWS = "news"
    WARNING = "warning"
    URGENT = "urgent"


class AnnouncementAudience(Word):
    """Whom an announcement is for; agencies read what advertisers do."""

    ALL = "all"
    ADVERTISERS = "advertisers"
    PUBLISHERS = "publishers"


class HealthStanding(Word):
    """How well something is."""

    WELL = "well"
    WATCH = "watch"
    BAD = "bad"
    UNKNOWN = "unknown"


class OperatorMatter(Word):
    """What kind of thing waits for the operator."""

    ORGANISATION = "organisation"
    PROGRAM = "program"
    PROPOSAL = "proposal"
    CREATIVE = "creative"


class TenantAllowance(Word):
    """What is limited for each organisation."""

    API_PER_SECOND = "api_per_second"
    API_BURST = "api_burst"
    API_KEYS = "api_keys"
    TASKS = "tasks"


class AnnouncedAnswer(Struct, frozen=True, kw_only=True):
    """An announcement as whoever it is for reads it, in the language that is asked for."""

    id: int
    level: AnnouncementLevel
    words: str
    starts_at: datetime
    ends_at: datetime


class AnnouncementAnswer(Struct, frozen=True, kw_only=True):
    """An announcement as the operator sees it."""

    id: int
    level: AnnouncementLevel
    words: str
    starts_at: datetime
    ends_at: datetime
    audience: AnnouncementAudience
    text: dict[str, str]
    state: str
    withdrawn_at: datetime | None
    created_at: datetime
    created_by: str
    dismissed: int


class NetworkFeeAnswer(Struct, frozen=True, kw_only=True):
    """The network fee of a program, and the one to come."""

    program: int
    name: str
    advertiser: int
    advertiser_name: str
    state: str
    fee_ppm: int
    next_ppm: int | None
    next_at: datetime | None


class FeeSetAnswer(Struct, frozen=True, kw_only=True):
    """The new fee; or the proposal that waits for a second person."""

    fee: NetworkFeeAnswer | None = None
    proposal: int | None = None


class HealthProcessAnswer(Struct, frozen=True, kw_only=True):
    """A process. `known_by`: supervisor, lock, itself, or nothing."""

    name: str
    does: str
    standing: HealthStanding
    says: str
    mend: str
    known_by: str
    process: int | None
    since: datetime | None
    restarts: int | None
    progress_at: datetime | None


class HealthQueueAnswer(Struct, frozen=True, kw_only=True):
    """A queue; what is unknown is null. `hour`: how much waited, minute by minute."""

    name: str
    words: str
    waiting: int | None
    oldest_at: datetime | None
    failed: int | None
    standing: HealthStanding
    says: str
    mend: str
    hour: tuple[int | None, ...]


class HealthFactAnswer(Struct, frozen=True, kw_only=True):
    """Something else about the installation."""

    name: str
    words: str
    value: str
    standing: HealthStanding
    says: str
    mend: str


class HealthAnswer(Struct, frozen=True, kw_only=True):
    """How the installation is; `standing` is the worst of what is known."""

    at: datetime
    standing: HealthStanding
    troubles: int
    unknowns: int
    processes: tuple[HealthProcessAnswer, ...]
    queues: tuple[HealthQueueAnswer, ...]
    facts: tuple[HealthFactAnswer, ...]


class ImpersonationAnswer(Struct, frozen=True, kw_only=True):
    """That somebody of the operator's looked at a tenant's portal."""

    id: int
    organisation: int
    name: str
    role: Role
    why: str
    operator_name: str
    actor: str
    begun_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    ended_by: str
    """hand, time or session; empty while it lasts."""


class ListedAnnouncementAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[AnnouncementAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ListedImpersonationAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ImpersonationAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ListedNetworkFeeAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[NetworkFeeAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class TenantAnswer(Struct, frozen=True, kw_only=True):
    """A tenant with what it did in the last 30 days; null where nothing was measured."""

    id: int
    kind: OrganisationKind
    number: int
    name: str
    slug: str
    state: str
    members: int
    clicks: int | None
    orders: int | None
    seen_at: datetime | None
    own_limits: int
    created_at: datetime


class ListedTenantAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[TenantAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class OperatorMatterAnswer(Struct, frozen=True, kw_only=True):
    """Something that waits for the operator."""

    matter: OperatorMatter
    id: int
    words: str
    of: str
    detail: str
    since: datetime


class TenantLimitAnswer(Struct, frozen=True, kw_only=True):
    """How much of something a tenant is allowed."""

    what: TenantAllowance
    words: str
    most: int
    usual: int
    largest: int
    is_own: bool


__all__ = [
    "AnnouncedAnswer",
    "AnnouncementAnswer",
    "AnnouncementAudience",
    "AnnouncementLevel",
    "FeeSetAnswer",
    "HealthAnswer",
    "HealthFactAnswer",
    "HealthProcessAnswer",
    "HealthQueueAnswer",
    "HealthStanding",
    "ImpersonationAnswer",
    "ListedAnnouncementAnswer",
    "ListedImpersonationAnswer",
    "ListedNetworkFeeAnswer",
    "ListedTenantAnswer",
    "NetworkFeeAnswer",
    "OperatorMatter",
    "OperatorMatterAnswer",
    "TenantAllowance",
    "TenantAnswer",
    "TenantLimitAnswer",
]
