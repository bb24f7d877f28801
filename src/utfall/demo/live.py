"""The market in real time: people come, shops tell, and what the history left open is done when it is due.

    life = Life(edge, agenda, truth, seed=1, pace=12.0)
    life.open(); life.run_for(stop, 60)

Everything goes through public HTTP interfaces. It is hurried only in this: an order comes seconds after its
click, and what becomes of it minutes after.
"""

import heapq
import time
from collections import Counter
from collections.abc import Callable
from threading import Event
from typing import Final

from utfall.demo import cast
from utfall.demo.agenda import Agenda
from utfall.demo.browsers import Edge, click_of
from utfall.demo.cast import PLACED, SELLERS, SHOP, Placed, Seller, placed
from utfall.demo.chance import stream
from utfall.demo.journeys import CONSENT, CONSENT_OF_BUYERS, person_of
from utfall.demo.seasons import Trade
from utfall.demo.truth import Label, LiveTruth
from utfall.demo.visitors import ROBOT, Person, customer
from utfall.demo.wares import basket
from utfall.events import Consent, event_id

VISITS_PER_MINUTE: Final = 12.0
DISHONEST: Final = 0.02
"""How many of those who come to the shop are pushed through a click at the checkout."""
_WEIGHTS: Final = [one.clicks for one in PLACED]


def now_ms() -> int:
    """UTC in milliseconds."""
    return time.time_ns() // 1_000_000


