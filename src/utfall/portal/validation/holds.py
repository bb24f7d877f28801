"""Who objects to approving an order: apps above validation say which orders they hold, and for what.

A hold moves no clock: silence approves a held order on its day. But nobody approves one by hand without
reading what it is held for, and saying why it is approved all the same.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from utfall.portal.access import Caller
from utfall.portal.validation.contracts import Hold

Holder = Callable[[Caller, Collection[int]], Mapping[int, Hold]]
_holders: Final[list[Holder]] = []


def holder(asked: Holder) -> Holder:
    """Register who says which of some orders it holds; by an order's number, in the caller's scope."""
    _holders.append(asked)
    return asked


def held(caller: Caller, orders: Collection[int]) -> dict[int, Hold]:
    """Those of some orders that are held, and for what."""
    found: dict[int, Hold] = {}
    for asked in _holders if orders else ():
        found |= asked(caller, orders)
    return found
