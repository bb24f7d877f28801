"""What the operations of invoices answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.models.people import OrganisationKind
from utfall.client.words import Word


class BankAccountScheme(Word):
    """How an account is numbered."""

    IBAN = "iban"
    BBAN = "bban"
    BANKGIRO = "bankgiro"
    PLUSGIRO = "plusgiro"


class PaperKind(Word):
    """What a paper is: the network's own to an advertiser, or one in a publisher's name (self-billing)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    SELF_BILLING = "self_billing"
    SELF_BILLING_CREDIT = "self_billing_credit"


class PaperState(Word):
    """Where a paper stands; `none`: nobody gets it, for a reason."""

    DRAFT = "draft"
    NONE = "none"
    PENDING = "pending"
    ISSUED = "issued"
    REFUSED = "refused"


class PaperSide(Word):
    """Whose papers a run issues."""

    BOTH = "both"
    ADVERTISER = "advertiser"
    PUBLISHER = "publisher"


class PaperRunState(Word):
    """Where a run stands."""

    DRAFTING = "drafting"
    DRAFT = "draft"
    ISSUING = "issuing"
    ISSUED = "issued"
    CANCELLED = "cancelled"


class PaperStanding(Word):
    """What an invoice is asked for by."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"


class HouseAccountAnswer(Struct, frozen=True, kw_only=True):
    """An account of the house."""

    currency: str
    scheme: BankAccountScheme
    number: str
    country: str
    bic: str | None
    payer_number: str


class PaperAnswer(Struct, frozen=True, kw_only=True):
    """A paper that was issued. Amounts of credits are negative."""

    id: int | None
    name: str
    """Its number, as it stands on it."""
    kind: PaperKind
    owner: str
    party: int
    party_name: str
    currency: str
    net_micros: int
    tax_micros: int
    total_micros: int
    open_micros: int
    credited_micros: int
    period_from: date
    period_until: date
    issued_on: date
    due_on: date | None
    corrects: str | None
    receipt: int
    digest: str
    """SHA-256 of what was frozen; it is in the journal."""


class ListedPaperAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[PaperAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PaperLineAnswer(Struct, frozen=True, kw_only=True):
    """A line of a paper."""

    words: str
    minor: int
    """In the smallest unit of the currency."""


class PaperRowAnswer(Struct, frozen=True, kw_only=True):
    """A row of a run: a paper, or why there is none."""

    id: int
    kind: PaperKind
    party: int
    party_name: str
    currency: str
    net_micros: int
    tax_micros: int
    standing_micros: int
    """What was not on paper when it was drafted."""
    state: PaperState
    name: str
    reason: str
    sentence: str
    lines: tuple[PaperLineAnswer, ...]


class ListedPaperRowAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[PaperRowAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PaperTotalAnswer(Struct, frozen=True, kw_only=True):
    """Papers of one kind in one currency."""

    kind: PaperKind
    currency: str
    papers: int
    net_micros: int
    tax_micros: int


class PaperRunAnswer(Struct, frozen=True, kw_only=True):
    """A run of papers."""

    id: int
    side: PaperSide
    party: int | None
    currency: str
    since: date
    until: date
    through: int
    """The last entry of the book that counts."""
    state: PaperRunState
    actor: str
    made_at: datetime
    issued_on: date | None
    issued_by: str
    ended_at: datetime | None
    work: int | None
    totals: tuple[PaperTotalAnswer, ...]
    states: dict[str, int]


class ListedPaperRunAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[PaperRunAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PaperCreditAnswer(Struct, frozen=True, kw_only=True):
    """A credit note on its way; it has its number once it is settled."""

    id: int


class PaperFileAnswer(Struct, frozen=True, kw_only=True):
    """A file of a paper."""

    name: str
    content: str
    """Base64."""


class ParticularsProblemAnswer(Struct, frozen=True, kw_only=True):
    """Something that is missing or wrong."""

    code: str
    sentence: str
    field: str


class ParticularsAnswer(Struct, frozen=True, kw_only=True):
    """Whom papers name, and what is missing."""

    kind: OrganisationKind
    number: int
    name: str
    country: str
    town: str
    street: str
    postcode: str
    registration: str
    vat: str
    email: str
    registered_as: str
    reference: str
    peppol: str
    problems: tuple[ParticularsProblemAnswer, ...]
    has_agreed: bool
    """Whether the self-billing agreement in force was accepted."""
    agreed_at: datetime | None


__all__ = [
    "BankAccountScheme",
    "HouseAccountAnswer",
    "ListedPaperAnswer",
    "ListedPaperRowAnswer",
    "ListedPaperRunAnswer",
    "PaperAnswer",
    "PaperCreditAnswer",
    "PaperFileAnswer",
    "PaperKind",
    "PaperLineAnswer",
    "PaperRowAnswer",
    "PaperRunAnswer",
    "PaperRunState",
    "PaperSide",
    "PaperStanding",
    "PaperState",
    "PaperTotalAnswer",
    "ParticularsAnswer",
    "ParticularsProblemAnswer",
]
