"""Load on the whole money path that remembers what it was promised: every acknowledged id, every verdict.

A shopper clicks, buys with the token of a click, sends batches in which some rows are repeated and some are
wrong, and changes orders that were acknowledged. When the edge is gone it sends on as soon as it is back;
what was not answered may or may not have happened, and what was answered must have.
"""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from tests.scenarios.running_edge import BROWSER, SHOP_KEY
from utfall.events import Action, event_id

LINKS: Final = ("blogg", "rabatt")
REST_S: Final = 0.002
AWAY_S: Final = 0.01
JSON = dict[str, Any]


@dataclass
class Promises:
    """What was sent, and what was answered."""

    clicks: Counter[str] = field(default_factory=Counter)
    """Tokens that visitors were redirected with."""
    views: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    """How often an event's id was sent, and how often it was said to be kept."""
    orders: dict[str, int] = field(default_factory=dict)
    """Acknowledged orders, with their amounts in whole kronor."""
    changes: dict[str, Action] = field(default_factory=dict)
    """Acknowledged changes of orders."""
    refused: set[str] = field(default_factory=set)
    """Orders that were refused for what they say; they must never be paid."""
    unanswered: int = 0
    wrong: list[str] = field(default_factory=list)


class Shopper(threading.Thread):
    """One connection that is never idle for long."""

    def __init__(self, port: int, name: str, seed: int) -> None:
        super().__init__(name=name)
        self.promises = Promises()
        self.ending = threading.Event()
        self._port = port
        self._chance = random.Random(f"{seed} {name}")
        self._connection: HTTPConnection | None = None
        self._tokens: list[str] = []
        self._rows: list[JSON] = []
        self._changeable: list[str] = []
        self._number = 0

    def run(self) -> None:
        acts = (self._click, self._click, self._view, self._postback, self._batch)
        while not self.ending.is_set():
            try:
                self._chance.choice(acts)()
            except (OSError, HTTPException):
                self.promises.unanswered += 1
                self._hang_up()
                time.sleep(AWAY_S)
            time.sleep(REST_S)
        self._hang_up()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _ask(self, path: str, body: object = None) -> tuple[int, str, bytes]:
        """Status, where to go, and the body of an answer."""
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=20)
        headers = {"user-agent": BROWSER, "authorization": f"Bearer {SHOP_KEY}"}
        method = "GET" if body is None else "POST"
        sent = None if body is None else msgspec.json.encode(body)
        self._connection.request(method, path, body=sent, headers=headers)
        answer = self._connection.getresponse()
        return answer.status, answer.getheader("location") or "", answer.read()

    def _unexpected(self, what: str, status: int, body: bytes) -> None:
        """A refusal that says `unavailable` promises nothing; any other is a fault."""
        if b'"unavailable"' not in body:
            self.promises.wrong.append(f"{what}: {status} {body.decode(errors='replace')[:200]}")

    def _click(self) -> None:
        status, location, body = self._ask(f"/c/{self._chance.choice(LINKS)}?consent=1")
        if status != 302:
            self._unexpected("click", status, body)
            return
        token = parse_qs(urlsplit(location).query)["utfall"][0]
        self.promises.clicks[token] += 1
        self._tokens.append(token)

    def _view(self) -> None:
        status, _, body = self._ask(f"/i/{self._chance.choice(LINKS)}.gif?consent=1")
        if status == 200:
            self.promises.views += 1
        else:
            self._unexpected("view", status, body)

    def _sale(self) -> JSON:
        """An order that follows one of the last clicks."""
        self._number += 1
        return {
            "order": f"{self.name}-{self._number}",
            "amount": f"{self._chance.randrange(1, 1000)}.00",
            "currency": "SEK",
            "click": self._chance.choice(self._tokens[-50:]),
            "consent": 1,
        }

    def _postback(self) -> None:
        if not self._tokens:
            return
        row = self._sale()
        for _ in range(self._chance.choice((1, 1, 1, 2))):  # sometimes told twice, each time a new event
            status, _, body = self._ask(f"/s2s/1?{urlencode(row)}")
            if status == 202:
                self._keep(row, msgspec.json.decode(body)["id"])
            else:
                self._unexpected("postback", status, body)

    def _batch(self) -> None:
        if not self._tokens:
            return
        makers = (self._new_row, self._new_row, self._repeated_row, self._wrong_row, self._changing_row)
        rows = [self._chance.choice(makers)() for _ in range(self._chance.randrange(1, 7))]
        self.promises.sent.update(row["id"] for row in rows)
        status, _, body = self._ask("/v1/events", rows)
        if status not in (200, 207, 422):
            self._unexpected("batch", status, body)
            return
        for row, verdict in zip(rows, msgspec.json.decode(body)["verdicts"], strict=True):
            self._judge(row, verdict)

    def _judge(self, row: JSON, verdict: JSON) -> None:
        is_wrong = row.get("currency") == "KR"
        if verdict["verdict"] == "accepted" and not is_wrong:
            self._keep(row, verdict["id"])
        elif verdict.get("reason") == "invalid_currency" and is_wrong:
            self.promises.refused.add(row["order"])
        else:
            self._unexpected("row", 0, msgspec.json.encode(verdict))

    def _keep(self, row: JSON, identifier: str) -> None:
        if "id" not in row:  # the edge gave it one
            self.promises.sent[identifier] += 1
        self.promises.kept[identifier] += 1
        if row.get("kind") == "amendment":
            self.promises.changes[row["order"]] = Action(row["action"])
        elif row["order"] not in self.promises.orders:
            self.promises.orders[row["order"]] = int(row["amount"].removesuffix(".00"))
            self._changeable.append(row["order"])
            if "id" in row:
                self._rows.append(row)

    def _new_row(self) -> JSON:
        return {"kind": "conversion", "id": self._id(), **self._sale()}

    def _wrong_row(self) -> JSON:
        return {**self._new_row(), "currency": "KR"}

    def _repeated_row(self) -> JSON:
        return self._chance.choice(self._rows[-20:]) if self._rows else self._new_row()

    def _changing_row(self) -> JSON:
        """A change of an order that is acknowledged and not changed before; each is sent once."""
        if not self._changeable:
            return self._new_row()
        order = self._changeable.pop(self._chance.randrange(len(self._changeable)))
        action = self._chance.choice((Action.APPROVE, Action.DECLINE, Action.REFUND))
        reason = {"reason": "returned"} if action is Action.DECLINE else {}
        return {"kind": "amendment", "id": self._id(), "order": order, "action": action.value, **reason}

    def _id(self) -> str:
        return event_id(time.time_ns() // 1_000_000, self._chance.randbytes(10))
