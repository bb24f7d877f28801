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


def templated(destination: str, *template: tuple[str, str]) -> Landing:
    link = Link(
        id=1, key="blog-1", program=10, publisher=5, destination=destination, template=template, domains=()
    )
    found = landing_of(link, 1, consent_required=True, valid_until=1)
    assert found is not None
    return found


def followed(landing: Landing, *sub: str, url: str | None = None) -> str:
    place = deep_link(landing, url) if url else landing.home
    assert place is not None
    return place.head + "TOKEN" + landing.template.expand("TOKEN", sub) + place.tail


def test_a_template_adds_its_parameters_before_the_fragment() -> None:
    found = templated(
        "https://s.example/a?b=1#c",
        ("utm_source", "utfall"),
        ("utm_content", "{publisher}-{program}/{link}"),
        ("cid", "{click}"),
        ("sid", "x{sub2}"),
    )
    fixed = "utm_source=utfall&utm_content=5-10%2Fblog-1"
    expected = f"https://s.example/a?b=1&utfall=TOKEN&cid=TOKEN&sid=xb%20%26%C3%B6&{fixed}#c"
    assert followed(found, "a", "b &ö") == expected
    assert found.home.plain == f"https://s.example/a?b=1&{fixed}#c"


def test_a_parameter_of_a_template_that_stays_empty_is_left_out() -> None:
    found = templated("https://s.example/", ("a", "{sub1}"), ("b", "{sub10}"), ("c", "-{sub2}"))
    assert followed(found) == "https://s.example/?utfall=TOKEN&c=-"
    assert followed(found, "1") == "https://s.example/?utfall=TOKEN&a=1&c=-"


def test_a_template_replaces_what_a_deep_link_says_under_its_names() -> None:
    found = templated("https://s.example/", ("utm_source", "utfall"), ("ab", "{sub1}"))
    url = "https://s.example/x?utm_source=evil&c=1&utm%5Fsource=evil&ab=2#d"
    assert followed(found, "1", url=url) == "https://s.example/x?c=1&utfall=TOKEN&ab=1&utm_source=utfall#d"


def test_what_a_template_adds_is_limited_and_never_cut_in_two() -> None:
    found = templated("https://s.example/", *((f"p{number}", "{sub1}{sub2}") for number in range(20)))
    location = followed(found, "ö" * 100, "ö" * 100)
    assert location.count("%C3%B6") == 200, "one parameter of 1,203 characters fits, a second does not"
    assert len(location) < 2100


@given(st.text(max_size=100))
def test_no_sub_id_breaks_out_of_a_template(sub: str) -> None:
    location = followed(templated("https://s.example/", ("a", "{sub1}"), ("b", "1")), sub)
    assert all(33 <= ord(character) < 127 for character in location)
    assert location.count("&") == (2 if sub else 1)


def test_a_macro_from_the_future_is_left_as_it_is() -> None:
    assert followed(templated("https://s.example/", ("a", "{later}"))).endswith("&a=%7Blater%7D")
