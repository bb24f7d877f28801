"""What the API of payouts answers of exchange rates."""

from datetime import date
from typing import Annotated

from ninja import File
from ninja.files import UploadedFile

from utfall.portal.payouts.rate_contracts import RatesView, TableProblem, Use
from utfall.portal.rest.facade import Field, Moment, Schema

RatesSent = Annotated[UploadedFile, File(description="eurofxref-hist.zip or .csv; at most 8 MB.")]


class RatesFetchAnswer(Schema):
    """How the last fetch of a table went."""

    at: Moment
    problem: TableProblem | None = Field(description="Why no newer table came; null where one did.")
    words: str


class CurrencyRateAnswer(Schema):
    """The last rate of a currency that is used."""

    currency: str
    uses: list[Use]
    micros: int | None = Field(description="Micros of it for one euro.")
    day: date | None
    is_old: bool = Field(description="Nothing is exchanged by it today.")


class PassedOverAnswer(Schema):
    """A file that is no table."""

    name: str
    why: str


class RatesAnswer(Schema):
    """Which table of exchange rates is in use, how old it is, and the rates of what is used."""

    source: str
    newest: date | None = Field(description="The newest day of the table.")
    oldest: date | None
    file: str = Field(description="Its name in `folder`; empty for the table that comes along.")
    folder: str
    url: str = Field(description="Where a newer one is fetched; empty: nowhere.")
    passed_over: list[PassedOverAnswer] = Field(description="Files in the folder that are no table.")
    last_fetch: RatesFetchAnswer | None
    is_old: bool = Field(description="Whether the newest day is older than `days_allowed`.")
    days_allowed: int
    waiting: int = Field(description="How many publishers are not paid because of old rates.")
    rates: list[CurrencyRateAnswer]


def rates_shown(view: RatesView) -> dict[str, object]:
    """Where exchange rates stand, as the API says it."""
    told = {name: getattr(view, name) for name in RatesAnswer.model_fields}
    return told | {"passed_over": [{"name": name, "why": why} for name, why in view.passed_over]}
