"""What the first page and the search say of partners."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.home.cards import Attention, Step, card
from utfall.portal.home.search import Found, finder
from utfall.portal.partners import facade
from utfall.portal.partners.contracts import State
from utfall.portal.people import facade as people

_ = gettext_lazy
PUBLISHERS = frozenset({Kind.PUBLISHER})
FOUND_AT_MOST = 6


@card(kinds=BUYERS - {Kind.OPERATOR, Kind.AUDITOR}, order=20)
def applications_waiting(caller: Caller) -> Attention | None:
    """Publishers who wait for an answer."""
    count = facade.counts(caller)[State.PENDING]
    if not count:
        return None
    return Attention(
        words=_("Publishers who applied and wait for you"),
        url=_to(caller, "partners:index") + "?tab=waiting",
        count=count,
        icon="user-plus",
        action=_("Decide"),
    )


@card(kinds=PUBLISHERS, order=20)
def invitations_waiting(caller: Caller) -> Attention | None:
    """Advertisers who wait for an answer."""
    count = facade.counts(caller)[State.INVITED] + len(facade.own_mail_invitations(caller))
    if not count:
        return None
    return Attention(
        words=_("Invitations into programs"),
        url=_to(caller, "partners:mine"),
        count=count,
        icon="mail",
        tone="news",
        action=_("Answer"),
    )


@card(kinds=PUBLISHERS, order=10, needs=Permission.MANAGE)
def steps(caller: Caller) -> list[Step]:
    """How a publisher sets up: who it is, where it promotes, and its first program."""
    done = dict(facade.completeness(caller))
    counts = facade.counts(caller)
    return [
        Step(
            words=_("Tell who you are"),
            why=_("Advertisers read it before they decide, and find you by it."),
            url=_to(caller, "partners:edit_profile"),
            action=_("Fill in the profile"),
            is_done=done["headline"] and done["audience"],
        ),
        Step(
            words=_("Add where you promote"),
            why=_("A verified site is approved faster than a name."),
            url=_to(caller, "partners:properties"),
            action=_("Add a property"),
            is_done=done["property"],
        ),
        Step(
            words=_("Apply to a program"),
            why=_("The marketplace says what each pays, how fast it decides and whom it accepts."),
            url=_to(caller, "partners:marketplace"),
            action=_("Open the marketplace"),
            is_done=any(counts.values()),
        ),
    ]


@finder
def partners(caller: Caller, words: str) -> Iterable[Found]:
    """Partners by the name of the publisher."""
    if caller.kind not in BUYERS:
        return
    found = facade.partnerships(caller, search=words, count=FOUND_AT_MOST).items
    named = people.parties(Kind.PUBLISHER, {one.publisher for one in found})
    for one in found:
        url = reverse("partners:partner", kwargs={"org": caller.slug, "partnership": one.id})
        yield Found(named[one.publisher].name, url, icon="users-group", kind=gettext("Partner"))


def _to(caller: Caller, page: str) -> str:
    return reverse(page, kwargs={"org": caller.slug})
