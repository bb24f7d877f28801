"""What exchanges gained or lost: both halves of each, at the newest rates.

docs/algorithms/funding.md, *Gain and loss by currency*, in code.
"""

from collections.abc import Callable, Mapping
from datetime import date

from utfall.portal.finance.contracts import Position
from utfall.rates import NoRate, Rate, Table


def positions(
    stands: Mapping[str, int], into: str, rates: Callable[[], Table], today: date
) -> tuple[Position, ...]:
    """What stands on the exchange accounts (micros by currency, debit positive) in one currency. The rates
    are asked for where something was exchanged.
    """
    held = {currency: micros for currency, micros in sorted(stands.items()) if micros}
    if not held:
        return ()
    table = rates()
    day = min(today, table.newest or today)
    return tuple(_position(currency, micros, into, table, day) for currency, micros in held.items())


def _position(currency: str, micros: int, into: str, table: Table, day: date) -> Position:
    if currency == into:
        return Position(currency=currency, micros=micros, rate=None, value_micros=micros)
    rate = _rate(table, currency, into, day)
    value = rate.turned(micros) if rate else None
    return Position(currency=currency, micros=micros, rate=rate, value_micros=value)


def _rate(table: Table, currency: str, into: str, day: date) -> Rate | None:
    try:
        return table.rate(currency, into, day)
    except NoRate:
        return None
