"""The editor, the review and what publishers see, as a browser asks for them."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.portal.commission.made import enrolled, put, share, shop
from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Caller, Role
from utfall.portal.commission import facade
from utfall.portal.programs.contracts import ProgramView
from utfall.terms import AllOf, AnyOf, Condition, Not
from utfall.terms import Test as OneTest

HTMX = {"HX-Request": "true"}


@pytest.fixture
def editing(market: TwoTenants, client_of: ClientOf) -> tuple[Client, Caller, ProgramView, str]:
    caller, program = shop(market)
    client = client_of(market.a.advertiser.users[Role.OWNER])
    return client, caller, program, f"/{caller.slug}/programs/{program.id}/commission/"


def rule_form(**more: Any) -> dict[str, Any]:
    return {
        "do": "save",
        "name": "Shoes",
        "outcome": "sale",
        "price_kind": "share",
        "share": "12,5",
        "who": "all",
        **more,
    }


def test_the_editor_is_a_tab_of_the_program(editing: tuple[Client, Caller, ProgramView, str]) -> None:
    client, caller, program, address = editing
    page = client.get(f"/{caller.slug}/programs/{program.id}/").content.decode()
    assert address in page
    editor = client.get(address).content.decode()
    assert "Standard" in editor
    assert "of each order line" in editor


def test_a_rule_is_added_reviewed_and_saved(editing: tuple[Client, Caller, ProgramView, str]) -> None:
    client, caller, program, address = editing
    condition = {
        "c.kind": "group",
        "c.mode": "all",
        "c.negated": "no",
        "c.0.kind": "line",
        "c.0.field": "line.category",
        "c.0.was": "line.category",
        "c.0.op": "in",
        "c.0.value": "shoes, boots",
        "c.1.kind": "group",
        "c.1.mode": "any",
        "c.1.negated": "yes",
        "c.1.0.kind": "line",
        "c.1.0.field": "order.amount_micros",
        "c.1.0.was": "order.amount_micros",
        "c.1.0.op": "lt",
        "c.1.0.value": "250",
    }
    answer = client.post(f"{address}rules/new/", rule_form(**condition), headers=HTMX)
    assert answer.status_code == 200
    assert "1 change that is not in force yet" in answer.content.decode()
    (drafted, _standard) = facade.draft(caller, program.id).rules
    assert drafted.draft.when == AllOf(
        (
            OneTest("line.category", "in", ("shoes", "boots")),
            Not(OneTest("order.amount_micros", "lt", 250_000_000)),
        )
    )
    review = client.get(f"{address}review/").content.decode()
    assert "Shoes" in review
    assert client.post(f"{address}review/", {"start": "now", "why": "Spring"}).status_code == 302
    assert [one.draft.name for one in facade.rules(caller, program.id, timezone.now())] == [
        "Shoes",
        "Standard",
    ]
    assert facade.draft(caller, program.id).begun_at is None
    assert "Spring" in client.get(f"{address}history/").content.decode()
    again = client.get(f"{address}rules/r{facade.rules(caller, program.id)[0].id}/", headers=HTMX)
    assert again.status_code == 200


def test_what_cannot_be_read_is_said_at_its_place(
    editing: tuple[Client, Caller, ProgramView, str],
) -> None:
    client, caller, program, address = editing
    line = {"c.kind": "group", "c.0.kind": "line", "c.0.field": "order.lines", "c.0.op": "ge"}
    answer = client.post(f"{address}rules/new/", rule_form(**line, **{"c.0.value": "many"}), headers=HTMX)
    assert answer.status_code == 422
    assert "Write a whole number." in answer.content.decode()
    answer = client.post(f"{address}rules/new/", rule_form(share="120"), headers=HTMX)
    assert answer.status_code == 422
    assert facade.draft(caller, program.id).begun_at is None


def test_buttons_change_the_form_and_save_nothing(
    editing: tuple[Client, Caller, ProgramView, str],
) -> None:
    client, caller, program, address = editing
    answer = client.post(f"{address}rules/new/", rule_form(do="line:c", name=""), headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="c.0.field"' in page
    sent = {"c.kind": "group", "c.0.kind": "line", "c.0.field": "customer.is_new", "c.0.was": "order.lines"}
    page = client.post(f"{address}rules/new/", rule_form(do="group:c", **sent), headers=HTMX).content.decode()
    assert 'name="c.1.0.field"' in page
    assert '<option value="yes">' in page
    page = client.post(
        f"{address}rules/new/", rule_form(do="remove:c.0", **sent), headers=HTMX
    ).content.decode()
    assert 'name="c.0.field"' not in page
    page = client.post(
        f"{address}rules/new/", rule_form(do="", outcome="click"), headers=HTMX
    ).content.decode()
    assert "An amount per thousand" in page
    assert facade.draft(caller, program.id).begun_at is None


def test_any_condition_comes_back_from_its_form_as_it_was() -> None:
    from django.http import QueryDict

    from utfall.portal.commission.building import Group, Line, build, sent_tree, tree_of

    conditions: list[Condition] = [
        OneTest("customer.is_new", "eq", False),
        OneTest("touch.age_seconds", "between", (3600, 7200)),
        OneTest("partner.group", "in", (3, 4)),
        OneTest("order.code", "not_in", ("A", "B C")),
        Not(AnyOf((OneTest("order.lines", "gt", 2), OneTest("line.sku", "starts_with", "X")))),
        AllOf((OneTest("touch.sub3", "contains", "mail"), AnyOf((OneTest("order.lines", "eq", 1),) * 2))),
    ]

    def sent(part: Group | Line, into: QueryDict) -> None:
        if isinstance(part, Line):
            into[f"{part.path}.kind"] = "line"
            into[f"{part.path}.field"] = into[f"{part.path}.was"] = part.field
            into[f"{part.path}.op"], into[f"{part.path}.unit"] = part.op, part.unit
            joined = part.is_list and part.shape == "text"
            into.setlist(f"{part.path}.value", ["\n".join(part.values)] if joined else part.values)
            return
        into[f"{part.path}.kind"], into[f"{part.path}.mode"] = "group", part.mode
        into[f"{part.path}.negated"] = "yes" if part.negated else "no"
        for inner in part.parts:
            sent(inner, into)

    for condition in conditions:
        form = QueryDict(mutable=True)
        sent(tree_of(condition, "SEK"), form)
        assert build(sent_tree(form)).condition == condition


def test_order_and_undo_by_post(editing: tuple[Client, Caller, ProgramView, str]) -> None:
    client, caller, program, address = editing
    put(caller, program, [share("a", 1), share("b", 2)])
    a, b = (one.key for one in facade.draft(caller, program.id).rules)
    answer = client.post(f"{address}order/", {"order": f"{b},{a}"}, headers=HTMX)
    assert "Moved" in answer.content.decode()
    client.post(f"{address}rules/{a}/copy/", headers=HTMX)
    client.post(f"{address}rules/{b}/remove/", headers=HTMX)
    assert [one.draft.name for one in facade.draft(caller, program.id).rules] == ["a, copy", "a"]
    client.post(f"{address}undo/", headers=HTMX)
    assert len(facade.draft(caller, program.id).rules) == 3
    assert client.post(f"{address}discard/").status_code == 302
    assert facade.draft(caller, program.id).begun_at is None


def test_a_reader_sees_rules_and_cannot_change_them(
    market: TwoTenants, client_of: ClientOf, editing: tuple[Client, Caller, ProgramView, str]
) -> None:
    _client, _caller, _program, address = editing
    viewer = client_of(market.a.advertiser.users[Role.VIEWER])
    page = viewer.get(address).content.decode()
    assert "Standard" in page
    assert "Add a rule" not in page
    assert viewer.get(f"{address}rules/new/").status_code == 403
    assert viewer.get(f"{address}review/").status_code == 403


def test_a_publisher_sees_what_it_is_paid_and_is_written_to_when_it_changes(
    market: TwoTenants, client_of: ClientOf, editing: tuple[Client, Caller, ProgramView, str]
) -> None:
    from utfall.portal.people.models import Organisation
    from utfall.portal.post.models import Letter

    _client, caller, program, _address = editing
    publisher = enrolled(market, program)
    Organisation.objects.system().filter(kind="publisher", number=publisher).update(
        contact_email="blog@acme.test", country="SE"
    )
    mine, others = (
        share("Mine", 15, publisher=publisher),
        share("Theirs", 66, publisher=market.b.publisher.number),
    )
    put(
        caller,
        program,
        [mine, others, *(one.draft for one in facade.rules(caller, program.id, timezone.now()))],
    )
    reader = market.a.publisher.caller()
    offer = facade.offer_for(reader, program.id)
    assert [one.name for one in offer.now] == ["Mine", "Standard"]
    page = client_of(market.a.publisher.users[Role.VIEWER]).get(
        f"/{reader.slug}/programs/{program.id}/commission/offered/"
    )
    assert "15%" in page.content.decode()
    assert "66%" not in page.content.decode()
    letter = Letter.objects.system().filter(to="blog@acme.test").order_by("-pk").first()
    assert letter is not None
    assert "15\u202f%" in letter.text
    assert "66\u202f%" not in letter.text
    assert letter.language == "sv"
