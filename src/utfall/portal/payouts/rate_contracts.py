"""What crosses the border of the payouts app of exchange rates."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class TableProblem(StrEnum):
    """Why a table of rates was not taken."""

    UNREACHABLE = "rates_unreachable"
    NO_TABLE = "rates_no_table"
    AHEAD = "rates_ahead"
    NOT_NEWER = "rates_not_newer"


class NoTable(Exception):
    """What should be a table of rates cannot take the place of the one in use; `words` are of the file."""

    def __init__(self, problem: TableProblem, words: str) -> None:
        super().__init__(f"{problem}: {words}")
        self.problem, self.words = problem, words


class Use(StrEnum):
    """What a currency is used for."""

    PAYABLE = "payable"
    ACCOUNT = "account"
    INTO = "into"
    EXCHANGED = "exchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchView:
    """How a fetch of a table went; no problem: a newer one came."""

    at: datetime
    problem: TableProblem | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyRate:
    """The last rate of a currency that is used: how many micros of it for one euro, on which day.

    None of both where the table has none. `is_old`: nothing is exchanged by it today.
    """

    currency: str
    uses: tuple[Use, ...]
    micros: int | None
    day: date | None
    is_old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesView:
    """Where exchange rates stand: which table is in use, how old it is, and the rates of what is used.

    `file`: its name in `folder`; "" for the one that comes along. `passed_over`: files there that are no
    table, each with what is wrong. `waiting`: how many publishers are not paid because of old rates.
    """

    source: str
    newest: date | None
    oldest: date | None
    file: str
    folder: str
    url: str
    passed_over: tuple[tuple[str, str], ...]
    last_fetch: FetchView | None
    is_old: bool
    days_allowed: int
    waiting: int
    rates: tuple[CurrencyRate, ...]


@dataclass(frozen=True, slots=True)
class OldRates:
    """Rates that are too old while somebody needs them: how many publishers wait for newer ones."""

    newest: date | None
    waiting: int
