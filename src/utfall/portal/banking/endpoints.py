"""Bank files by API: everything that the pages do."""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from ninja import File, Status
from ninja.files import UploadedFile

from utfall.bank import Scheme
from utfall.portal.access import Permission
from utfall.portal.banking import facade
from utfall.portal.banking.chapter import BUYING, OPERATING
from utfall.portal.banking.contracts import (
    FileKind,
    FileState,
    FileView,
    MovementView,
    PayIn,
    Settled,
    Verdict,
)
from utfall.portal.banking.file_pages import ENVELOPE
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Moment,
    Number,
    Paging,
    Query,
    Schema,
    Strict,
    listed,
)

endpoints = Endpoints("banking", _("Bank files"))
Sent = Annotated[UploadedFile, File(description="camt.053, camt.054 or pain.002; at most 256 MB.")]


class MovementsWanted(Strict):
    """Which movements are wanted."""

    verdict: Verdict | None = None
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class MatchSent(Strict):
    """Whose a payment is."""

    advertiser: Number
    why: str = Field("", max_length=300)


class SentBackSent(Strict):
    """Why it was sent back."""

    why: str = Field(min_length=1, max_length=300)


class FileAnswer(Schema):
    """A file of the bank, and how many of its movements were taken for what."""

    id: int
    name: str
    kind: FileKind
    trouble: str = Field(description="Why nothing was read of it, or `imported_before`.")
    why: str
    account: str
    way: str
    imported_at: Moment
    state: FileState = Field(description="`reading`: a large file is read in the background.")
    rows: int
    done: int = Field(description="How many of its rows have their verdict.")
    task: int | None = Field(description="The background work that reads it: `GET /work/{work}`.")
    verdicts: dict[str, int]


class BalanceAnswer(Schema):
    """What stood on the operator's account in a currency at the end of a day."""

    currency: str
    day: date
    micros: int


class MovementAnswer(Schema):
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
    verdict: Verdict
    settled: Settled
    code: str = Field(description="Why settlement refused it.")
    receipt: int | None
    payout: int | None
    advertiser: int | None
    suggested: int | None = Field(description="Who bears the payer's name, on its papers or here.")


class AdvertiserWanted(Strict):
    """Whose: left out, your own; an agency names one."""

    advertiser: Number | None = None


class PayInAccount(Schema):
    """An account to pay to."""

    currency: str
    scheme: Scheme
    number: str
    bic: str | None


class DepositAnswer(Schema):
    """Money that came, or (negative) was paid back."""

    day: str
    micros: int
    currency: str
    receipt: int


class PayInAnswer(Schema):
    """How an advertiser pays in, and what stands on its deposit."""

    advertiser: int
    reference: str = Field(description="OCR, or KID.")
    rf: str = Field(description="The same from abroad: ISO 11649.")
    accounts: list[PayInAccount]
    balances: dict[str, int] = Field(description="Micros by currency.")
    deposits: list[DepositAnswer] = Field(description="The newest 50.")


@endpoints.get("/pay-in", needs=Permission.MONEY, kinds=BUYING, answers=PayInAnswer, summary="How to pay in")
def pay_in(request: ApiRequest, wanted: Query[AdvertiserWanted]) -> dict[str, Any]:
    """The reference and the accounts, and what came."""
    return _pay_in(facade.pay_in(request.caller, wanted.advertiser))


@endpoints.get("/bank/files", answers=Listed[FileAnswer], summary="Bank files", **OPERATING)
def files(request: ApiRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Newest first."""
    return listed(facade.files(request.caller, after=wanted.after, limit=wanted.limit), _file)


@endpoints.post(
    "/bank/files",
    answers=FileAnswer,
    status=201,
    summary="Import a bank file",
    takes=facade.BYTES_AT_MOST + ENVELOPE,
    **OPERATING,
)
def import_file(request: ApiRequest, file: Sent) -> Any:
    """The same file twice changes nothing. A large one is read in the background."""
    return Status(201, _file(facade.import_file(request.caller, file.name or "", file)))


@endpoints.get("/bank/files/{int:bank_file}", answers=FileAnswer, summary="One bank file", **OPERATING)
def file(request: ApiRequest, bank_file: int) -> dict[str, Any]:
    """With how many of its movements were taken for what."""
    return _file(facade.file(request.caller, bank_file))


@endpoints.get(
    "/bank/files/{int:bank_file}/movements",
    answers=Listed[MovementAnswer],
    summary="The movements of a bank file",
    **OPERATING,
)
def movements(request: ApiRequest, bank_file: int, wanted: Query[MovementsWanted]) -> dict[str, Any]:
    """Each with its verdict."""
    return listed(facade.movements(request.caller, bank_file, **wanted.dict()), _movement)


@endpoints.post(
    "/bank/files/{int:bank_file}/go-on", answers=FileAnswer, summary="Go on reading a bank file", **OPERATING
)
def go_on(request: ApiRequest, bank_file: int) -> dict[str, Any]:
    """Where it was stopped."""
    return _file(facade.go_on(request.caller, bank_file))


@endpoints.get(
    "/bank/balances",
    answers=list[BalanceAnswer],
    summary="What statements say stands on the accounts",
    **OPERATING,
)
def balances(request: ApiRequest) -> list[dict[str, Any]]:
    """By the newest statement of each account."""
    told = facade.last_balances()
    return [{"currency": currency, "day": day, "micros": micros} for currency, (day, micros) in told.items()]


@endpoints.get(
    "/bank/suspense",
    answers=list[MovementAnswer],
    summary="Money that nobody knows the owner of",
    **OPERATING,
)
def suspense(request: ApiRequest) -> list[dict[str, Any]]:
    """Oldest first."""
    return [_movement(one) for one in facade.suspense(request.caller)]


@endpoints.post(
    "/bank/movements/{int:movement}/match",
    answers=MovementAnswer,
    summary="Say whose money it is",
    **OPERATING,
)
def match(request: ApiRequest, movement: int, sent: MatchSent) -> dict[str, Any]:
    """It is their deposit from then on."""
    return _movement(facade.match(request.caller, movement, sent.advertiser, why=sent.why))


@endpoints.post(
    "/bank/movements/{int:movement}/sent-back",
    answers=MovementAnswer,
    summary="Note that money was sent back",
    **OPERATING,
)
def send_back(request: ApiRequest, movement: int, sent: SentBackSent) -> dict[str, Any]:
    """To whoever paid it."""
    return _movement(facade.send_back(request.caller, movement, why=sent.why))


def _file(one: FileView) -> dict[str, Any]:
    told = {each.name: getattr(one, each.name) for each in fields(one)}
    return told | {"verdicts": {verdict.value: count for verdict, count in one.verdicts}}


def _movement(one: MovementView) -> dict[str, Any]:
    return {each.name: getattr(one, each.name) for each in fields(one)}


def _pay_in(view: PayIn) -> dict[str, Any]:
    accounts = [
        {
            "currency": one.currency,
            "scheme": one.account.scheme,
            "number": one.account.number,
            "bic": one.account.bic,
        }
        for one in view.accounts
    ]
    return {
        "advertiser": view.advertiser,
        "reference": view.reference,
        "rf": view.rf,
        "accounts": accounts,
        "balances": dict(view.balances),
        "deposits": view.deposits,
    }
