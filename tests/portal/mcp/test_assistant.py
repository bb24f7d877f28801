"""An assistant at work: the official client, `utfall mcp` as its child, and a portal behind a real server."""

from datetime import UTC, datetime, timedelta
from typing import Any

from click.testing import CliRunner
from django.test import override_settings
from msgspec.structs import replace

from tests.portal.mcp.conftest import World
from tests.portal.mcp.hosting import Host, inside
from tests.portal.webhooks.receiver import HERE, receiving
from utfall.cli import command
from utfall.portal.access import Permission
from utfall.portal.audit import facade as audit
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State
from utfall.portal.programs import facade as programs
from utfall.portal.site import site
from utfall.portal.validation import facade as validation
from utfall.portal.validation.contracts import Asked
from utfall.portal.work.running import do_next

TODAY = datetime.now(UTC).date()


def order_called(host: Host, reference: str) -> dict[str, Any]:
    """An order by its reference."""
    found: dict[str, Any] = host.ask("find_conversions", search=reference)["items"][0]
    return found


def test_tools_say_what_they_do_and_which_of_them_change_anything(advertiser: Host) -> None:
    offered = advertiser.tools()
    assert {"report", "conversion_story", "verify_receipt", "decide_conversions", "changes"} <= set(offered)
    assert "build_link" not in offered, "a publisher's"
    writing = {name for name, one in offered.items() if not one.annotations.read_only_hint}
    assert writing == {name for name, one in offered.items() if "confirm" in one.input_schema["properties"]}
    assert offered["decide_conversions"].annotations.destructive_hint
    assert not offered["set_goal"].annotations.destructive_hint
    assert all(
        one.description and one.input_schema["additionalProperties"] is False for one in offered.values()
    )


def test_a_report_is_in_the_words_and_units_of_the_trade(advertiser: Host, world: World) -> None:
    told = advertiser.ask("report", metrics=["clicks", "cost", "cvr"], by=["publisher"])
    row = told["rows"][0]
    assert (row["clicks"], row["cost"], row["publisher"]) == (6, "46.20", world.market.a.publisher.number)
    assert row["currency"] == "SEK"
    events = advertiser.ask("report_events", metrics=["cost"], limit=3)["events"]
    assert {one["kind"] for one in events} <= {"click", "sale", "conversion"}
    definition = advertiser.ask("list_metrics", search="cost per click")["metrics"][0]
    assert definition["formula"]
    assert definition["included"]
    assert advertiser.ask("overview", days="last_30")["currency"] == "SEK"


def test_an_argument_that_is_misspelt_is_refused_and_widens_nothing(advertiser: Host) -> None:
    wrong = advertiser.refused("report", metrics=["clicks"], wher={"program": [1]})
    assert (wrong["code"], "wher" in wrong["sentence"]) == ("arguments_wrong", True)
    unknown = advertiser.refused("report", metrics=["clickz"])
    assert unknown["mend"], "the portal's own refusal, with how to mend it"
    assert advertiser.refused("no_such_tool")["code"] == "tool_unknown"


def test_an_order_has_its_story_and_its_receipt_verifies(advertiser: Host) -> None:
    order = order_called(advertiser, "A5")
    assert (order["amount"], order["status"]) == ("1000.00 SEK", "pending")
    story = advertiser.ask("conversion_story", order=order["id"])
    assert any(moment.get("is_winner") for moment in story["moments"])
    assert story["commission"] == "80.00 SEK"
    assert advertiser.ask("receipt", receipt=order["receipt"])["order"] == "A5"
    proof = advertiser.ask("verify_receipt", receipt=order["receipt"])
    assert (proof["holds"], proof["findings"], proof["key_from"]) == (True, [], "the portal")


