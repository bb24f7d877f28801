"""Traffic for the demo market: visitors, shops and robots, over HTTP, at a gentle rate, from a seed.

The opening tells one story of each kind (an order with a late coupon click, a robot, a click twice, a refund,
an approval, the same order twice), so that there is something to look at within seconds. Then people
come as they do.
"""

import heapq
import http.client
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random
from threading import Event
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

VISITORS_PER_SECOND: Final = 6.0
TIMEOUT_S: Final = 10.0
ROBOT: Final = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
_SAFARI: Final = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1"
_CHROME: Final = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
AGENTS: Final = (
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {_SAFARI} Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 14; SM-S921B) {_CHROME} Mobile Safari/537.36",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_SAFARI} Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
)

Params = Mapping[str, str]


class Goods(NamedTuple):
    """Something a shop sells."""

    sku: str
    category: str
    price: str


class Shop(NamedTuple):
    """An advertiser of the demo: what it pays for, how people come, what they buy."""

    advertiser: int
    key: str
    currency: str
    outcome: str | None
    links: tuple[str, ...]
    goods: tuple[Goods, ...] = ()
    share: float = 0.0
    """How many of its visitors do what it pays for."""


FJALL: Final = Shop(
    *(1, "demo-fjallbutiken", "SEK", "sale", ("fjall-blogg", "fjall-blogg", "fjall-cashback", "fjall-knapp")),
    goods=(
        Goods("K-204", "boots", "1899.00"),
        Goods("J-118", "jackets", "2499.00"),
        Goods("T-301", "tents", "4295.00"),
        Goods("S-007", "socks", "179.00"),
    ),
    share=0.35,
)
STROM: Final = Shop(
    2, "demo-nordlys", "NOK", "lead", ("strom-jamfor", "strom-jamfor", "strom-cashback"), (), 0.3
)
HYGGE: Final = Shop(
    *(3, "demo-hygge", "DKK", "sale", ("hygge-cashback", "hygge-kupong", "hygge-brev")),
    goods=(
        Goods("C-12", "candles", "149.95"),
        Goods("X-40", "textiles", "399.00"),
        Goods("L-77", "lamps", "1249.50"),
    ),
    share=0.35,
)
SPEL: Final = Shop(4, "demo-saimaa", "EUR", "install", ("spel-brev",), (), 0.5)
KUST: Final = Shop(5, "demo-kustresor", "SEK", None, ("kust-blogg", "kust-pris"))
SHOPS: Final = (FJALL, FJALL, STROM, HYGGE, HYGGE, SPEL, KUST, KUST)
DISPLAY: Final = "sommar-topp"


class Visitor(NamedTuple):
    """Somebody with a browser, who consents or does not say."""

    address: str
    agent: str
    consents: bool
    customer: str
    cookie: str = ""


