"""One currency for everything: what is payable in others is turned into it, by the rate of a day that says
whence. Nothing is written here: docs/algorithms/payouts.md, *One currency for everything*, in code.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from utfall.money import minor_micros
from utfall.portal.payouts.contracts import Exchanged, Payable
from utfall.rates import NoRate, Table


class Gathered(NamedTuple):
    """A balance as it is judged: alone, or with what others add to it. `is_old`: there is no rate for it."""

    payable: Payable
    exchanges: tuple[Exchanged, ...] = ()
    is_old: bool = False


def gathered(
    into: str, payables: Sequence[Payable], rates: Callable[[], Table], day: date
) -> Iterator[Gathered]:
    """The balances of one publisher as they are paid: each alone, or all above zero in one currency. The
    rates are asked for where there is something to exchange.
    """
    others = [one for one in payables if into and one.currency != into and one.micros > 0]
    turned = {one.currency: _turned(one, into, rates(), day) for one in others}
    exchanges = tuple(one for one in turned.values() if one is not None and one.into_micros)
    for one in payables:
        is_part = one.currency == into or any(each.currency == one.currency for each in exchanges)
        if not (exchanges and is_part):
            yield Gathered(one, is_old=one.currency in turned and turned[one.currency] is None)
    if exchanges:
        yield _whole(into, payables, exchanges)


def _turned(one: Payable, into: str, table: Table, day: date) -> Exchanged | None:
    """All of a balance in another currency; None where there is no rate."""
    try:
        rate = table.rate(one.currency, into, day)
    except NoRate:
        return None
    return Exchanged(micros=one.micros, rate=rate, into_micros=rate.turned(one.micros))


def _whole(into: str, payables: Sequence[Payable], exchanges: tuple[Exchanged, ...]) -> Gathered:
    own = next((one for one in payables if one.currency == into), None)
    micros = (own.micros if own else 0) + sum(one.into_micros for one in exchanges)
    unit = minor_micros(into)
    return Gathered(
        Payable(
            publisher=payables[0].publisher,
            currency=into,
            micros=micros,
            whole_micros=max(micros, 0) // unit * unit,
            up_to=payables[0].up_to,
        ),
        exchanges,
    )
