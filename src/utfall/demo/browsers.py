"""The edge as browsers and shops call it: links, pixels, the tag, postbacks, rows. HTTP and nothing else."""

import http.client
import json
from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from utfall.demo.cast import Seller
from utfall.demo.visitors import Person
from utfall.events import Consent

TIMEOUT_S: Final = 10.0
Params = Mapping[str, str]
Row = Mapping[str, object]


class Edge:
    """The edge over one connection, for one thread. `answers` counts what it said."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._place = (place.hostname or "127.0.0.1", place.port or 80)
        self._connection = self._connect()
        self.answers: Counter[str] = Counter()

    def click(self, person: Person, key: str, **params: str) -> str | None:
        """Follow a link; the click token that the landing page receives."""
        status, headers, _ = self._get(person, f"/c/{key}", params)
        self.answers[f"click {status}"] += 1
        found = parse_qs(urlsplit(headers.get("location", "")).query).get("utfall")
        return found[0] if status == 302 and found else None

    def view(self, person: Person, key: str) -> str | None:
        """Load a pixel; the id of the impression."""
        status, headers, _ = self._get(person, f"/i/{key}.gif", {})
        self.answers[f"view {status}"] += 1
        return headers.get("utfall-event")

    def tag(self, seller: Seller, person: Person, row: Row) -> bool:
        """The shop's tag tells of an order, from the visitor's browser; whether it was accepted."""
        headers = {**_browser(person), "content-type": "text/plain"}
        status, _, _ = self._call("POST", f"/p/{seller.advertiser}", headers, json.dumps(row).encode())
        self.answers[f"tag {status}"] += 1
        return status == 202

    def postback(self, seller: Seller, row: Row) -> bool:
        """The shop's server tells of an order; whether it was accepted."""
        query = urlencode({name: _plain(value) for name, value in row.items()})
        status, _, _ = self._call("GET", f"/s2s/{seller.advertiser}?{query}", {}, None)
        self.answers[f"postback {status}"] += 1
        return status == 202

    def tell(self, seller: Seller, *rows: Row) -> list[dict[str, Any]]:
        """The shop sends rows to the API under its key; the verdicts."""
        headers = {"authorization": f"Bearer {seller.key}", "content-type": "application/json"}
        status, _, body = self._call("POST", "/v1/events", headers, json.dumps({"events": rows}).encode())
        self.answers[f"events {status}"] += 1
        verdicts: list[dict[str, Any]] = json.loads(body).get("verdicts", []) if status < 500 else []
        return verdicts

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _get(self, person: Person, path: str, params: Params) -> tuple[int, dict[str, str], bytes]:
        consent = {"consent": "1"} if person.consent is Consent.GRANTED else {}
        return self._call("GET", f"{path}?{urlencode({**params, **consent})}", _browser(person), None)

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


def _browser(person: Person) -> dict[str, str]:
    """The headers of a visitor, who comes through a proxy of this machine."""
    headers = {"user-agent": person.agent.text, "x-forwarded-for": person.address}
    return headers | ({"cookie": f"utfall={person.visitor}"} if person.visitor else {})


def _plain(value: object) -> str:
    """A value as a query carries it: lists as JSON, several tokens with commas."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ",".join(value) if all(isinstance(one, str) for one in value) else json.dumps(value)
    return str(value)


def click_of(token: str) -> str:
    """The id of the click that a token was made of.

    >>> click_of("AAGh_55XkHn-sabeEwmzDqYAAAAAZAAAAAoAAAAFDqQ-amr4JdrV1dSfJM6BbQ")
    '01a1ff9e579079feb1a6de1309b30ea6'
    """
    return urlsafe_b64decode(token + "==")[1:17].hex()
