"""The pages of programs, as browsers ask for them."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.portal.conftest import ClientOf
from tests.portal.market import MARKER, Tenant, TwoTenants
from tests.portal.programs.drafts import drafted, live
from utfall.events import Outcome
from utfall.portal.access import Role
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import PolicyView, Required
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import GoalDraft, LimitDraft, PriceKind, State
from utfall.terms import Measure, Period

GOAL = {
    "name": "Acme demos",
    "website": "acme.test",
    "category": "software",
    "nordic": ["SE", "NO"],
    "others": "de",
    "tagline": "",
    "domains": "",
    "outcome": "lead",
    "target": "500",
    "max_cost": "250",
    "starts_on": "2026-11-01",
    "ends_on": "2027-01-31",
}
TRACKING = {
    **{
        f"{name}{part}": value
        for name in ("standard", "incentive", "soft", "view")
        for part, value in (("", "14"), ("_unit", "86400"))
    },
    "attribution": "click,code",
    "channel": ["newsletter", ""],
    "policy": ["none", "any"],
    "channel_default": "any",
    "max_age_days": "60",
    "consent_required": "on",
}


def browser(client_of: ClientOf, tenant: Tenant, role: Role = Role.OWNER) -> Client:
    """Somebody of a tenant, signed in."""
    return client_of(tenant.users[role])


def test_the_wizard_leads_from_a_preset_to_a_program_in_review(
    market: TwoTenants, client_of: ClientOf
) -> None:
    acme = market.a.advertiser
    client, root = browser(client_of, acme), f"/{acme.slug}/programs/"
    start = {"name": "Acme demos", "preset": "b2b", "currency": "SEK", "zone": "Europe/Stockholm"}
    begun = client.post(f"{root}new/", start)
    assert begun.status_code == 302
    (view,) = facade.programs(acme.caller()).items
    steps: list[tuple[str, dict[str, Any]]] = [
        ("goal", GOAL),
        ("price", {"kind": "flat", "amount": "250"}),
        ("tracking", TRACKING),
        (
            "partners",
            {
                "visibility": "public",
                "promotion_types": ["content"],
                "question": ["Where?"],
                "question_kind": ["text"],
                "question_choices": [""],
                "question_required": ["yes"],
            },
        ),
        ("money", {"auto_approval_days": "", "hold_days": "14", "month_budget": "100000", "over": "clamp"}),
        ("text", {"text": "Be fair."}),
    ]
    for step, typed in steps:
        page = client.get(f"{root}{view.id}/draft/{step}/")
        assert page.status_code == 200, step
        saved = client.post(f"{root}{view.id}/draft/{step}/", {**typed, "next": ""})
        assert saved.status_code == 302, (step, saved.content.decode()[:4000])
    review = client.get(f"{root}{view.id}/draft/review/").content.decode()
    assert "500 leads" in review
    assert "Be fair." in review
    handed_in = client.post(f"{root}{view.id}/submit/", follow=True)
    assert "Handed in" in handed_in.content.decode()
    view = facade.program(acme.caller(), view.id)
    assert (view.state, view.countries, view.terms.windows.soft) == (
        State.IN_REVIEW,
        ("DE", "NO", "SE"),
        14 * 86_400,
    )
    assert view.starting_price is not None
    assert (view.starting_price.kind, view.starting_price.micros) == (PriceKind.FLAT, 250 * 10**6)
    assert [(one.cap, one.is_budget) for one in facade.limits(acme.caller(), view.id)] == [
        (100_000 * 10**6, True)
    ]
    assert [one.words for one in view.questions] == ["Where?"]


def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(
    market: TwoTenants, client_of: ClientOf
) -> None:
    acme = market.a.advertiser
    view = drafted(acme.caller())
    page = f"/{acme.slug}/programs/{view.id}/draft/tracking/"
    answer = browser(client_of, acme).post(page, {**TRACKING, "channel": ["x" * 101], "policy": ["none"]})
    assert answer.status_code == 422
    assert "1 to 100 characters" in answer.content.decode()
    assert facade.program(acme.caller(), view.id).terms.max_age_days == 90


def test_the_example_follows_what_is_typed(market: TwoTenants, client_of: ClientOf) -> None:
    acme = market.a.advertiser
    view = drafted(acme.caller())
    page = f"/{acme.slug}/programs/{view.id}/draft-example/price/"
    answer = browser(client_of, acme).get(page, {"kind": "share", "percent": "12"})
    assert "120.00" in answer.content.decode()
    answer = browser(client_of, acme).get(page, {"kind": "share", "percent": "much"})
    assert answer.status_code == 200


def test_terms_are_compared_before_they_are_published_and_withdrawn_before_they_hold(
    market: TwoTenants, client_of: ClientOf
) -> None:
    acme = market.a.advertiser
    view = live(acme.caller(), market.operator.caller())
    client, page = browser(client_of, acme), f"/{acme.slug}/programs/{view.id}/terms/"
    typed = {**TRACKING, "auto_approval_days": "30", "hold_days": "45", "text": "Be fair.", "note": "Returns"}
    compared = client.post(f"{page}change/", {**typed, "effective_from": ""})
    assert "What publishers will see" in compared.content.decode()
    assert "Text of the terms</th>" in compared.content.decode()
    same_text = {**typed, "text": "Be fair.\r\n\r\nNo brand bidding.", "effective_from": ""}
    assert "Text of the terms</th>" not in client.post(f"{page}change/", same_text).content.decode()
    assert facade.terms_in_force(acme.caller(), view.id).number == 1
    later = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    published = client.post(f"{page}change/", {**typed, "effective_from": later, "publish": "1"}, follow=True)
    assert "Version 2 is published" in published.content.decode()
    withdrawn = client.post(f"{page}2/withdraw/", follow=True)
    assert "Version 2 is withdrawn" in withdrawn.content.decode()


def test_a_publisher_reads_versions_and_what_was_in_force(market: TwoTenants, client_of: ClientOf) -> None:
    acme, blog = market.a.advertiser, market.b.publisher
    view = live(acme.caller(), market.operator.caller())
    client, page = browser(client_of, blog), f"/{blog.slug}/programs/{view.id}/terms/"
    shown = client.get(page).content.decode()
    assert "Every version" in shown
    assert "owner@acme-shop.test" not in shown
    assert "Network fee" not in shown
    assert "not live yet" in client.get(page, {"at": "2020-01-01T12:00"}).content.decode()
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert "At that moment version 1" in client.get(page, {"at": tomorrow}).content.decode()
    assert client.get(f"/{blog.slug}/programs/{view.id}/").status_code == 404


def test_the_operator_approves_at_a_fee_and_the_advertiser_hears_of_it(
    market: TwoTenants, client_of: ClientOf
) -> None:
    acme, operator = market.a.advertiser, market.operator
    view = drafted(acme.caller())
    facade.submit(acme.caller(), view.id)
    client, root = browser(client_of, operator), f"/{operator.slug}/programs/"
    assert view.name in client.get(f"{root}review/").content.decode()
    assert client.post(f"{root}{view.id}/approve/", {"fee": "20"}).status_code == 302
    view = facade.program(acme.caller(), view.id)
    assert (view.state, view.terms.fee_ppm) == (State.ACTIVE, 200_000)


def test_every_page_of_a_program_opens_for_its_people_and_for_nobody_else(
    market: TwoTenants, client_of: ClientOf
) -> None:
    acme, stranger = market.a.advertiser, market.b.advertiser
    caller = acme.caller()
    view = live(caller, market.operator.caller())
    today = timezone.localdate()
    facade.set_goal(
        caller, view.id, GoalDraft(outcome=Outcome.SALE, target=5, starts_on=today, ends_on=today)
    )
    limit = facade.add_limit(caller, view.id, LimitDraft(measure=Measure.COUNT, period=Period.DAY, cap=40))
    assert not isinstance(limit, int)
    group = facade.create_group(caller, view.id, "Gold")
    pages = [
        *(
            "",
            "progress/",
            "terms/",
            "terms/change/",
            "groups/",
            f"groups/{group.id}/",
            "limits/",
            "limits/new/",
        ),
        *(f"limits/{limit.id}/", "about/", "goal/", "state/paused/", "needs/"),
    ]
    for page in pages:
        own = browser(client_of, acme).get(f"/{acme.slug}/programs/{view.id}/{page}")
        assert own.status_code == 200, page
        assert MARKER not in own.content.decode()
        theirs = browser(client_of, stranger).get(f"/{stranger.slug}/programs/{view.id}/{page}")
        assert theirs.status_code == 404, page


def test_a_viewer_reads_and_changes_nothing(market: TwoTenants, client_of: ClientOf) -> None:
    acme = market.a.advertiser
    view = live(acme.caller(), market.operator.caller())
    client, root = browser(client_of, acme, Role.VIEWER), f"/{acme.slug}/programs/"
    assert client.get(f"{root}{view.id}/").status_code == 200
    assert client.get(f"{root}new/").status_code == 403
    assert client.post(f"{root}{view.id}/about/", {"name": "Mine"}).status_code == 403
    assert client.post(f"{root}{view.id}/state/paused/", {"why": "Because"}).status_code == 403
    assert client.post(f"{root}{view.id}/limits/new/", {}).status_code == 403


def test_what_waits_for_a_second_person_is_said_on_the_programs_pages(
    market: TwoTenants, client_of: ClientOf
) -> None:
    acme, operator = market.a.advertiser, market.operator.caller()
    view = live(acme.caller(), operator)
    audit.set_policy(operator, PolicyView(kind="program.limit", required=Required.ALWAYS))
    facade.add_limit(acme.caller(), view.id, LimitDraft(measure=Measure.COUNT, period=Period.DAY, cap=40))
    page = browser(client_of, acme).get(f"/{acme.slug}/programs/{view.id}/limits/").content.decode()
    assert "Waits for a second person" in page
