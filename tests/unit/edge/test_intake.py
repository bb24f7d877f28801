"""Readable rows become events, or refusals that name the reason and the field."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.running_edge import small_market
from utfall.edge.agents import Agent
from utfall.edge.chance import Ids
from utfall.edge.intake import Received, read_rows
from utfall.edge.reading import Means
from utfall.edge.rows import ExactNumber, Refused
from utfall.edge.sender import Sender, sender_of
from utfall.events import (
    Action,
    Amendment,
    AnyEvent,
    Click,
    ClickRef,
    Conversion,
    Cost,
    DeclineReason,
    Impression,
    Line,
    LineChange,
    Outcome,
    Reason,
    Source,
    Token,
    VideoProgress,
    Viewable,
    event_time,
    mint,
    open_token,
)
from utfall.journal.vault import Vault
from utfall.terms import ApiKey, Snapshot, load_snapshot, seal

NOW = 1_795_000_000_000
SECRET = b"s" * 32
CLICK = "019a0000000070008000000000000001"
OPERATOR = Sender(Source.LOAD)
SHOP = Sender(Source.API, advertiser=1)
BLOG = Sender(Source.API, publisher=5)
UUID_TEXT = "019A0000-0000-7000-8000-00000000000F"


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return load_snapshot(seal(small_market()))


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    with Vault(tmp_path_factory.mktemp("vault") / "vault.sqlite3", b"p" * 32) as opened:
        yield opened


def token(program: int = 10, link: int = 100) -> str:
    return mint(1, SECRET, Token(CLICK, link, program, 5))


def means_with(vault: Vault | None) -> Means:
    ids = Ids()
    return Means(
        secrets={1: SECRET},
        mint_token=lambda click, link, program, publisher: mint(
            1, SECRET, Token(click, link, program, publisher)
        ),
        event_id=ids.text,
        visitor_digest=lambda visitor: f"digest of {len(visitor)}",
        address_digest=lambda address, day: f"{day}" if address.count(".") == 3 else None,
        classify=lambda text: Agent("mobile", "ios", "safari", None),
        subjects=vault,
    )


class Reader:
    """Reads rows as one sender under the small market."""

    def __init__(self, snapshot: Snapshot, vault: Vault) -> None:
        self.snapshot = snapshot
        self.vault = vault

    def all(self, rows: Sequence[Mapping[str, object]], sender: Sender = SHOP) -> list[Received | Refused]:
        return read_rows(rows, sender, NOW, self.snapshot, means_with(self.vault))

    def __call__(self, sender: Sender = SHOP, **row: object) -> AnyEvent | Refused:
        verdict = self.all([row], sender)[0]
        return verdict.event if isinstance(verdict, Received) else verdict


@pytest.fixture(scope="module")
def read(snapshot: Snapshot, vault: Vault) -> Reader:
    return Reader(snapshot, vault)


def order(**changes: Any) -> dict[str, Any]:
    """A whole sale; None takes a field away."""
    return {"kind": "conversion", "order": "A1", "amount": "12.50", "currency": "SEK"} | changes


def test_a_sale_with_one_amount_has_one_line(read: Reader) -> None:
    event = read(**order(sku="S", category="shoes", quantity="2", discount="1", code="save10", new="1"))
    assert isinstance(event, Conversion)
    line = Line(amount_micros=12_500_000, sku="S", category="shoes", quantity=2, discount_micros=1_000_000)
    assert event.lines == (line,)
    assert (event.advertiser, event.outcome, event.currency) == (1, Outcome.SALE, "SEK")
    assert (event.code, event.customer_is_new, event.occurred_at) == ("SAVE10", True, NOW)
    assert event_time(event.id) == NOW


def test_a_basket_keeps_its_lines(read: Reader) -> None:
    lines = [{"amount": ExactNumber("9.99"), "sku": "a"}, {"amount_micros": 5, "category": "b"}]
    event = read(**order(amount=None, lines=lines))
    assert isinstance(event, Conversion)
    assert event.lines == (Line(amount_micros=9_990_000, sku="a"), Line(amount_micros=5, category="b"))


def test_a_basket_may_travel_as_text_where_nothing_else_can(read: Reader) -> None:
    event = read(**order(amount=None, lines='[{"amount": 0.1}]'))
    assert isinstance(event, Conversion)
    assert event.lines == (Line(amount_micros=100_000),)


@pytest.mark.parametrize(
    ("amount", "micros"),
    [
        ("0", 0),
        ("12", 12_000_000),
        (12, 12_000_000),
        ("12.345678", 12_345_678),
        (ExactNumber("0.1"), 100_000),
        ("0.1000000000", 100_000),
        ("1000000000", 10**15),
    ],
)
def test_an_amount_is_exact(read: Reader, amount: object, micros: int) -> None:
    event = read(**order(amount=amount))
    assert isinstance(event, Conversion)
    assert event.lines[0].amount_micros == micros


@pytest.mark.parametrize(
    "amount",
    [
        "-1",
        -1,
        "1,50",
        "1e3",
        ExactNumber("1e3"),
        0.1,
        "12.3456789",
        "NaN",
        "1000000001",
        10**30,
        "١",
        True,
        [1],
    ],
)
def test_invalid_field_is_what_is_no_amount(read: Reader, amount: object) -> None:
    assert read(**order(amount=amount)) == Refused(Reason.INVALID_FIELD, "amount")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"order": None}, "order"),
        ({"order": ""}, "order"),
        ({"currency": None}, "currency"),
        ({"amount": None}, "amount"),
        ({"kind": None}, "kind"),
        ({"amount": None, "lines": [{"sku": "x"}]}, "lines[0].amount"),
    ],
)
def test_missing_field_names_the_field(read: Reader, changes: dict[str, Any], field: str) -> None:
    assert read(**order(**changes)) == Refused(Reason.MISSING_FIELD, field)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"order": "x" * 51}, "order"),
        ({"order": "a\nb"}, "order"),
        ({"order": ["a"]}, "order"),
        ({"order": ExactNumber("1.5")}, "order"),
        ({"order": "\ud800"}, "order"),
        ({"ordr": "A1"}, "ordr"),
        ({"customer_is_new": "1", "new": "0"}, "new"),
        ({"new": "maybe"}, "new"),
        ({"outcome": "purchase"}, "outcome"),
        ({"outcome": "click"}, "outcome"),
        ({"country": "Sweden"}, "country"),
        ({"country": "S1"}, "country"),
        ({"time": "2026-11-21T12:00:00"}, "time"),
        ({"time": "yesterday"}, "time"),
        ({"time": 0}, "time"),
        ({"time": "0001-01-01T00:00:00+14:00"}, "time"),
        ({"time": "3000-01-01T00:00:00Z"}, "time"),
        ({"time": 253_402_300_799_999}, "time"),
        ({"checkout_at": 253_402_300_799_999}, "checkout_at"),
        ({"consent": "perhaps"}, "consent"),
        ({"id": "A1"}, "id"),
        ({"program": "ten"}, "program"),
        ({"quantity": 0}, "quantity"),
        ({"lines": [{"amount": 1}]}, "amount"),
        ({"amount": None, "lines": []}, "lines"),
        ({"amount": None, "lines": [1]}, "lines"),
        ({"amount": None, "lines": "[["}, "lines"),
        ({"amount": None, "lines": [{"amount": 1, "price": 2}]}, "lines[0].price"),
        ({"amount": None, "lines": [{"amount": 1}] * 201}, "lines"),
        ({"amount": None, "lines": [{"amount": 10**9}] * 2}, "lines"),
        ({"amount_micros": 5}, "amount_micros"),
        ({"customer": " "}, "customer"),
        ({"customer": "x" * 513}, "customer"),
        ({"click": 7}, "click"),
        ({"click": [token()] * 11}, "click"),
    ],
)
def test_invalid_field_names_the_field(read: Reader, changes: dict[str, Any], field: str) -> None:
    refused = read(**order(**changes))
    assert refused == Refused(Reason.INVALID_FIELD, field)


@pytest.mark.parametrize(
    "macro", ["{order}", "${ORDER}", "%7Border%7D", "{{order.id}}", "[order]", "[[order]]", "##order##"]
)
def test_invalid_field_is_a_macro_that_nobody_replaced(read: Reader, macro: str) -> None:
    assert read(**order(order=macro)) == Refused(Reason.INVALID_FIELD, "order")


def test_invalid_currency_is_no_currency_of_the_standard(read: Reader) -> None:
    assert read(**order(currency="SKR")) == Refused(Reason.INVALID_CURRENCY, "currency")


def test_a_lead_without_an_amount_takes_the_one_currency_of_its_programs(read: Reader) -> None:
    event = read(**order(outcome="lead", amount=None, currency=None))
    assert isinstance(event, Conversion)
    assert (event.currency, event.lines) == ("SEK", ())


def test_unknown_kind_and_unsupported_version_are_told_apart(read: Reader) -> None:
    assert read(**order(kind="refusal")) == Refused(Reason.UNKNOWN_KIND, "kind")
    assert read(**order(version=2)) == Refused(Reason.UNSUPPORTED_VERSION, "version")
    assert isinstance(read(**order(version=1)), Conversion)


def test_unknown_program_and_unknown_advertiser_are_told_apart(read: Reader) -> None:
    assert read(**order(program=11)) == Refused(Reason.UNKNOWN_PROGRAM, "program")
    assert read(OPERATOR, **order(advertiser=9)) == Refused(Reason.UNKNOWN_ADVERTISER, "advertiser")
    assert read(OPERATOR, **order()) == Refused(Reason.MISSING_FIELD, "advertiser")


def test_forbidden_is_what_belongs_to_somebody_else(read: Reader) -> None:
    assert read(SHOP, **order(advertiser=2)) == Refused(Reason.FORBIDDEN, "advertiser")
    assert read(SHOP, **order(program=20)) == Refused(Reason.FORBIDDEN, "program")
    assert read(BLOG, **order(advertiser=1)) == Refused(Reason.FORBIDDEN, "advertiser")
    assert read(BLOG, kind="click", link="forum") == Refused(Reason.FORBIDDEN, "link")
    assert read(SHOP, kind="click", link="careful") == Refused(Reason.FORBIDDEN, "link")


def test_the_operator_may_name_any_program(read: Reader) -> None:
    event = read(OPERATOR, **order(program=20, currency="NOK"))
    assert isinstance(event, Conversion)
    assert (event.advertiser, event.program, event.source) == (2, 20, Source.LOAD)


def test_click_tokens_are_opened(read: Reader) -> None:
    ref = ClickRef(id=CLICK, at=event_time(CLICK), link=100, program=10, publisher=5)
    for sent in (token(), [token()], f"{token()},{token()}"):
        event = read(**order(click=sent))
        assert isinstance(event, Conversion)
        assert event.clicks == (ref,)
    assert isinstance(read(**order(click_id=token())), Conversion)


@pytest.mark.parametrize("sent", ["x" * 62, token()[:-1] + "!", token()[:-1], "", [5], [token(), "no"]])
def test_invalid_click_token_is_one_we_did_not_sign(read: Reader, sent: object) -> None:
    refused = read(**order(click=sent or ["x"]))
    assert refused == Refused(Reason.INVALID_CLICK_TOKEN, "click")


def test_a_customer_is_sealed_and_pseudonymous_with_consent(read: Reader, vault: Vault) -> None:
    rows = [
        order(customer="Anna@Example.com", consent="1", address="192.0.2.7", agent="Secret browser"),
        order(customer="anna@example.com ", consent="granted"),
        order(customer="bo@example.com", consent=True),
    ]
    first, second, third = (each.event for each in read.all(rows) if isinstance(each, Received))
    assert isinstance(first, Conversion)
    assert isinstance(second, Conversion)
    assert isinstance(third, Conversion)
    assert first.customer == second.customer != third.customer
    assert first.customer is not None
    assert first.sealed is not None
    opened = msgspec.msgpack.decode(vault.open(first.customer, first.sealed, first.id.encode()))
    assert opened == {"customer": "Anna@Example.com", "address": "192.0.2.7", "agent": "Secret browser"}
    assert (first.device, first.address) == ("mobile", str(NOW // 86_400_000))


@pytest.mark.parametrize("consent", ["0", "denied", None, "unknown"])
def test_nobody_is_identified_without_consent(read: Reader, consent: str | None) -> None:
    event = read(**order(customer="anna@example.com", visitor="v", consent=consent))
    assert isinstance(event, Conversion)
    assert (event.customer, event.visitor, event.sealed) == (None, None, None)


def test_an_unknown_consent_is_enough_where_the_terms_ask_for_none(vault: Vault) -> None:
    free = Reader(load_snapshot(seal(small_market(consent_required=False))), vault)
    event = free(**order(customer="anna@example.com", visitor="v"))
    assert isinstance(event, Conversion)
    assert event.customer is not None
    assert event.visitor == "digest of 1"
    denied = free(**order(customer="anna@example.com", visitor="v", consent="0"))
    assert isinstance(denied, Conversion)
    assert (denied.customer, denied.visitor) == (None, None)


def test_a_click_on_somebody_elses_link_does_not_stand_for_consent(vault: Vault) -> None:
    """Program 20 asks for none; program 10 of the advertiser who sends the order does."""
    market = small_market()
    free = tuple(
        msgspec.structs.replace(terms, consent_required=False) for terms in market.programs[1].versions
    )
    programs = (market.programs[0], msgspec.structs.replace(market.programs[1], versions=free))
    mixed = Reader(load_snapshot(seal(msgspec.structs.replace(market, programs=programs))), vault)
    event = mixed(**order(customer="anna@example.com", visitor="v", click=token(program=20, link=200)))
    assert isinstance(event, Conversion)
    assert (event.customer, event.visitor, event.sealed) == (None, None, None)


def test_the_callers_id_is_taken_in_any_form(read: Reader) -> None:
    plain = UUID_TEXT.replace("-", "").lower()
    for form in (UUID_TEXT, plain, f"{{{UUID_TEXT}}}", f"urn:uuid:{UUID_TEXT}"):
        event = read(**order(id=form))
        assert isinstance(event, Conversion)
        assert event.id == plain


@pytest.mark.parametrize(
    "text", ["2026-11-21T10:00:00+01:00", "2026-11-21T09:00:00Z", "1795251600000", 1795251600000]
)
def test_a_time_is_read_with_its_offset(read: Reader, text: object) -> None:
    event = read(**order(occurred_at=text))
    assert isinstance(event, Conversion)
    assert datetime.fromtimestamp(event.occurred_at / 1000, UTC) == datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_touches_take_their_owners_from_the_link(read: Reader) -> None:
    click = read(BLOG, kind="click", link="abc", sub1="a", sub3="c", consent="1", visitor="v", agent="X")
    assert isinstance(click, Click)
    assert (click.advertiser, click.program, click.publisher, click.link) == (1, 10, 5, 100)
    assert (click.sub, click.visitor, click.device) == (("a", "", "c"), "digest of 1", "mobile")
    view = read(OPERATOR, kind="impression", link=100, sub=["x"])
    assert isinstance(view, Impression)
    assert (view.sub, view.visitor, view.device) == (("x",), None, None)
    seen = read(OPERATOR, kind="viewable", link="100", impression=UUID_TEXT)
    assert isinstance(seen, Viewable)
    assert seen.impression == UUID_TEXT.replace("-", "").lower()
    mark = read(OPERATOR, kind="video_progress", link="abc", mark="midpoint")
    assert isinstance(mark, VideoProgress)
    assert mark.mark == "midpoint"


def test_a_click_row_is_answered_with_its_token(read: Reader) -> None:
    verdict = read.all([{"kind": "click", "link": "abc", "time": NOW - 5}], BLOG)[0]
    assert isinstance(verdict, Received)
    assert verdict.token is not None
    assert open_token({1: SECRET}, verdict.token).ref().at == NOW - 5
    own = read.all([{"kind": "click", "link": "abc", "id": "6fa459ea-ee8a-4ca4-894e-db77e160355e"}], BLOG)[0]
    assert isinstance(own, Received)
    assert own.token is None


@pytest.mark.parametrize(
    "ahead", [{"time": NOW + 300_001}, {"id": f"{NOW + 300_001:012x}70008000000000000001"}]
)
def test_a_click_from_the_future_gets_no_token_to_keep_until_then(
    read: Reader, ahead: dict[str, object]
) -> None:
    verdict = read.all([{"kind": "click", "link": "abc", **ahead}], BLOG)[0]
    assert isinstance(verdict, Received)
    assert verdict.token is None


def test_unknown_link_is_neither_a_key_nor_an_id(read: Reader) -> None:
    for name in ("nope", 999, "999", [1], 1.5):
        assert read(OPERATOR, kind="click", link=name) == Refused(Reason.UNKNOWN_LINK, "link")
    assert read(OPERATOR, kind="click") == Refused(Reason.MISSING_FIELD, "link")
    assert read(OPERATOR, kind="click", link="abc", publisher=6) == Refused(Reason.INVALID_FIELD, "publisher")


@pytest.mark.parametrize("name", ["device", "os", "browser", "robot"])
@pytest.mark.parametrize(
    "text", ["anna@example.com", "Mozilla/5.0 (X11)", "2001:db8::1", "x" * 41, "Åsa", "a,b", "a\tb"]
)
def test_a_class_has_no_room_for_a_person(read: Reader, name: str, text: str) -> None:
    assert read(BLOG, kind="click", link="abc", **{name: text}) == Refused(Reason.INVALID_FIELD, name)


def test_a_class_that_a_row_names_stands_above_the_user_agents(read: Reader) -> None:
    named = {"device": "tv", "os": "Tizen 7.0", "browser": "internet explorer", "robot": "Some_bot-2"}
    click = read(BLOG, kind="click", link="abc", agent="X", **named)
    assert isinstance(click, Click)
    assert [click.device, click.os, click.browser, click.robot] == list(named.values())
    sale = read(**order(device="smart tv"))
    assert isinstance(sale, Conversion)
    assert sale.device == "smart tv"
    assert read(**order(device="+46 70 123 45 67")) == Refused(Reason.INVALID_FIELD, "device")


def test_an_order_is_amended(read: Reader) -> None:
    event = read(kind="amendment", order="A1", action="decline", reason="returned", evidence="parcel 7")
    assert isinstance(event, Amendment)
    assert (event.action, event.reason, event.evidence) == (
        Action.DECLINE,
        DeclineReason.RETURNED,
        "parcel 7",
    )
    part = read(
        kind="amendment", order="A1", status="refund", changes=[{"line": 1, "amount": "2"}, {"line": 0}]
    )
    assert isinstance(part, Amendment)
    assert part.changes == (LineChange(line=1, amount_micros=2_000_000), LineChange(line=0))
    some = read(kind="amendment", order="A1", action="refund", amount="3.5")
    assert isinstance(some, Amendment)
    assert some.amount_micros == 3_500_000
    new = read(kind="amendment", order="A1", action="amend", lines=[{"amount": 1}])
    assert isinstance(new, Amendment)
    assert new.lines == (Line(amount_micros=1_000_000),)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"action": "decline"}, Refused(Reason.MISSING_FIELD, "reason")),
        ({"action": "defer"}, Refused(Reason.INVALID_FIELD, "action")),
        ({}, Refused(Reason.MISSING_FIELD, "action")),
        ({"action": "amend"}, Refused(Reason.MISSING_FIELD, "lines")),
        ({"action": "approve", "amount": "1"}, Refused(Reason.INVALID_FIELD, "amount")),
        (
            {"action": "refund", "amount": 1, "changes": [{"line": 0}]},
            Refused(Reason.INVALID_FIELD, "amount"),
        ),
        ({"action": "refund", "changes": [{}]}, Refused(Reason.MISSING_FIELD, "changes[0].line")),
    ],
)
def test_invalid_field_is_what_an_amendment_cannot_use(
    read: Reader, changes: dict[str, Any], refused: Refused
) -> None:
    assert read(kind="amendment", order="A1", **changes) == refused


def test_a_cost_is_imported(read: Reader) -> None:
    event = read(kind="cost", channel="search", amount="99.90", currency="sek", campaign="brand")
    assert isinstance(event, Cost)
    assert (event.amount_micros, event.currency, event.channel) == (99_900_000, "SEK", "search")


def test_good_rows_are_kept_beside_bad_ones(read: Reader) -> None:
    rows = [
        order(),
        order(order=None),
        order(order="A2", customer="c", consent=1),
        {"kind": "x"},
        order(order="A3"),
    ]
    verdicts = read.all(rows)
    assert [isinstance(verdict, Received) for verdict in verdicts] == [True, False, True, False, True]
    orders = [
        each.event.order
        for each in verdicts
        if isinstance(each, Received) and isinstance(each.event, Conversion)
    ]
    assert orders == ["A1", "A2", "A3"]


def test_unauthorised_and_forbidden_keys_send_nothing() -> None:
    assert sender_of(None, NOW) == Refused(Reason.UNAUTHORISED)
    assert sender_of(ApiKey(digest="d", name="old", advertiser=1, expires_at=NOW), NOW) == Refused(
        Reason.UNAUTHORISED
    )
    assert sender_of(ApiKey(digest="d", name="nobody"), NOW) == Refused(Reason.FORBIDDEN)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
NAMES = st.sampled_from(
    [
        *(
            "kind",
            "id",
            "order",
            "amount",
            "currency",
            "lines",
            "click",
            "customer",
            "consent",
            "link",
            "sub",
        ),
        *(
            "sub1",
            "mark",
            "time",
            "action",
            "changes",
            "impression",
            "visitor",
            "agent",
            "address",
            "country",
        ),
        *("new", "test", "program", "advertiser", "version", "quantity", "discount"),
    ]
)


@given(
    st.dictionaries(NAMES | st.text(max_size=5), JSON, max_size=8),
    st.sampled_from(["conversion", "click", "amendment", "cost"]),
)
def test_any_row_at_all_gets_a_verdict(read: Reader, row: dict[str, Any], kind: str) -> None:
    for values in (row, {**row, "kind": kind}, {**order(), "link": "abc", **row, "kind": kind}):
        verdict = read.all([values], OPERATOR)[0]
        assert isinstance(verdict, Received | Refused)
