"""What the API of finance answers; amounts are micros of the currency that is named."""

from dataclasses import asdict
from datetime import date
from typing import Any

from utfall.portal.finance.contracts import Figures, MonthFees, Own
from utfall.portal.funding.schemas import SettlingAnswer, StandingAnswer, settling_shown, standing_shown
from utfall.portal.payouts.schemas import RateAnswer
from utfall.portal.rest.facade import Field, Moment, Schema, Strict


class FiguresWanted(Strict):
    """In which currency: left out, the one with the most accounts. As of when: left out, now."""

    currency: str = Field("", pattern="^([A-Z]{3})?$")
    as_of: date | None = Field(
        None, description="A day that is over: what stood at its end, in Swedish time."
    )


class FeesWanted(FiguresWanted):
    """Which month's fees: left out, this month's, or that of the past day."""

    month: str = Field("", pattern="^([0-9]{4}-[0-9]{2})?$", description="`2026-11`, of the last twelve.")


class AccountAnswer(Schema):
    """What stands on all accounts of a kind; debit positive."""

    owner: str
    bucket: str
    micros: int


class ReceivableAnswer(Schema):
    """What an advertiser has not paid."""

    advertiser: int
    name: str
    ages: list[int] = Field(description="Not due, 1-30, 31-60, 61-90 days over, older.")


class ComingAnswer(Schema):
    """What is payable to publishers."""

    day: date | None = Field(description="Null: something is missing before they can be paid.")
    publishers: int
    micros: int


class FeeAnswer(Schema):
    """What the network earned in a month."""

    month: str
    micros: int


class AdvertiserFeeAnswer(Schema):
    """What the network earned with an advertiser."""

    advertiser: int = Field(description="0: the book names none.")
    name: str
    micros: int


class FeesAnswer(Schema):
    """What the network earned in a month with each advertiser, the most first."""

    currency: str
    month: str
    entry: int = Field(description="The entry of the book up to which it counts.")
    micros: int = Field(description="With all of them: the month's `fees` of `GET /finance`.")
    advertisers: list[AdvertiserFeeAnswer]


class StoodAnswer(Schema):
    """What stood on an advertiser's accounts."""

    advertiser: int
    name: str
    deposit_micros: int
    accrued_micros: int = Field(description="Pending orders.")
    owed_micros: int = Field(description="Approved, not invoiced.")
    receivable_micros: int = Field(description="Invoices not paid.")


class PayableThenAnswer(Schema):
    """What was payable to a publisher."""

    publisher: int
    name: str
    micros: int = Field(description="Below zero: the publisher owed it.")


class UnownedAnswer(Schema):
    """Money that had come, and nobody knew the owner of."""

    receipt: int
    day: date
    identity: str = Field(description="What the bank calls the movement.")
    words: str
    micros: int


class WeekAnswer(Schema):
    """A week of the forecast."""

    starts: date
    in_micros: int
    out_micros: int
    ends_micros: int


class ForecastAnswer(Schema):
    """Cash to come, of what is certain, without tax."""

    begins_micros: int = Field(description="In the bank, by the book.")
    weeks: list[WeekAnswer]
    unscheduled_micros: int = Field(description="Payable, but something is missing: not in the weeks.")
    stale_micros: int = Field(description="More than 90 days overdue: not in the weeks.")


class PositionAnswer(Schema):
    """What stands on the exchange account of a currency; debit positive."""

    currency: str
    micros: int
    rate: RateAnswer | None = Field(description="Null: it is the currency asked for, or has no rate.")
    value_micros: int | None = Field(description="In the currency that was asked for; null: without a rate.")


class SaidAnswer(Schema):
    """What the bank's newest statement says."""

    on: date
    micros: int


class FiguresAnswer(Schema):
    """The house's money in a currency."""

    currency: str
    currencies: list[str]
    entry: int = Field(description="The entry of the book up to which all of it counts.")
    at: Moment = Field(description="When that was settled.")
    imbalance_micros: int = Field(description="What all balances add up to: 0, or the book is broken.")
    accounts: list[AccountAnswer]
    as_of: date | None = Field(description="The past day at whose end all of it stood; null: now.")
    receivables: list[ReceivableAnswer]
    credit: list[StandingAnswer] = Field(description="Of now alone; see `stood` of a past day.")
    coming: list[ComingAnswer] = Field(description="Of now alone; see `payables` of a past day.")
    stood: list[StoodAnswer] = Field(description="Of a past day alone.")
    payables: list[PayableThenAnswer] = Field(description="Of a past day alone.")
    unowned: list[UnownedAnswer] = Field(description="Of a past day alone.")
    coming_as_of: Moment | None = Field(
        description="When `coming` was judged, where more was settled since; null: nothing was."
    )
    fees: list[FeeAnswer]
    forecast: ForecastAnswer | None = Field(description="Null: of a past day.")
    said: SaidAnswer | None = Field(description="Null: no statement was imported of that day or before.")
    positions: list[PositionAnswer] = Field(description="What was exchanged, at the rates of the day.")
    gained_micros: int | None = Field(
        description="What exchanges gained or, below zero, lost at these rates; null: a rate is missing."
    )


class OpenPaperAnswer(Schema):
    """An invoice that is not paid; a credit note that has not reached the deposit is below zero."""

    id: int | None = Field(description="Of `/invoices/{paper}`.")
    name: str
    currency: str
    total_micros: int
    open_micros: int
    due: date | None
    days_over: int


class OwnAnswer(Schema):
    """An advertiser's own money."""

    advertiser: int
    entry: int
    standings: list[StandingAnswer]
    papers: list[OpenPaperAnswer] = Field(description="In the order in which a deposit pays them.")
    settlings: list[SettlingAnswer] = Field(description="The newest ten.")
    reference: str = Field(description="What to write when paying in.")


def figures_shown(found: Figures) -> dict[str, Any]:
    """Figures as they are answered."""
    names = (
        *("currency", "currencies", "entry", "at", "as_of", "imbalance_micros"),
        *("coming_as_of", "positions", "gained_micros"),
    )
    told: dict[str, Any] = {name: getattr(found, name) for name in names}
    for name in ("accounts", "receivables", "coming", "fees", "stood", "payables", "unowned"):
        told[name] = [asdict(one) for one in getattr(found, name)]
    told["credit"] = [standing_shown(one.standing) for one in found.used]
    told["said"] = asdict(found.said) if found.said else None
    return told | {"forecast": asdict(found.forecast) if found.forecast else None}


def fees_shown(found: MonthFees) -> dict[str, Any]:
    """The fees of a month as they are answered."""
    return asdict(found) | {"micros": found.micros}


def own_shown(found: Own) -> dict[str, Any]:
    """An advertiser's own money as it is answered."""
    return {
        "advertiser": found.advertiser,
        "entry": found.entry,
        "standings": [standing_shown(one) for one in found.standings],
        "papers": [asdict(one) for one in found.papers],
        "settlings": [settling_shown(one) for one in found.settlings],
        "reference": found.pay_in.reference,
    }
