"""Prices in steps in the portal: stored by the API, said aloud, sealed, and kept by the editor."""

from typing import Any

import pytest
from django.utils import translation

from tests.portal.commission.made import shop
from tests.portal.commission.test_api import key_of, put
from tests.portal.market import TwoTenants
from utfall.events import Outcome
from utfall.portal.commission import facade
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.commission.forms import RuleForm, initial_of
from utfall.portal.commission.wording import price_words
from utfall.terms import Portion, Step, Tiered, TierMeasure, TierPeriod

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


def test_the_editor_keeps_steps_that_it_was_given() -> None:
    draft = RuleDraft(name="Steps", outcome=Outcome.SALE, price=PRICE)
    begun = initial_of(draft, "Europe/Stockholm")
    form = RuleForm(
        {name: value for name, value in begun.items() if value is not None},
        currency="SEK",
        groups=[],
        publishers=[],
    )
    assert form.is_valid(), form.errors
    assert form.draft(None).price == PRICE
    assert [name for name, _words in form.fields["price_kind"].choices][-1] == "tiered"  # type: ignore[attr-defined]


def test_steps_that_were_tampered_with_are_refused_in_words() -> None:
    given = {"name": "x", "outcome": "sale", "price_kind": "tiered", "tiers": "{}", "who": "all"}
    form = RuleForm(given, currency="SEK", groups=[], publishers=[])
    assert form.errors.keys() == {"tiers"}
