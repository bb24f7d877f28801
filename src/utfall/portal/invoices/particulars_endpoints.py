"""Particulars and the house's accounts by API: everything that the pages do."""

from dataclasses import asdict
from typing import Any

from utfall.bank import Scheme, bank_account
from utfall.portal.access import Kind, Permission
from utfall.portal.invoices import facade
from utfall.portal.invoices.chapter import HOUSE, PARTIES, endpoints
from utfall.portal.invoices.contracts import Draft, HouseAccount, ParticularsView
from utfall.portal.rest.facade import (
    ApiRequest,
    Field,
    Moment,
    Number,
    Query,
    Schema,
    Strict,
)


class PartyWanted(Strict):
    """Whose: left out, your own; an agency or the operator names one."""

    advertiser: Number | None = None
    publisher: Number | None = None


class ParticularsSent(Strict):
    """Whom papers name."""

    name: str = Field(min_length=1, max_length=120)
    country: str = Field(pattern="^[A-Z]{2}$", description="ISO 3166.", examples=["SE"])
    town: str = Field("", max_length=60)
    street: str = Field("", max_length=120)
    postcode: str = Field("", max_length=16)
    registration: str = Field("", max_length=40)
    vat: str = Field("", max_length=24, description="With its country; empty: not registered.")
    email: str = Field("", max_length=254)
    registered_as: str = Field("", max_length=80)
    reference: str = Field("", max_length=60)
    peppol: str = Field("", max_length=60, description="Scheme and number: 0088:7300010000001.")


class ProblemAnswer(Schema):
    """Something that is missing or wrong."""

    code: str
    sentence: str
    field: str


class ParticularsAnswer(Schema):
    """Whom papers name, and what is missing."""

    kind: Kind
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
    problems: list[ProblemAnswer]
    has_agreed: bool = Field(description="Whether the self-billing agreement in force was accepted.")
    agreed_at: Moment | None


class HouseAccountSent(Strict):
    """An account of the house."""

    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217.", examples=["SEK"])
    scheme: Scheme
    number: str = Field(min_length=1, max_length=50)
    country: str = Field(pattern="^[A-Z]{2}$")
    bic: str = Field("", max_length=11)
    payer_number: str = Field("", max_length=35)


class HouseAccountAnswer(Schema):
    """An account of the house."""

    currency: str
    scheme: Scheme
    number: str
    country: str
    bic: str | None
    payer_number: str


class CurrencySent(Strict):
    """A currency."""

    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217.")


@endpoints.get(
    "/billing", needs=Permission.MONEY, kinds=PARTIES, answers=ParticularsAnswer, summary="Billing details"
)
def particulars(request: ApiRequest, wanted: Query[PartyWanted]) -> dict[str, Any]:
    """Whom papers name, and what is missing before anything can be issued or paid."""
    return _shown(facade.particulars(request.caller, **wanted.dict()))


@endpoints.put(
    "/billing",
    needs=Permission.MONEY,
    kinds=PARTIES,
    answers=ParticularsAnswer,
    summary="Set billing details",
)
def set_particulars(request: ApiRequest, wanted: Query[PartyWanted], sent: ParticularsSent) -> dict[str, Any]:
    """Issued papers stay as they are."""
    return _shown(facade.set_particulars(request.caller, Draft(**sent.dict()), **wanted.dict()))


@endpoints.post(
    "/billing/agreement",
    needs=Permission.MONEY,
    kinds=frozenset({Kind.PUBLISHER}),
    answers=ParticularsAnswer,
    summary="Accept the self-billing agreement",
)
def accept_agreement(request: ApiRequest) -> dict[str, Any]:
    """The operator writes your invoices from then on."""
    return _shown(facade.accept_agreement(request.caller))


@endpoints.get(
    "/billing/accounts",
    needs=Permission.MONEY,
    kinds=HOUSE,
    answers=list[HouseAccountAnswer],
    summary="The house's accounts",
)
def house_accounts(request: ApiRequest) -> list[dict[str, Any]]:
    """By currency."""
    return [_account(one) for one in facade.house_accounts(request.caller)]


@endpoints.put(
    "/billing/accounts",
    needs=Permission.MONEY,
    kinds=HOUSE,
    answers=HouseAccountAnswer,
    summary="Set the house's account in a currency",
)
def set_house_account(request: ApiRequest, sent: HouseAccountSent) -> dict[str, Any]:
    """The next files use it."""
    account = bank_account(sent.scheme, sent.number, sent.country, sent.bic)
    wanted = HouseAccount(currency=sent.currency, account=account, payer_number=sent.payer_number)
    return _account(facade.set_house_account(request.caller, wanted))


@endpoints.post(
    "/billing/accounts/remove",
    needs=Permission.MONEY,
    kinds=HOUSE,
    summary="Remove the house's account in a currency",
)
def remove_house_account(request: ApiRequest, sent: CurrencySent) -> None:
    """Nothing is paid in it until there is another."""
    facade.remove_house_account(request.caller, sent.currency)


def _shown(view: ParticularsView) -> dict[str, Any]:
    problems = [
        {"code": one.code, "sentence": str(one.sentence), "field": one.field} for one in view.problems
    ]
    told = {"kind": view.kind, "number": view.number, **asdict(view.draft), "problems": problems}
    return told | {"has_agreed": view.has_agreed, "agreed_at": view.agreed_at}


def _account(one: HouseAccount) -> dict[str, Any]:
    account = one.account
    return {
        "currency": one.currency,
        "scheme": account.scheme,
        "number": account.number,
        "country": account.country,
        "bic": account.bic,
        "payer_number": one.payer_number,
    }
