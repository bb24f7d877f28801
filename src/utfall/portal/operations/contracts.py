"""What crosses the border of the operations app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from utfall.portal.access import Kind, Role
from utfall.portal.access.allowances import Allowed


class Level(StrEnum):
    """How urgent an announcement is."""

    NEWS = "news"
    WARNING = "warning"
    URGENT = "urgent"


class Audience(StrEnum):
    """Whom an announcement is for; agencies read what advertisers do."""

    ALL = "all"
    ADVERTISERS = "advertisers"
    PUBLISHERS = "publishers"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementDraft:
    """An announcement as it is written: its text by language (`en`, `sv`, `nb`), one of them at least."""

    level: Level
    audience: Audience
    text: Mapping[str, str]
    starts_at: datetime | None
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementView:
    """An announcement as the operator sees it. `words`: in the reader's language, else in one there is."""

    id: int
    level: Level
    audience: Audience
    text: Mapping[str, str]
    words: str
    starts_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    created_at: datetime
    created_by: str
    state: str
    """scheduled, live, ended or withdrawn."""
    dismissed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpersonationView:
    """That somebody of the operator's looked at a tenant's portal, from when until when, and why."""

    id: int
    organisation: int
    slug: str
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

    @property
    def is_on(self) -> bool:
        """Whether it still lasts."""
        return self.ended_at is None


class Standing(StrEnum):
    """How well something is."""

    WELL = "well"
    WATCH = "watch"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessView:
    """A process of the installation: whether it lives, since when, and when it last got something done.

    `known_by`: supervisor, lock, itself or nothing, which is where this is known from.
    """

    name: str
    does: str
    standing: Standing
    says: str
    mend: str
    known_by: str
    process: int | None
    since: datetime | None
    restarts: int | None
    progress_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """A queue: how much waits, since when the oldest does, what failed; unknown is None, never nought."""

    name: str
    words: str
    waiting: int | None
    oldest_at: datetime | None
    failed: int | None
    standing: Standing
    says: str
    mend: str
    url: str
    hour: Sequence[int | None]
    """How much waited at each minute of the last hour, as far as it was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """Something else about the installation: disk, checks, backups."""

    name: str
    words: str
    value: str
    standing: Standing
    says: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthView:
    """How the installation is, at a moment; `standing`: the worst of what is known."""

    at: datetime
    standing: Standing
    processes: Sequence[ProcessView]
    queues: Sequence[QueueView]
    facts: Sequence[FactView]

    @property
    def troubles(self) -> int:
        """How many things want to be looked at."""
        return sum(one in (Standing.WATCH, Standing.BAD) for one in self._standings())

    @property
    def unknowns(self) -> int:
        """Of how many things nothing is known."""
        return sum(one is Standing.UNKNOWN for one in self._standings())

    def _standings(self) -> list[Standing]:
        return [
            *(one.standing for one in self.processes),
            *(one.standing for one in self.queues),
            *(one.standing for one in self.facts),
        ]


class Matter(StrEnum):
    """What kind of thing waits for the operator."""

    ORGANISATION = "organisation"
    PROGRAM = "program"
    PROPOSAL = "proposal"
    CREATIVE = "creative"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """Something that waits for the operator's decision."""

    matter: Matter
    id: int
    words: str
    of: str
    detail: str
    since: datetime
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceView:
    """How much of something a tenant is allowed; `is_own`: set for it, and not as usual."""

    what: Allowed
    words: str
    most: int
    usual: int
    largest: int
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantView:
    """A tenant with what it did in the last 30 days; None where nothing was measured."""

    id: int
    kind: Kind
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeView:
    """The network fee of a program: now, and what it will be from a moment on."""

    program: int
    name: str
    advertiser: int
    advertiser_name: str
    state: str
    fee_ppm: int
    next_ppm: int | None
    next_at: datetime | None