class Edge:
    """The edge, as browsers and servers call it. One connection, for one thread."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._place = (place.hostname or "127.0.0.1", place.port or 80)
        self._connection = self._connect()
        self.answers: Counter[str] = Counter()

    def click(self, visitor: Visitor, key: str, **params: str) -> str | None:
        """Follow a link; the click token the shop receives."""
        status, headers, _ = self._get(visitor, f"/c/{key}", params)
        self.answers[f"click {status}"] += 1
        found = parse_qs(urlsplit(headers.get("location", "")).query).get("utfall")
        return found[0] if status == 302 and found else None

    def view(self, visitor: Visitor, key: str, **params: str) -> str | None:
        """Load a pixel; the id of the impression."""
        status, headers, _ = self._get(visitor, f"/i/{key}.gif", params)
        self.answers[f"view {status}"] += 1
        return headers.get("utfall-event")

    def postback(self, shop: Shop, **params: str) -> None:
        """A shop's server tells of an order, or of what became of it."""
        query = urlencode(params)
        status, _, _ = self._call("GET", f"/s2s/{shop.advertiser}?{query}", {}, None)
        self.answers[f"postback {status}"] += 1

    def tell(self, shop: Shop, *rows: Mapping[str, object]) -> list[dict[str, Any]]:
        """A shop sends rows to the API; the verdicts."""
        headers = {"authorization": f"Bearer {shop.key}", "content-type": "application/json"}
        status, _, body = self._call("POST", "/v1/events", headers, json.dumps({"events": rows}).encode())
        self.answers[f"events {status}"] += 1
        verdicts: list[dict[str, Any]] = json.loads(body).get("verdicts", []) if status < 500 else []
        return verdicts

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _get(self, visitor: Visitor, path: str, params: Params) -> tuple[int, dict[str, str], bytes]:
        consent = {"consent": "1"} if visitor.consents else {}
        headers = {"user-agent": visitor.agent, "x-forwarded-for": visitor.address}
        if visitor.cookie and visitor.consents:
            headers["cookie"] = f"utfall={visitor.cookie}"
        return self._call("GET", f"{path}?{urlencode({**params, **consent})}", headers, None)

    def _call(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, dict[str, str], bytes]:
        try:
            return self._send(method, path, headers, body)
        except (OSError, http.client.HTTPException):
            # The edge may have been restarted under us: once more on a new connection.
            self._connection.close()
            self._connection = self._connect()
            return self._send(method, path, headers, body)

    def _send(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> tuple[int, dict[str, str], bytes]:
        self._connection.request(method, path, body, dict(headers))
        answer = self._connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(*self._place, timeout=TIMEOUT_S)


class Traffic:
    """The demo's people, from a seed. `stories` names one order of each kind of story."""

    def __init__(self, edge: Edge, *, seed: int) -> None:
        self._edge = edge
        self._chance = Random(seed)
        self._later: list[tuple[float, int, Callable[[], object]]] = []
        self._run = f"{time.time_ns() // 1_000_000_000:x}"
        self._orders = 0
        self._waiting = 0
        self.stories: dict[str, str] = {}
        self.seen: Counter[str] = Counter()

    def open(self) -> None:
        """One story of each kind."""
        for story in (
            self._late_coupon,
            self._robot,
            self._twice,
            self._refunded,
            self._declined,
            self._resent,
        ):
            story()
        for _ in range(12):
            self._visit()

    def run_for(self, stop: Event, seconds: float) -> None:
        """Let people come for a while, or until `stop` is set."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not stop.wait(self._chance.expovariate(VISITORS_PER_SECOND)):
            self.step()

    def step(self) -> None:
        """One visitor, and whatever is due by now."""
        while self._later and self._later[0][0] <= time.monotonic():
            heapq.heappop(self._later)[2]()
        self._visit()

    def _visit(self) -> None:
        chance, visitor = self._chance, self._visitor()
        for _ in range(chance.randint(1, 4)):
            self._edge.view(visitor, DISPLAY, sub1=chance.choice(("front", "sport", "weather")))
        if chance.random() < 0.03:
            visitor = visitor._replace(agent=ROBOT)
        shop = chance.choice(SHOPS)
        link = chance.choice(shop.links)
        impression = self._edge.view(visitor, link, sub1=chance.choice(("top", "list", "mail")))
        self.seen["visitors"] += 1
        if impression is None or chance.random() > 0.7:
            return
        token = self._edge.click(visitor, link, sub1=chance.choice(("top", "list", "mail")))
        if token and visitor.agent is not ROBOT and chance.random() < shop.share:
            self._in(chance.uniform(0.5, 3.0), lambda: self._convert(shop, visitor, [token]))

    def _convert(self, shop: Shop, visitor: Visitor, tokens: Sequence[str], **more: object) -> str:
        """An order, lead or install; what becomes of it comes later."""
        order = self._order(shop, visitor, tokens, **more)
        fate = self._chance.random()
        if fate < 0.25:
            self._in(self._chance.uniform(2, 5), lambda: self._amend(shop, order, "approve"))
        elif fate < 0.35:
            reason = {"reason": "cancelled"}
            self._in(self._chance.uniform(2, 5), lambda: self._amend(shop, order, "decline", **reason))
        return order

    def _order(self, shop: Shop, visitor: Visitor, tokens: Sequence[str], **more: object) -> str:
        order = self._name(shop)
        row: dict[str, object] = {"kind": "conversion", "outcome": shop.outcome, "order": order, **more}
        row["click"] = list(tokens)
        row["consent"] = "granted" if visitor.consents else "unknown"
        row["customer"] = visitor.customer
        row["new"] = self._chance.random() < 0.4
        if shop.goods:
            row["currency"] = shop.currency
            goods = self._chance.sample(shop.goods, self._chance.randint(1, 2))
            row["lines"] = [
                {"sku": each.sku, "category": each.category, "amount": each.price} for each in goods
            ]
        self._edge.tell(shop, row)
        self.seen[str(shop.outcome)] += 1
        return order

    def _amend(self, shop: Shop, order: str, action: str, **more: object) -> None:
        self._edge.tell(
            shop, {"kind": "amendment", "outcome": shop.outcome, "order": order, "action": action, **more}
        )
        self.seen[action] += 1

    def _late_coupon(self) -> None:
        """A blog sends a visitor; at the checkout a coupon site pushes itself in between, with its code."""
        visitor = self._visitor(consents=True)
        blog = self._edge.click(visitor, "fjall-blogg", sub1="tältguiden")
        checkout = time.time_ns() // 1_000_000
        time.sleep(0.01)
        coupon = self._edge.click(visitor, "fjall-kupong")
        tokens = [token for token in (blog, coupon) if token]
        order = self._order(FJALL, visitor, tokens, checkout_at=checkout, code="KUNG10")
        self.stories["late coupon click"] = order

    def _robot(self) -> None:
        robot = self._visitor()._replace(agent=ROBOT)
        for _ in range(3):
            self._edge.click(robot, "kust-blogg")

    def _twice(self) -> None:
        """The same browser follows the same paid link again and again."""
        visitor = self._visitor(consents=True)
        for _ in range(4):
            self._edge.click(visitor, "kust-pris")

    def _refunded(self) -> None:
        order = self._bought()
        self._amend(FJALL, order, "approve")
        self._amend(FJALL, order, "refund", amount="100.00", reason="returned")
        self.stories["approved, then 100.00 refunded"] = order

    def _declined(self) -> None:
        order = self._bought()
        self._amend(FJALL, order, "decline", reason="credit_check")
        self.stories["declined"] = order

    def _resent(self) -> None:
        """A shop's server, and then its server again, tell of one and the same order."""
        visitor = self._visitor()
        token = self._edge.click(visitor, "hygge-brev") or ""
        order = self._name(HYGGE)
        params = {
            "order": order,
            "click": token,
            "amount": "399.00",
            "currency": "DKK",
            "category": "textiles",
        }
        self._edge.postback(HYGGE, **params)
        self._edge.postback(HYGGE, **params)
        self.stories["told twice, paid once"] = order

    def _bought(self) -> str:
        visitor = self._visitor(consents=True)
        token = self._edge.click(visitor, "fjall-cashback", sub1="member-4711")
        return self._order(FJALL, visitor, [token] if token else [])

    def _visitor(self, *, consents: bool | None = None) -> Visitor:
        chance = self._chance
        said = chance.random() < 0.6 if consents is None else consents
        # Addresses of the three networks that documentation may use, and of a private one to have enough.
        network = chance.choice(("192.0.2", "198.51.100", "203.0.113", f"10.20.{chance.randint(0, 255)}"))
        cookie = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=22)) if said else ""
        return Visitor(
            address=f"{network}.{chance.randint(1, 254)}",
            agent=chance.choice(AGENTS),
            consents=said,
            customer=f"kund{chance.randint(1, 400)}@example.com",
            cookie=cookie,
        )

    def _name(self, shop: Shop) -> str:
        self._orders += 1
        return f"{shop.key.removeprefix('demo-')[:5].upper()}-{self._run}-{self._orders:04}"

    def _in(self, seconds: float, happening: Callable[[], object]) -> None:
        self._waiting += 1
        heapq.heappush(self._later, (time.monotonic() + seconds, self._waiting, happening))
