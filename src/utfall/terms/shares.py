"""Who else is paid for an order: docs/algorithms/parties.md. Splits among publishers, and overrides of
parents.
"""

from msgspec import Struct

SHARES_MOST = 20
"""Publishers that one split may name."""


class Split(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """How the commission on the orders that one publisher won in a program is shared, in
    `[effective_from, effective_until)`.

    `shares` are pairs of a publisher and its parts per million. They come to the whole, and the publisher
    that won has one of them.
    """

    id: int
    program: int
    publisher: int
    shares: tuple[tuple[int, int], ...]
    effective_from: int = 0
    effective_until: int | None = None

    def holds_at(self, at: int) -> bool:
        """Whether the split was in force."""
        return self.effective_from <= at and (self.effective_until is None or at < self.effective_until)


class Override(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What a parent gets of what its child earns with orders, in one program or in all of them.

    `on_top`: the advertiser pays it beside the child's commission, and it belongs to one program; otherwise
    the child gives it away.
    """

    id: int
    parent: int
    child: int
    ppm: int
    program: int | None = None
    on_top: bool = False
    effective_from: int = 0
    effective_until: int | None = None

    def holds_at(self, at: int) -> bool:
        """Whether the override was in force."""
        return self.effective_from <= at and (self.effective_until is None or at < self.effective_until)
