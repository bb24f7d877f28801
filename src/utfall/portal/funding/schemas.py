"""What is sent to and answered by the API of funding."""

from dataclasses import fields
from typing import Any

from utfall.portal.funding.contracts import (
    USUAL_DAYS,
    Funded,
    FundedState,
    SettlingView,
    Standing,
    State,
    TermsView,
    Told,
    Way,
)
from utfall.portal.funding.words import funded_words
from utfall.portal.rest.facade import Field, Micros, Moment, Number, Schema, Strict


class AdvertiserWanted(Strict):
    """Whose: left out, your own; an agency and the operator name one."""

    advertiser: Number | None = None


class SettlingsWanted(Strict):
    """Which settlings are wanted."""

    advertiser: Number | None = None
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class PublisherWanted(Strict):
    """Whose: left out, your own; the operator names one. In all programs, or in one."""

    publisher: Number | None = None
    program: Number | None = None


class TermsSent(Strict):
    """Terms that hold from now on."""

    currency: str = Field(pattern="^[A-Z]{3}$")
    way: Way
    limit_micros: Micros | None = Field(
        None, description="Beyond the deposit; null is without a limit. Of prepaid terms it is nothing."
    )
    days_to_pay: int = Field(USUAL_DAYS, ge=0, le=180)
    why: str = Field("", max_length=500)


class TermsAnswer(Schema):
    """Terms of an advertiser in a currency."""

    advertiser: int
    currency: str
    way: Way
    limit_micros: int | None = Field(description="Null: without a limit.")
    days_to_pay: int
    since: Moment | None = Field(description="Null: nothing was agreed, and this is what holds then.")
    why: str


class StandingAnswer(Schema):
    """Where an advertiser stands in a currency."""

    advertiser: int
    currency: str
    state: State = Field(description="How much is left; `low` from 90 % on, `open` without a limit.")
    deposit_micros: int
    accrued_micros: int = Field(description="Pending orders.")
    owed_micros: int = Field(description="Approved orders that are not invoiced.")
    receivable_micros: int = Field(description="Invoices that are not paid.")
    used_micros: int = Field(description="The three above.")
    means_micros: int | None = Field(description="Deposit and limit; null: without a limit.")
    room_micros: int | None
    terms: TermsAnswer
    entry: int = Field(description="The entry of the book up to which all of it counts.")


class SettlingAnswer(Schema):
    """What a deposit paid of a paper, or (below zero) got back by a credit note."""

    id: int
    advertiser: int
    paper: str
    currency: str
    micros: int
    state: Told
    code: str = Field(description="Why the book refused it.")
    receipt: int | None
    at: Moment


class SettledAnswer(Schema):
    """What was told to the book."""

    papers: int = Field(description="How many papers are being settled.")


class FundedAnswer(Schema):
    """What a publisher waits for in a program, and how much of it the advertiser has funded, in tenths."""

    program: int
    currency: str
    status: str = Field(description="`pending`, `approved` or `payable`.")
    micros: int
    funded_micros: int
    invoiced_micros: int = Field(description="Not funded: on invoices that can still be paid in time.")
    overdue_micros: int = Field(description="Not funded: on invoices that are over their due date.")
    later_micros: int = Field(description="Not funded, and not invoiced yet.")
    state: FundedState
    says: str = Field(description="The same in words, in the language that was asked for.")


def standing_shown(one: Standing) -> dict[str, Any]:
    """A standing as it is answered."""
    names = set(StandingAnswer.model_fields) - {"terms"}
    return {name: getattr(one, name) for name in names} | {"terms": terms_shown(one.terms)}


def terms_shown(one: TermsView) -> dict[str, Any]:
    """Terms as they are answered."""
    return {name: getattr(one, name) for name in TermsAnswer.model_fields}


def settling_shown(one: SettlingView) -> dict[str, Any]:
    """A settling as it is answered."""
    return {each.name: getattr(one, each.name) for each in fields(one)}


def funded_shown(one: Funded) -> dict[str, Any]:
    """A publisher's part as it is answered; whose the program is says the program."""
    told = {name: getattr(one, name) for name in FundedAnswer.model_fields if name != "says"}
    return told | {"says": funded_words(one)}
