"""What concerns an organisation as a whole: newcomers who wait, terms that cannot be sealed, the log."""

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.audit import facade as audit
from utfall.portal.home.cards import Attention, Panel, card
from utfall.portal.people import facade as people
from utfall.portal.sealing import facade as sealing

RECENT = 6


class Change(NamedTuple):
    """An entry of the log, as a line of a story."""

    when: datetime
    words: SafeString
    icon: str
    detail: str


@card(kinds=frozenset({Kind.OPERATOR}), order=2)
def unsealed(caller: Caller) -> Attention | None:
    """What was agreed cannot be put in force."""
    state = sealing.state()
    if not state.problem:
        return None
    words = _("New terms cannot take effect: %(problem)s") % {"problem": state.problem.splitlines()[0]}
    return Attention(
        words=words,
        url=reverse("audit:index", kwargs={"org": caller.slug}),
        icon="alert-triangle",
        tone="bad",
    )


@card(kinds=frozenset({Kind.OPERATOR}), order=10, needs=Permission.OPERATE)
def newcomers(caller: Caller) -> Attention | None:
    """Organisations that signed up and wait to be let in."""
    count = people.waiting(caller)
    if not count:
        return None
    return Attention(
        words=_("Organisations that want to join"),
        url=reverse("people:tenants", kwargs={"org": caller.slug}),
        count=count,
        icon="building-store",
        action=_("Decide"),
    )


@card(order=90, needs=Permission.AUDIT)
def recent(caller: Caller) -> Panel | None:
    """What was changed last."""
    entries = audit.entries(caller, limit=RECENT).items
    if not entries:
        return None
    changes = [
        Change(one.entry.at, one.words, "history", one.entry.why) for one in audit.deeds(caller, entries)
    ]
    url = reverse("audit:index", kwargs={"org": caller.slug})
    return Panel(
        title=_("Changed lately"), template="home/recent.html", context={"changes": changes, "url": url}
    )