def test_orders_are_decided_about_only_after_a_dry_run_and_once(advertiser: Host, world: World) -> None:
    first, second = (order_called(advertiser, one)["id"] for one in ("A1", "A2"))
    decisions: list[dict[str, Any]] = [
        {"order": first, "action": "approve"},
        {"order": second, "action": "decline"},
    ]
    rehearsed = advertiser.ask("decide_conversions", decisions=decisions)
    words = "Approve 1 order over 1000.00 SEK: commission of 80.00 SEK becomes certain."
    assert rehearsed["would"] == f"{words} 1 of 2 rows are refused and left out."
    assert rehearsed["changes"]["effects"][0]["commission"] == "80.00 SEK"
    assert rehearsed["changes"]["rows"][1]["code"] == "reason_missing"
    world.settle()
    assert world.shop.status("A1") == "pending", "a dry run changes nothing"

    token = rehearsed["confirm"]
    decisions[1]["reason"] = "returned"
    other = advertiser.refused("decide_conversions", decisions=decisions, confirm=token)
    assert other["code"] == "confirm_other_arguments"
    del decisions[1]["reason"]
    done = advertiser.ask("decide_conversions", decisions=decisions, confirm=token)
    assert (done["done"], done["batch"]["good"]) == (True, 1)
    world.settle()
    assert (world.shop.status("A1"), world.shop.status("A2")) == ("approved", "pending")
    again = advertiser.refused("decide_conversions", decisions=decisions, confirm=token)
    assert again["code"] == "confirm_used"
    nobodys = advertiser.refused("decide_conversions", decisions=[{"order": 10**6, "action": "approve"}])
    assert (nobodys["code"], "unknown_order" in nobodys["sentence"]) == ("no_good_row", True)
    made_up = advertiser.refused("decide_conversions", decisions=decisions, confirm="nonsense")
    assert (made_up["code"], "dry run" in made_up["sentence"]) == ("confirm_unknown", True)


def test_amounts_are_decimals_and_need_their_currency(advertiser: Host) -> None:
    order = order_called(advertiser, "A3")["id"]
    asked: dict[str, Any] = {"order": order, "action": "amend", "amount": "499.90"}
    assert advertiser.refused("decide_conversions", decisions=[asked])["code"] == "currency_needed"
    rehearsed = advertiser.ask("decide_conversions", decisions=[asked | {"currency": "SEK"}])
    assert rehearsed["changes"]["effects"][0]["order_value_taken_away"] == "500.10 SEK"
    assert "by 500.10 SEK: commission goes down by 40.008 SEK" in rehearsed["would"]
    wrong = advertiser.refused(
        "decide_conversions", decisions=[asked | {"currency": "SEK", "amount": "499,90"}]
    )
    assert wrong["code"] == "amount_wrong"


def test_an_order_that_was_decided_about_meanwhile_is_left_as_it_is(advertiser: Host, world: World) -> None:
    order = order_called(advertiser, "A6")["id"]
    asked: dict[str, Any] = {"decisions": [{"order": order, "action": "decline", "reason": "returned"}]}
    rehearsed = advertiser.ask("decide_conversions", **asked)
    validation.decide(world.shop.caller(), [Asked(order=order, action="approve")])
    world.settle()
    late = advertiser.refused("decide_conversions", **asked, confirm=rehearsed["confirm"])
    assert (late["code"], world.shop.status("A6")) == ("changed_since", "approved")


def test_what_moved_since_the_dry_run_is_not_done(advertiser: Host, world: World) -> None:
    asked = {"application": world.application, "verdict": "approved"}
    rehearsed = advertiser.ask("decide_application", **asked)
    assert rehearsed["would"] == f"Let {world.market.a.publisher.name} into Acme boots."
    partners.decide(world.market.a.advertiser.caller(), world.application, State.APPROVED, note="By hand.")
    late = advertiser.refused("decide_application", **asked, confirm=rehearsed["confirm"])
    assert late["code"] == "changed_since"
    assert advertiser.refused("decide_application", **asked)["code"] == "decided_already"


def test_a_goal_is_set_after_a_dry_run_and_stands_in_the_log(advertiser: Host, world: World) -> None:
    asked = {
        "program": world.program,
        "outcome": "sale",
        "target": 500,
        "starts_on": TODAY.isoformat(),
        "ends_on": (TODAY + timedelta(days=30)).isoformat(),
        "max_cost": "120.50",
    }
    rehearsed = advertiser.ask("set_goal", **asked)
    assert "each for at most 120.50 SEK" in rehearsed["would"]
    caller = world.market.a.advertiser.caller()
    assert programs.goals(caller, world.program) == []
    assert (
        advertiser.ask("set_goal", **asked, confirm=rehearsed["confirm"])["goal"]["max_cost"] == "120.50 SEK"
    )
    assert programs.goals(caller, world.program)[0].max_cost_micros == 120_500_000
    assert "key" in audit.entries(caller).items[0].actor


def test_definitions_and_questions_are_there_to_be_read(advertiser: Host) -> None:
    assert advertiser.ask("doubtful_traffic")["items"] == []
    assert "| cost |" in advertiser.read("utfall://metrics")
    assert "attribution" in advertiser.read("utfall://glossary")
    assert "Why did sales fall in the last 14 days?" in advertiser.prompt("why_did_it_fall", metric="sales")


