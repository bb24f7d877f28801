"""What the portal holds of programs can always be sealed, and what was sealed can be taken over."""

import tomllib
from pathlib import Path

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import drafted, live
from utfall.portal.people import facade as people
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import LimitDraft, State
from utfall.portal.site import SiteConfig
from utfall.terms import Market, Measure, Period, Status, check_market, read_market
from utfall.workers.publish import sealed_zone

NORDIC = Path(__file__).parents[3] / "src" / "utfall" / "workers" / "nordic.toml"


def sealed_market() -> Market:
    """What this app and the people's seal together."""
    programs = facade.sealed_programs()
    return Market(
        zones=tuple(sealed_zone(name) for name in sorted({program.zone for program in programs})),
        advertisers=tuple(people.sealed_advertisers()),
        publishers=tuple(people.sealed_publishers()),
        programs=tuple(programs),
        groups=tuple(facade.sealed_groups()),
        limits=tuple(facade.sealed_limits()),
    )


def test_a_draft_is_sealed_as_what_pays_nobody(market: TwoTenants) -> None:
    view = drafted(market.a.advertiser.caller())
    (program,) = facade.sealed_programs()
    assert program.id == view.id
    assert [(one.version, one.status) for one in program.versions] == [(0, Status.DRAFT)]
    assert check_market(sealed_market()) == []


def test_sealed_versions_have_the_numbers_that_people_see(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    facade.change_state(caller, view.id, State.PAUSED, "Out of stock")
    (program,) = facade.sealed_programs()
    assert [(one.version, one.status) for one in program.versions] == [
        (0, Status.DRAFT),
        (1, Status.ACTIVE),
        (2, Status.PAUSED),
    ]
    assert check_market(sealed_market()) == []


def test_a_limit_that_is_removed_is_no_longer_sealed(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    draft = LimitDraft(measure=Measure.COST, period=Period.MONTH, cap=10**9, is_budget=True)
    added = facade.add_limit(caller, view.id, draft)
    assert not isinstance(added, int)
    assert [one.id for one in facade.sealed_limits()] == [added.id]
    facade.remove_limit(caller, view.id, added.id)
    assert list(facade.sealed_limits()) == []


def test_a_program_file_is_taken_over_and_seals_to_the_same(portal: SiteConfig) -> None:
    with NORDIC.open("rb") as file:
        market = read_market(tomllib.load(file), sealed_zone)
    facade.adopt(market)
    facade.adopt(market)
    assert tuple(facade.sealed_programs()) == market.programs
    assert tuple(facade.sealed_groups()) == market.groups
    assert tuple(facade.sealed_limits()) == market.limits
