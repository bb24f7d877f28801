"""Programs to test with: one drafted, one live."""

from dataclasses import replace

from utfall.events import Outcome
from utfall.portal.access import Caller
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import Preset, PriceKind, ProgramView, StartingPrice, State

PRICE = StartingPrice(kind=PriceKind.SHARE, outcome=Outcome.SALE, currency="SEK", ppm=80_000)


def drafted(caller: Caller, name: str = "Acme Sweden", preset: Preset = Preset.SHOP) -> ProgramView:
    """A draft that lacks nothing."""
    view = facade.create_draft(
        caller, name=name, currency="SEK", zone="Europe/Stockholm", preset=preset, website="https://acme.test"
    )
    facade.describe(caller, view.id, replace(view.profile, category="fashion"))
    terms = replace(facade.draft_of(view.terms), text="Be fair.\n\nNo brand bidding.")
    facade.draft_terms(caller, view.id, terms)
    return facade.program(caller, view.id)


def live(advertiser: Caller, operator: Caller, name: str = "Acme Sweden") -> ProgramView:
    """A program that was submitted and approved."""
    view = drafted(advertiser, name)
    facade.submit(advertiser, view.id)
    return facade.change_state(operator, view.id, State.ACTIVE)