def test_the_change_feed_goes_on_from_its_cursor(advertiser: Host) -> None:
    told = advertiser.ask("changes", kinds=["conversion.recorded"], limit=4)
    assert [one["kind"] for one in told["items"]] == ["conversion.recorded"] * 4
    rest = advertiser.ask("changes", kinds=["conversion.recorded"], after=told["next_after"])
    assert {one["id"] for one in rest["items"]}.isdisjoint(one["id"] for one in told["items"])


def test_a_key_that_may_only_look_changes_nothing(advertiser: Host, world: World) -> None:
    order = order_called(advertiser, "A4")["id"]
    with inside(world.address, world.key(world.market.a.advertiser, Permission.LOOK)) as viewer:
        changing = {name for name, one in viewer.tools().items() if not one.annotations.read_only_hint}
        assert changing == {"export_report"}, "a file of its own"
        assert viewer.ask("who_am_i")["scopes"] == ["look"]
        refused = viewer.refused("decide_conversions", decisions=[{"order": order, "action": "approve"}])
        assert (refused["code"], "money" in refused["mend"]) == ("forbidden", True)


def test_another_tenants_key_sees_nothing_of_it(advertiser: Host, world: World) -> None:
    order = order_called(advertiser, "A4")
    with inside(world.address, world.key(world.market.b.advertiser), read_only=True) as other:
        assert other.ask("find_conversions")["items"] == []
        assert other.refused("conversion_story", order=order["id"])["code"] == "not_found"
        assert other.refused("receipt", receipt=order["receipt"])["code"] == "not_found"
        assert other.refused("verify_receipt", receipt=order["receipt"])["code"] == "not_found"
        theirs = world.market.a.publisher.number
        rows = other.ask("report", metrics=["clicks"], where={"publisher": [theirs]})["rows"]
        assert rows in ([], [{"clicks": 0}])
        assert other.refused("set_goal")["code"] == "read_only"


def test_a_publisher_builds_a_link_and_claims_and_the_advertiser_answers(
    advertiser: Host, world: World
) -> None:
    with inside(world.address, world.key(world.market.a.publisher)) as publisher:
        assert "decide_conversions" not in publisher.tools()
        assert "fee" not in order_called(publisher, "A6"), "the advertiser's side"
        link = {"program": world.joined, "name": "Coats", "destination": "https://acme.test/coats"}
        rehearsed = publisher.ask("build_link", **link)
        assert publisher.ask("links")["items"] == []
        built = publisher.ask("build_link", **link, confirm=rehearsed["confirm"])["link"]
        assert built["address"] == publisher.ask("links")["items"][0]["address"]
        lost = {"program": world.joined, "reference": "404", "order_value": "1250"}
        lost |= {"placed_on": TODAY.isoformat()}
        rehearsed = publisher.ask("file_claim", **lost)
        assert "over 1250.00 SEK from Acme coats" in rehearsed["would"]
        filed = publisher.ask("file_claim", **lost, confirm=rehearsed["confirm"])["claim"]
    denied = {"claim": filed["id"], "answer": "deny", "reason": "no_such_order"}
    assert advertiser.refused("answer_claim", claim=filed["id"], answer="deny")["code"] == "reason_needed"
    rehearsed = advertiser.ask("answer_claim", **denied)
    assert rehearsed["notes"][0].startswith("The receipts say: ")
    assert (
        advertiser.ask("answer_claim", **denied, confirm=rehearsed["confirm"])["claim"]["state"] == "denied"
    )


def done(host: Host, tool: str, **asked: Any) -> dict[str, Any]:
    """What a tool did, once it was rehearsed."""
    token = host.ask(tool, **asked)["confirm"]
    return host.ask(tool, **asked, confirm=token)


