"""What the API's operations of operating take and answer."""

from utfall.portal.access import Kind, Role
from utfall.portal.access.allowances import Allowed
from utfall.portal.operations.contracts import AnnouncementDraft, Audience, Level, Matter, Standing
from utfall.portal.rest.facade import Field, Moment, Number, Paging, Ppm, Schema, Strict


class ProcessAnswer(Schema):
    """A process. `known_by`: supervisor, lock, itself, or nothing."""

    name: str
    does: str
    standing: Standing
    says: str
    mend: str
    known_by: str
    process: int | None
    since: Moment | None
    restarts: int | None
    progress_at: Moment | None


class QueueAnswer(Schema):
    """A queue; what is unknown is null. `hour`: how much waited, minute by minute."""

    name: str
    words: str
    waiting: int | None
    oldest_at: Moment | None
    failed: int | None
    standing: Standing
    says: str
    mend: str
    hour: list[int | None]


class FactAnswer(Schema):
    """Something else about the installation."""

    name: str
    words: str
    value: str
    standing: Standing
    says: str
    mend: str


class HealthAnswer(Schema):
    """How the installation is; `standing` is the worst of what is known."""

    at: Moment
    standing: Standing
    troubles: int
    unknowns: int
    processes: list[ProcessAnswer]
    queues: list[QueueAnswer]
    facts: list[FactAnswer]


class WaitingAnswer(Schema):
    """Something that waits for the operator."""

    matter: Matter
    id: int
    words: str
    of: str
    detail: str
    since: Moment


class WaitingWanted(Strict):
    """What kind of thing is wanted."""

    matter: Matter | None = None


class DecisionSent(Strict):
    """A decision; a refusal needs a reason."""

    matter: Matter
    id: Number
    approve: bool
    why: str = Field("", max_length=500)


class TenantAnswer(Schema):
    """A tenant with what it did in the last 30 days; null where nothing was measured."""

    id: int
    kind: Kind
    number: int
    name: str
    slug: str
    state: str
    members: int
    clicks: int | None
    orders: int | None
    seen_at: Moment | None
    own_limits: int
    created_at: Moment


class TenantsWanted(Paging):
    """Which tenants are wanted."""

    q: str = ""
    kind: Kind | None = None
    state: str = ""


class LimitAnswer(Schema):
    """How much of something a tenant is allowed."""

    what: Allowed
    words: str
    most: int
    usual: int
    largest: int
    is_own: bool


class LimitsSent(Strict):
    """How much a tenant is allowed; null is the usual."""

    api_per_second: int | None = None
    api_burst: int | None = None
    api_keys: int | None = None
    tasks: int | None = None

    def wanted(self) -> dict[Allowed, int | None]:
        """What was sent."""
        return {Allowed(name): most for name, most in self.dict().items()}


class FeeAnswer(Schema):
    """The network fee of a program, and the one to come."""

    program: int
    name: str
    advertiser: int
    advertiser_name: str
    state: str
    fee_ppm: Ppm
    next_ppm: Ppm | None
    next_at: Moment | None


class FeesWanted(Paging):
    """Which programs' fees are wanted."""

    q: str = ""
    advertiser: Number | None = None


class FeeSent(Strict):
    """A new fee, from a moment on; at once where none is said."""

    fee_ppm: int = Field(ge=0, le=1_000_000)
    effective_from: Moment | None = None
    why: str = Field(min_length=1, max_length=500)


class FeeSetAnswer(Schema):
    """The new fee; or the proposal that waits for a second person."""

    fee: FeeAnswer | None = None
    proposal: int | None = None


class AnnouncementSent(Strict):
    """An announcement, by language; one of them at least."""

    level: Level = Level.NEWS
    audience: Audience = Audience.ALL
    sv: str = Field("", max_length=600)
    nb: str = Field("", max_length=600)
    en: str = Field("", max_length=600)
    starts_at: Moment | None = None
    ends_at: Moment

    def draft(self) -> AnnouncementDraft:
        """What was sent."""
        return AnnouncementDraft(
            level=self.level,
            audience=self.audience,
            text={name: getattr(self, name) for name in ("en", "sv", "nb")},
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )


class AnnouncedAnswer(Schema):
    """An announcement as whoever it is for reads it, in the language that is asked for."""

    id: int
    level: Level
    words: str
    starts_at: Moment
    ends_at: Moment


class AnnouncementAnswer(AnnouncedAnswer):
    """An announcement as the operator sees it."""

    audience: Audience
    text: dict[str, str]
    state: str
    withdrawn_at: Moment | None
    created_at: Moment
    created_by: str
    dismissed: int


class ImpersonationAnswer(Schema):
    """That somebody of the operator's looked at a tenant's portal."""

    id: int
    organisation: int
    name: str
    role: Role
    why: str
    operator_name: str
    actor: str
    begun_at: Moment
    ends_at: Moment
    ended_at: Moment | None
    ended_by: str = Field(description="hand, time or session; empty while it lasts.")
