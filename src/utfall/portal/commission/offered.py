"""What a program pays a publisher: the rules that can apply to it, in words, with their dates.

Rules belong to the advertiser; a publisher reads those of programs that it may see, and no other's own rule.
"""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.commission.contracts import Change, Offer, OfferedRule, RuleView
from utfall.portal.commission.letters import applies, concerning
from utfall.portal.commission.models import Revision, Rule
from utfall.portal.commission.plain import changes_from
from utfall.portal.commission.views import in_precedence, view_of
from utfall.portal.commission.wording import Names, price_words, rule_words
from utfall.portal.programs import facade as programs

NEWS: Final = timedelta(days=14)
"""How long a change is news."""


def rules_for_publisher(caller: Caller, program: int, publisher: int | None = None) -> list[OfferedRule]:
    """The rules in force that can apply to the caller's publisher, the first with precedence."""
    return list(offer_for(caller, program, publisher).now)


def offer_for(caller: Caller, program: int, publisher: int | None = None) -> Offer:
    """What a program pays the caller's publisher (or, to an overseer or the advertiser, one it names).

    Nobody's in particular: what it pays everybody.
    """
    caller.require(Permission.LOOK)
    known = programs.program(caller, program)
    who = caller.number if caller.kind is Kind.PUBLISHER else publisher
    group = _group(caller, program, who)
    now = timezone.now()
    # In scope: the program was found for the caller, and only what applies to its publisher is let through.
    rows = Rule.objects.system().filter(program=program)
    views = [view for view in in_precedence(map(view_of, rows)) if _concerns(view, who, group, now)]
    names = Names(programs.group_names([group] if group else []), {})
    shown = [(view, _offered(view, known.currency, names)) for view in views]
    later = [(view, one) for view, one in shown if view.effective_from > now]
    changes = [
        when
        for view in views
        for when in (view.effective_from, view.effective_until)
        if when is not None and when > now
    ]
    return Offer(
        program=program,
        now=tuple(one for view, one in shown if view.effective_from <= now),
        later=tuple(one for _view, one in later),
        changes_at=min(changes, default=None),
    )


def _concerns(view: RuleView, publisher: int | None, group: int | None, now: datetime) -> bool:
    if view.effective_until is not None and view.effective_until <= now:
        return False
    if publisher is None:
        return view.draft.publisher is None and view.draft.group is None
    return applies(view.draft, publisher, group)


def _group(caller: Caller, program: int, publisher: int | None) -> int | None:
    if publisher is None:
        return None
    from utfall.portal.partners import facade as partners  # it shows prices, too

    found = partners.partnership_in(caller, program, publisher)
    return found.group if found else None


def _offered(view: RuleView, currency: str, names: Names) -> OfferedRule:
    return OfferedRule(
        id=view.id,
        name=view.draft.name,
        draft=view.draft,
        words=rule_words(view.draft, currency, names),
        outcome=view.draft.outcome,
        price=price_words(view.draft.price, view.draft.outcome, currency),
        effective_from=view.effective_from,
        effective_until=view.effective_until,
        is_own=view.draft.publisher is not None or view.draft.group is not None,
    )


def news_for(caller: Caller) -> list[tuple[int, datetime]]:
    """The caller's programs whose rules changed for it in the last two weeks, or will; the newest first.

    The first rules of a program are no change.
    """
    from utfall.portal.partners import facade as partners  # it shows prices, too

    groups = partners.promoted(caller)
    since = timezone.now() - NEWS
    # In scope: the caller's own partnerships say which programs these are.
    rows = Revision.objects.system().filter(program__in=groups, effective_from__gt=since).order_by("-pk")
    found: dict[int, datetime] = {}
    for row in rows[:200]:
        changes = concerning(changes_from(row.changes), caller.number, groups[row.program])
        if any(one.change is not Change.ADDED for one in changes):
            found.setdefault(row.program, row.effective_from)
    return sorted(found.items(), key=lambda one: one[1], reverse=True)
