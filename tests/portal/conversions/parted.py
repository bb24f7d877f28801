"""An order that two publishers share, as tests of several apps look at it."""

import msgspec

from tests.portal.conversions.lived import Lived
from utfall.events import Line
from utfall.terms import Market, Override, Split

ORDER = Line(amount_micros=1_000_000_000, sku="boot-7")
WON, SHARED, WHOLE = 56_000_000, 26_800_000, 82_800_000
"""8 % of 1000.00 are shared 70 to 30; the second has 5 % of the first's on top as its parent."""


class Shared(Lived):
    """The same market, in which A's publisher shares with B's, which is also its parent."""

    def _terms(self) -> Market:
        winner, other = self.side.publisher.number, self.market.b.publisher.number
        return msgspec.structs.replace(
            super()._terms(),
            splits=(
                Split(
                    id=1,
                    program=self.program,
                    publisher=winner,
                    shares=((winner, 700_000), (other, 300_000)),
                ),
            ),
            overrides=(
                Override(id=1, parent=other, child=winner, ppm=50_000, program=self.program, on_top=True),
            ),
        )

    def orders(self) -> None:
        """S-1, which the first won and both share, and S-2, which the second won alone."""
        click = self.click(self.market.a, sub=("newsletter",))
        alone = self.click(self.market.b)
        orders = self.sale("S-1", click, lines=(ORDER,)), self.sale("S-2", alone, lines=(ORDER,))
        self.settle(click, alone, *orders)