class Life:
    """The people of the demo as they come. `stories` names one order of each kind of story."""

    def __init__(self, edge: Edge, agenda: Agenda, truth: LiveTruth, *, seed: int, pace: float) -> None:
        self._edge, self._agenda, self._truth, self._pace = edge, agenda, truth, pace
        self._run = f"{time.time_ns() // 1_000_000_000:x}"
        self._chance = stream(seed, "live", self._run)
        self._later: list[tuple[float, int, Callable[[], object]]] = []
        self._orders = self._waiting = 0
        self.stories: dict[str, str] = {}
        self.seen: Counter[str] = Counter()

    def open(self) -> None:
        """One story of each kind, so that there is something to look at at once."""
        for story in (
            self._late_coupon,
            self._robot,
            self._twice,
            self._refunded,
            self._declined,
            self._resent,
        ):
            story()

    def run_for(self, stop: Event, seconds: float) -> None:
        """Let people come for a while, or until `stop` is set."""
        until = time.monotonic() + seconds
        while not stop.is_set():
            wait, left = self._chance.expovariate(self._pace / 60), until - time.monotonic()
            if wait >= left:
                stop.wait(max(left, 0.0))
                break
            if not stop.wait(wait):
                self.step()
        self._do_what_is_due()

    def step(self) -> None:
        """One visitor, and whatever is due by now."""
        self._do_what_is_due()
        self._visit()

    def _do_what_is_due(self) -> None:
        while self._later and self._later[0][0] <= time.monotonic():
            heapq.heappop(self._later)[2]()
        for seller, row in self._agenda.due(now_ms()):
            self._edge.tell(seller, row)
            self.seen[str(row["kind"])] += 1

    def _visit(self) -> None:
        chance = self._chance
        (one,) = chance.choices(PLACED, _WEIGHTS)
        buys = chance.random() < one.rate
        person = person_of(chance, one.seller, consents=CONSENT_OF_BUYERS if buys else CONSENT)
        self.seen["visitors"] += 1
        if one.kind.views and self._edge.view(person, one.key) and chance.random() < 0.4:
            return
        token = self._click(person, one)
        if one.seller.trade is Trade.SHOP and chance.random() < DISHONEST and token:
            self._in(chance.uniform(4, 12), lambda: self._poach(person, token))
        elif buys and token:
            self._in(chance.uniform(3, 25), lambda: self._buy(one.seller, person, [token]))

    def _poach(self, person: Person, token: str) -> None:
        """A voucher site pushes its click in between checkout and order."""
        label = Label.COUPON_POACHING
        late = self._click(person, placed(cast.POACHER, SHOP), label)
        began = now_ms() - 60_000 if self._chance.random() < 0.6 else None
        tokens = [token, late] if late else [token]
        self._in(4.0, lambda: self._buy(cast.SELLER[SHOP], person, tokens, label=label, checkout_at=began))

    def _click(self, person: Person, one: Placed, label: Label = Label.HONEST) -> str | None:
        token = self._edge.click(person, one.key, sub1=self._chance.choice(("top", "list", "guide", "story")))
        if token:
            self._truth.tell(click_of(token), "click", label)
        return token

    def _buy(
        self,
        seller: Seller,
        person: Person,
        tokens: list[str],
        *,
        label: Label = Label.HONEST,
        **more: object,
    ) -> str:
        """An order, lead or install; what becomes of it comes later."""
        order = self._order(seller, person, tokens, label=label, **more)
        fate = self._chance.random()
        if seller.trade is not Trade.APP and fate < 0.3:
            self._in(self._chance.uniform(60, 240), lambda: self._amend(seller, order, "approve"))
        elif fate > 0.94:
            self._in(
                self._chance.uniform(30, 240),
                lambda: self._amend(seller, order, "decline", reason="cancelled"),
            )
        return order

    def _order(
        self,
        seller: Seller,
        person: Person,
        tokens: list[str],
        *,
        label: Label = Label.HONEST,
        **more: object,
    ) -> str:
        order, row = self._named(seller), self._row(seller, person, tokens)
        row |= {"order": order} | {name: value for name, value in more.items() if value is not None}
        chance = self._chance.random()
        if seller.trade is Trade.SERVICE or "checkout_at" in row:
            self._edge.tell(seller, {"kind": "conversion", "advertiser": seller.advertiser, **row})
        elif seller.trade is Trade.SHOP and chance < 0.7:
            self._edge.tag(seller, person, row)
        else:
            self._edge.postback(seller, row)
        self._truth.tell(str(row["id"]), "conversion", label)
        self.seen[seller.outcome.value] += 1
        return order

    def _row(self, seller: Seller, person: Person, tokens: list[str]) -> dict[str, object]:
        chance = self._chance
        is_new = chance.random() < 0.55
        row: dict[str, object] = {
            "id": event_id(now_ms(), chance.randbytes(10)),
            "outcome": seller.outcome.value,
            "click": tokens,
            "currency": seller.currency,
            "consent": person.consent.value,
            "country": person.country,
        }
        if person.consent is Consent.GRANTED and seller.trade is not Trade.APP:
            row["customer"] = customer(chance, seller.advertiser, is_new=is_new)
        if seller.trade is Trade.SHOP:
            month = time.gmtime().tm_mon
            row["new"] = is_new
            row["lines"] = [
                {
                    "sku": line.sku,
                    "category": line.category,
                    "quantity": line.quantity,
                    "amount_micros": line.amount_micros,
                }
                for line in basket(chance, month)
            ]
        return row

    def _amend(self, seller: Seller, order: str, action: str, **more: object) -> None:
        row = {"kind": "amendment", "outcome": seller.outcome.value, "order": order, "action": action, **more}
        self._edge.tell(seller, row)
        self.seen[action] += 1

    def _late_coupon(self) -> None:
        """A blog sends a visitor; at the checkout a coupon site pushes itself in between, with its code."""
        person = self._person(1.0)
        blog = self._click(person, placed(11, SHOP))
        checkout = now_ms()
        time.sleep(0.01)
        coupon = self._click(person, placed(14, SHOP), Label.COUPON_POACHING)
        tokens = [token for token in (blog, coupon) if token]
        order = self._order(
            SELLERS[0], person, tokens, label=Label.COUPON_POACHING, checkout_at=checkout, code="KUNG10"
        )
        self.stories["late coupon click"] = order

    def _robot(self) -> None:
        robot = self._person(0.0)
        robot = robot._replace(agent=robot.agent._replace(text=ROBOT))
        for _ in range(3):
            self._click(robot, placed(11, SHOP))

    def _twice(self) -> None:
        """The same browser follows the same link again and again."""
        person = self._person(1.0)
        for _ in range(4):
            self._click(person, placed(15, SHOP))

    def _refunded(self) -> None:
        order = self._bought()
        self._amend(SELLERS[0], order, "approve")
        self._amend(SELLERS[0], order, "refund", amount="100.00", reason="returned")
        self.stories["approved, then 100.00 refunded"] = order

    def _declined(self) -> None:
        order = self._bought()
        self._amend(SELLERS[0], order, "decline", reason="credit_check")
        self.stories["declined"] = order

    def _resent(self) -> None:
        """A shop's server, and then its server again, tell of one and the same order."""
        person = self._person(1.0)
        token = self._click(person, placed(17, SHOP))
        row = {
            "order": self._named(SELLERS[0]),
            "click": token or "",
            "amount": "849.00",
            "currency": "SEK",
            "category": "dresses",
        }
        self._edge.postback(SELLERS[0], row)
        self._edge.postback(SELLERS[0], row)
        self.stories["told twice, paid once"] = str(row["order"])

    def _bought(self) -> str:
        person = self._person(1.0)
        token = self._click(person, placed(12, SHOP))
        return self._order(SELLERS[0], person, [token] if token else [], checkout_at=now_ms())

    def _person(self, consents: float) -> Person:
        return person_of(self._chance, SELLERS[0], consents=consents)

    def _named(self, seller: Seller) -> str:
        self._orders += 1
        return f"{seller.prefix}-{self._run}-{self._orders:04}"

    def _in(self, seconds: float, happening: Callable[[], object]) -> None:
        self._waiting += 1
        heapq.heappush(self._later, (time.monotonic() + seconds, self._waiting, happening))