def test_rules_are_looked_over_before_they_are_proposed(advertiser: Host, world: World) -> None:
    program = {"program": world.program}
    standing = advertiser.ask("rules", **program)["rules"]
    new: dict[str, Any] = {"name": "Shoes", "outcome": "sale", "percent": "12.5"}
    new |= {"when": {"type": "test", "field": "line.category", "op": "eq", "value": "shoes"}}
    going_on = [{"rule": one["id"]} for one in standing]
    rehearsed = advertiser.ask("propose_rules", **program, rules=[new, *going_on], why="Autumn")
    assert rehearsed["changes"]["begins"] == ["Shoes: 12.5 % for each sale with a condition"]
    assert rehearsed["changes"].get("goes_on", []) == [one["words"] for one in standing]
    assert [one["id"] for one in advertiser.ask("rules", **program)["rules"]] == [
        one["id"] for one in standing
    ]
    asked = {"rules": [new, *going_on], "why": "Autumn"}
    advertiser.ask("propose_rules", **program, **asked, confirm=rehearsed["confirm"])
    shoes = advertiser.ask("rules", **program, ever=True)["rules"]
    assert ("Shoes", "12.5 %") in [(one["name"], one["pays"]) for one in shoes]
    wrong = {"name": "X", "outcome": "sale", "percent": "8,5"}
    assert advertiser.refused("propose_rules", **program, rules=[wrong])["code"] == "percent_wrong"
    assert advertiser.refused("propose_rules", **program, rules=[{"rule": 10**9}])["code"] == "rule_unknown"


def test_a_budget_is_added_and_changed_in_decimals(advertiser: Host, world: World) -> None:
    program = {"program": world.program}
    done(advertiser, "add_limit", **program, measure="cost", period="month", height="25000", name="November")
    (one,) = advertiser.ask("limits", **program)["limits"]
    assert (one["name"], one["height"]) == ("November", "25000.00 SEK")
    rehearsed = advertiser.ask("change_limit", **program, limit=one["id"], height="30000.50")
    assert rehearsed["changes"]["height"] == {"now": "25000.00 SEK", "then": "30000.50 SEK"}
    done(advertiser, "change_limit", **program, limit=one["id"], height="30000.50")
    stale = advertiser.refused(
        "change_limit", **program, limit=one["id"], height="30000.50", confirm=rehearsed["confirm"]
    )
    assert stale["code"] == "changed_since"
    assert advertiser.ask("limits", **program)["limits"][0]["height"] == "30000.50 SEK"
    assert advertiser.refused("change_limit", **program, limit=10**6, height="1")["code"] == "not_found"


def test_a_file_of_a_report_is_asked_for_and_read(advertiser: Host) -> None:
    asked = {"metrics": ["clicks", "cost"], "by": ["publisher"], "days": "all", "name": "By partner"}
    file = done(advertiser, "export_report", **asked)["file"]
    assert advertiser.ask("report_file", file=file["id"])["next"].startswith("It is being made")
    while do_next():
        pass
    told = advertiser.ask("report_file", file=file["id"])
    assert told["text"].splitlines()[1].endswith("SEK,6,46.2")
    assert advertiser.ask("report_file", file=file["id"], offset=len(told["text"]))["text"] == ""
    assert [one["id"] for one in advertiser.ask("report_files")["items"]] == [file["id"]]
    wrong = advertiser.refused("report", metrics=["cr"])
    assert (wrong["code"], "list_metrics" in wrong["mend"]) == ("unknown_name", True)


def test_a_webhook_is_made_tested_and_replayed_and_its_secret_stays_in_the_portal(
    advertiser: Host, world: World
) -> None:
    with override_settings(SITE=replace(site(), reachable=HERE)), receiving() as receiver:
        asked = {"url": receiver.url, "kinds": ["claim.filed"], "description": "Till"}
        assert advertiser.refused("create_webhook", **asked | {"kinds": ["claim"]})["code"] == "kind_unknown"
        rehearsed = advertiser.ask("create_webhook", **asked)
        assert advertiser.ask("webhooks")["endpoints"] == []
        made = advertiser.ask("create_webhook", **asked, confirm=rehearsed["confirm"])
        assert "whsec" not in repr(made)
        number = made["endpoint"]["id"]
        sent = done(advertiser, "test_webhook", endpoint=number)["delivery"]
        listed = advertiser.ask("webhook_deliveries", endpoint=number)["items"]
        assert [one["id"] for one in listed] == [sent["id"]]
        assert "sent_again" in done(advertiser, "replay_webhook", endpoint=number, cursor=0)
        assert advertiser.refused("replay_webhook", endpoint=number)["code"] == "where_from"
    told = [one.action for one in audit.entries(world.market.a.advertiser.caller()).items]
    assert any(action.startswith("webhook") for action in told)


def test_a_key_that_opens_nothing_is_refused_in_one_line_with_its_reason(world: World) -> None:
    told = CliRunner().invoke(
        command, ["mcp", "--portal", world.address], env={"UTFALL_API_KEY": "utf_nonsense"}
    )
    assert (told.exit_code, told.output.count("\n")) == (3, 1)
    assert "refused the key: key_invalid" in told.output
