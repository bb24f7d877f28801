"""Where clicks land: tokens go in the right place, and nobody is sent where the link does not lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.edge.landing import Landing, deep_link, landing_of, split_at_token
from utfall.terms import Link


def landing(destination: str = "https://shop.example/start", *domains: str) -> Landing:
    link = Link(id=1, key="k", program=1, publisher=1, destination=destination, domains=domains)
    found = landing_of(link, 1, consent_required=True, valid_until=1)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("url", "with_token"),
    [
        ("https://s.example/a", "https://s.example/a?utfall=T"),
        ("https://s.example/a?b=1", "https://s.example/a?b=1&utfall=T"),
        ("https://s.example/a?b=1#c?d", "https://s.example/a?b=1&utfall=T#c?d"),
        ("https://s.example/a#c", "https://s.example/a?utfall=T#c"),
        ("https://s.example/a?", "https://s.example/a?utfall=T"),
        ("https://s.example/a?b&&c=%26", "https://s.example/a?b&&c=%26&utfall=T"),
        ("https://s.example/a?utfall=OLD&b=1", "https://s.example/a?b=1&utfall=T"),
        ("https://s.example/a?b=utfall=OLD", "https://s.example/a?b=utfall=OLD&utfall=T"),
    ],
)
def test_the_token_stands_after_the_query_and_before_the_fragment(url: str, with_token: str) -> None:
    split = split_at_token(url, "utfall")
    assert split.head + "T" + split.tail == with_token


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/x",
        "http://shop.example",
        "HTTPS://SHOP.EXAMPLE/x",
        "https://shop.example:443/x",
        "https://other.example/",
        "https://www.other.example/a?b",
        "https://xn--fjll-moa.example/",
        "https://Fjäll.example/ö",
        "https://shop.example./x",
    ],
)
def test_a_deep_link_may_lead_to_the_shop_and_its_allowed_domains(url: str) -> None:
    assert deep_link(landing("https://shop.example/", "other.example", "fjäll.example"), url) is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://www.shop.example/",
        "https://evilother.example/",
        "https://other.example.evil.test/",
        "https://shop.example@evil.example/",
        "https://shop.example:pass@evil.example/",
        "https://evil.example\\@shop.example/",
        "https://shop.example\\.evil.example/",
        "https:/shop.example/",
        "//shop.example/",
        "/x",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://shop.example/",
        "https://",
        "https://shop.example:8443/",
        "https://shop.example:x/",
        "https://[::1]/",
        "https://shop。example。evil.example/",
        " https://shop.example/",
        "https://sh\top.example/",
        "",
    ],
)
def test_destination_not_allowed_is_what_leads_elsewhere(url: str) -> None:
    assert deep_link(landing("https://shop.example/", "other.example"), url) is None


def test_a_destination_with_a_port_of_its_own_allows_that_port() -> None:
    assert deep_link(landing("http://shop.example:8000/"), "http://shop.example:8000/x") is not None


def test_a_destination_that_is_no_web_address_has_no_landing() -> None:
    link = Link(id=1, key="k", program=1, publisher=1, destination="javascript:alert(1)")
    assert landing_of(link, 1, consent_required=True, valid_until=1) is None


@given(st.text(max_size=100))
def test_nothing_after_the_host_breaks_out_of_a_header(rest: str) -> None:
    split = deep_link(landing(), "https://shop.example/" + rest)
    assert split is not None
    assert all(33 <= ord(character) < 127 for part in split for character in part)
