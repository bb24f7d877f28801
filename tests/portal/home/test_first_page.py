"""The first page and the search: what apps put there, for whom."""

from collections.abc import Iterator

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Caller, Kind, Permission, Role
from utfall.portal.home import cards, search
from utfall.portal.home.cards import Attention, Card, Figure, Goal, Panel, Step, card, cards_for
from utfall.portal.home.search import Found, finder, found


@pytest.fixture(autouse=True)
def _registries() -> Iterator[None]:
    """What a test registers is forgotten with it."""
    before = list(cards._CARDS), list(search._FINDERS)
    yield
    cards._CARDS[:], search._FINDERS[:] = before


def test_a_card_is_shown_to_those_it_is_for(market: TwoTenants) -> None:
    @card(kinds=frozenset({Kind.PUBLISHER}), needs=Permission.MONEY)
    def money(caller: Caller) -> Attention:
        return Attention(words="A payout waits", url="/")

    def sees(caller: Caller) -> bool:
        return any(isinstance(one, Attention) and one.words == "A payout waits" for one in cards_for(caller))

    assert sees(market.a.publisher.caller(Role.FINANCE))
    assert not sees(market.a.publisher.caller(Role.VIEWER))
    assert not sees(market.a.advertiser.caller(Role.FINANCE))


def test_cards_stand_in_their_order(market: TwoTenants) -> None:
    cards._CARDS.clear()
    for order in (30, 10, 20):

        @card(order=order)
        def one(caller: Caller, order: int = order) -> list[Card]:
            return [Attention(words=str(order), url="/")]

    told = [one.words for one in cards_for(market.operator.caller()) if isinstance(one, Attention)]
    assert told == ["10", "20", "30"]


def test_the_first_page_shows_every_sort_of_card(market: TwoTenants, client_of: ClientOf) -> None:
    @card()
    def all_of_them(caller: Caller) -> list[Card]:
        return [
            Attention(words="Three links are broken", url="/x/", count=3, tone="bad"),
            Step(words="Create a program", why="So that", url="/y/", action="Create", is_done=False),
            Goal(words="500 leads", url="/z/", done=310, target=500, shown="310 of 500", forecast="In time"),
            Figure(label="Sales", value="12", change=50_000, spark=(1, 2, 3)),
            Panel(title="Lately", template="home/recent.html", context={"changes": [], "url": "/log/"}),
        ]

    text = client_of(market.a.advertiser.users[Role.OWNER]).get(f"/{market.a.advertiser.slug}/").content
    for words in ("Three links are broken", "Create a program", "310 of 500", "In time", "Sales", "Lately"):
        assert words in text.decode(), words


def test_whoever_has_nothing_to_do_is_told_so(market: TwoTenants, client_of: ClientOf) -> None:
    text = client_of(market.auditor.users[Role.OWNER]).get(f"/{market.auditor.slug}/").content.decode()
    assert "Nothing waits for you" in text


def test_the_search_finds_pages_and_what_apps_offer(market: TwoTenants, client_of: ClientOf) -> None:
    @finder
    def links(caller: Caller, words: str) -> Iterator[Found]:
        return (Found(f"Link {number} {words}", "/", "link", "Link") for number in range(1000))

    caller = market.a.advertiser.caller()
    assert [one.kind for one in found(caller, "x")] == [], "a single letter is no name"
    assert len(found(caller, "boots")) == search.MOST_EACH
    browser = client_of(market.a.advertiser.users[Role.OWNER])
    path = f"/{market.a.advertiser.slug}/search/"
    part = browser.get(path, {"q": "Hom"}, headers={"hx-request": "true"}).content.decode()
    assert ('role="option"' in part, "<html" in part) == (True, False)
    assert "Nothing is called" in browser.get(path, {"q": "z"}).content.decode()
