"""What the operations of banking answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.words import Word


class BankFileKind(Word):
    """What a file of the bank is."""

    STATEMENT = "statement"
    STATUS = "status"
    UNREAD = "unread"


class BankFileState(Word):
    """Whether a file is read to its end, with or without trouble."""

    READING = "reading"
    READ = "read"


class BankMovementVerdict(Word):
    """What a movement, or a status, was taken for."""

    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"
    UNDER_WAY = "under_way"
    KNOWN = "known"
    NOT_NOW = "not_now"
    UNKNOWN_PAYOUT = "unknown_payout"
    DEPOSIT = "deposit"
    SUSPENSE = "suspense"
    SENT_BACK = "sent_back"
    OUTGOING = "outgoing"
    TWICE = "twice"


class BankMovementSettled(Word):
    """How far the event of a movement is; most have none of their own."""

    NONE = "none"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Scheme(Word):
    """How an account is numbered."""

    IBAN = "iban"
    BBAN = "bban"
    BANKGIRO = "bankgiro"
    PLUSGIRO = "plusgiro"


class BankBalanceAnswer(Struct, frozen=True, kw_only=True):
    """What stood on the operator's account in a currency at the end of a day."""

    currency: str
    day: date
    micros: int


class BankFileAnswer(Struct, frozen=True, kw_only=True):
    """A file of the bank, and how many of its movements were taken for what."""

    id: int
    name: str
    kind: BankFileKind
    trouble: str
    """Why nothing was read of it, or `imported_before`."""
    why: str
    account: str
    way: str
    imported_at: datetime
    state: BankFileState
    """`reading`: a large file is read in the background."""
    rows: int
    done: int
    """How many of its rows have their verdict."""
    task: int | None
    """The background work that reads it: `GET /work/{work}`."""
    verdicts: dict[str, int]


class BankMovementAnswer(Struct, frozen=True, kw_only=True):
    """A movement, and what it was taken for."""

    id: int
    file: int
    on: date
    micros: int
    currency: str
    name: str
    reference: str
    text: str
    other_party: str
    verdict: BankMovementVerdict
    settled: BankMovementSettled
    code: str
    """Why settlement refused it."""
    receipt: int | None
    payout: int | None
    advertiser: int | None
    suggested: int | None
    """Who bears the payer's name, on its papers or here."""


class DepositAnswer(Struct, frozen=True, kw_only=True):
    """Money that came, or (negative) was paid back."""

    day: str
    micros: int
    currency: str
    receipt: int


class ListedBankFileAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[BankFileAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ListedBankMovementAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[BankMovementAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PayInAccount(Struct, frozen=True, kw_only=True):
    """An account to pay to."""

    currency: str
    scheme: Scheme
    number: str
    bic: str | None


class PayInAnswer(Struct, frozen=True, kw_only=True):
    """How an advertiser pays in, and what stands on its deposit."""

    advertiser: int
    reference: str
    """OCR, or KID."""
    rf: str
    """The same from abroad: ISO 11649."""
    accounts: tuple[PayInAccount, ...]
    balances: dict[str, int]
    """Micros by currency."""
    deposits: tuple[DepositAnswer, ...]
    """The newest 50."""


__all__ = [
    "BankBalanceAnswer",
    "BankFileAnswer",
    "BankFileKind",
    "BankFileState",
    "BankMovementAnswer",
    "BankMovementSettled",
    "BankMovementVerdict",
    "DepositAnswer",
    "ListedBankFileAnswer",
    "ListedBankMovementAnswer",
    "PayInAccount",
    "PayInAnswer",
    "Scheme",
]
