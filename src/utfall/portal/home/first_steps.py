"""The checklist of a newcomer: from nothing to the first outcome, each step with why and where."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.commission import facade as commission
from utfall.portal.home.cards import Step, card
from utfall.portal.links import facade as links
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import State


@card(kinds=frozenset({Kind.ADVERTISER, Kind.AGENCY}), order=5, needs=Permission.MANAGE)
def of_an_advertiser(caller: Caller) -> list[Step]:
    """Create, price, go live."""
    counts = programs.counts(caller)
    newest = programs.programs(caller, count=1).items
    is_priced = any(commission.rules(caller, one.id, timezone.now()) for one in newest)
    return _with_places(
        caller,
        (
            "programs:new",
            _("Create a program"),
            _("What counts as success, for how long a click holds, and who may promote you."),
            _("Create"),
            sum(counts.values()) > 0,
        ),
        (
            "programs:index",
            _("Say what an outcome pays"),
            _("Rules in plain sentences; see what they would have paid before they hold."),
            _("Set the price"),
            is_priced or counts.get(State.ACTIVE, 0) > 0,
        ),
        (
            "tracking:setup",
            _("Tell us about orders"),
            _("A tag on your own domain, or calls from your server. You see each within a second."),
            _("Set up tracking"),
            counts.get(State.ACTIVE, 0) > 0,
        ),
        (
            "programs:index",
            _("Go live"),
            _("Partners find your program and apply."),
            _("Review and start"),
            counts.get(State.ACTIVE, 0) > 0,
        ),
    )


@card(kinds=frozenset({Kind.PUBLISHER}), order=12, needs=Permission.MANAGE)
def of_a_publisher(caller: Caller) -> list[Step]:
    """What follows once the partners app has led into a program."""
    return _with_places(
        caller,
        (
            "links:new",
            _("Make your first link"),
            _("It counts clicks from the moment it is made."),
            _("Build a link"),
            bool(links.links(caller, count=1).items),
        ),
    )


def _with_places(caller: Caller, *steps: tuple[str, str, str, str, bool]) -> list[Step]:
    """Steps as (page, words, why, action, whether it is done)."""
    return [
        Step(
            words=words,
            why=why,
            url=reverse(page, kwargs={"org": caller.slug}),
            action=action,
            is_done=is_done,
        )
        for page, words, why, action, is_done in steps
    ]
