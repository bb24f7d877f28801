"""Prices in steps in the portal: stored by the API, said aloud, sealed, and written in the editor."""

from typing import Any

import pytest
from django.utils import translation

from tests.portal.commission.made import shop
from tests.portal.commission.test_api import key_of, put
from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.events import Outcome
from utfall.portal.access import Role
from utfall.portal.commission import facade
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.commission.forms import RuleForm, initial_of
from utfall.portal.commission.wording import Names, condition_words, price_words
from utfall.terms import Flat, Portion, Step, Tiered, TierMeasure, TierPeriod
from utfall.terms import Test as OneTest

STEPS = (Step(0, Portion(80_000)), Step(1_000_000_000, Portion(100_000)))
PRICE = Tiered(TierMeasure.AMOUNT, TierPeriod.MONTH, STEPS, retroactive=True)
SENT = {
    "type": "tiered",
    "measure": "amount",
    "period": "month",
    "retroactive": True,
    "steps": [
        {"start": 0, "price": {"type": "share", "ppm": 80_000}},
        {"start": 1_000_000_000, "price": {"type": "share", "ppm": 100_000}},
    ],
}


def sent(**changes: Any) -> dict[str, Any]:
    return {"name": "Steps", "outcome": "sale", "price": {**SENT, **changes}}


def test_steps_are_stored_read_back_and_sealed(market: TwoTenants) -> None:
    _caller, program = shop(market)
    client, address = key_of(market.a.advertiser), f"/api/v1/programs/{program.id}/commission"
    answer = put(client, address, sent())
    assert answer.status_code == 200, answer.content
    (rule,) = client.get(f"{address}/rules").json()
    assert rule["price"] == {**SENT, "shared": False}
    (sealed,) = (one for one in facade.sealed_rules() if one.program == program.id and one.name == "Steps")
    assert sealed.price == PRICE


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"steps": SENT["steps"][1:]}, "steps_in_order"),  # type: ignore[index]
        (
            {"steps": [*SENT["steps"], {"start": 2 * 10**9, "price": {"type": "flat", "micros": 1}}]},  # type: ignore[misc]
            "steps_alike",
        ),
    ],
)
def test_wrong_steps_are_refused_with_a_code(market: TwoTenants, changes: dict[str, Any], code: str) -> None:
    _caller, program = shop(market)
    client = key_of(market.a.advertiser)
    answer = put(client, f"/api/v1/programs/{program.id}/commission", sent(**changes))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == code


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "of order value on, counted per month; a step holds for the whole period"),
        ("sv", "räknat per månad; ett steg gäller för hela perioden"),
        ("nb", "regnet per måned; et trinn gjelder for hele perioden"),
    ],
)
def test_steps_are_said_in_a_sentence(language: str, words: str) -> None:
    with translation.override(language):
        told = price_words(PRICE, Outcome.SALE, "SEK").replace("\u00a0", " ")
    assert words in told


def steps_form(*rows: tuple[str, str], **more: Any) -> dict[str, Any]:
    """The form of a rule with steps as a browser sends it."""
    told = {"name": "Steps", "outcome": "sale", "price_kind": "tiered", "who": "all", "do": "save"}
    told |= {"measure": "amount", "steps_period": "month", "holds": "retroactive", "counted": "alone"}
    told |= {"pays": "share"}
    for place, (start, pays) in enumerate(rows):
        told |= {f"steps.{place}.start": start, f"steps.{place}.pays": pays}
    return told | more


def test_the_form_begins_with_the_steps_of_a_rule_and_says_the_same() -> None:
    begun = initial_of(RuleDraft(name="Steps", outcome=Outcome.SALE, price=PRICE), "Europe/Stockholm")
    given = {name: value for name, value in begun.items() if value is not None}
    form = RuleForm(given, currency="SEK", groups=[], publishers=[])
    assert form.is_valid(), form.errors
    assert form.draft(None).price == PRICE


def test_steps_are_written_row_by_row_worked_out_and_kept_in_the_draft(
    market: TwoTenants, client_of: ClientOf
) -> None:
    caller, program = shop(market)
    client = client_of(market.a.advertiser.users[Role.OWNER])
    address = f"/{caller.slug}/programs/{program.id}/commission/"
    new = f"{address}rules/new/"
    begun = client.post(new, {"outcome": "sale", "price_kind": "tiered", "who": "all"}).content.decode()
    assert 'name="steps.1.start"' in begun
    more = client.post(new, steps_form(("", "8"), ("1000", "10"), do="step")).content.decode()
    assert 'name="steps.2.start"' in more
    less = client.post(new, steps_form(("", "8"), ("500", "9"), ("1000", "10"), do="drop:1")).content.decode()
    assert 'value="1000"' in less
    assert 'value="500"' not in less
    example = client.post(f"{address}example/", steps_form(("", "8"), ("1000", "10")))
    told = example.content.decode().replace("\u00a0", " ")
    assert "6,000.00" in told
    assert "20.00" in told
    assert client.post(f"{address}example/").status_code == 200, "a price without steps has no example"
    wrong = client.post(new, steps_form(("", "8"), ("0", ""), ("x", "10")))
    assert wrong.status_code == 422
    assert wrong.content.decode().count("steps-wrong") == 3
    assert client.post(new, steps_form(("", "8"), ("1000", "10"))).status_code == 302
    (drafted, _standard) = facade.draft(caller, program.id).rules
    assert drafted.draft.price == PRICE


def test_leads_are_priced_by_their_number_and_pay_amounts() -> None:
    given = steps_form(("", "50"), ("3", "60"), outcome="lead", measure="orders", holds="marginal")
    form = RuleForm(given | {"pays": "flat"}, currency="SEK", groups=[], publishers=[])
    assert form.is_valid(), form.errors
    steps = (Step(0, Flat(50_000_000)), Step(3, Flat(60_000_000)))
    assert form.draft(None).price == Tiered(TierMeasure.ORDERS, TierPeriod.MONTH, steps)


@pytest.mark.parametrize(
    ("value", "words"), [(True, "is a recurring one"), (False, "is not a recurring one")]
)
def test_a_recurring_order_is_not_called_a_new_customer(value: bool, words: str) -> None:
    with translation.override("en"):
        assert words in condition_words(OneTest("order.is_recurring", "eq", value), "SEK", Names({}, {}))
