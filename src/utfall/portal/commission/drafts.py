"""The next change of a program's rules, kept on the server while people work on it: nothing is lost, several
edits are looked over together, and every step can be undone.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, NotFound, Permission, Refused, refuse
from utfall.portal.commission.checking import MOST_RULES, problems_of
from utfall.portal.commission.contracts import Drafted, DraftView, RuleDraft, RuleView
from utfall.portal.commission.models import Draft
from utfall.portal.commission.plain import draft_from, plain
from utfall.portal.commission.standing import own_program, planned_at, standing

STEPS: Final = 30
"""How many steps can be undone."""

Rules = list[dict[str, Any]]


def draft(caller: Caller, program: int) -> DraftView:
    """The next change as it stands; where nobody began one, the rules as they stand."""
    own_program(caller, program)
    row = Draft.objects.of(caller).filter(program=program).first()
    base = base_of(caller, program)
    if row is None:
        return DraftView(
            program=program,
            rules=tuple(Drafted(key=f"r{view.id}", draft=view.draft) for view in base),
            begun_at=None,
            changed_at=None,
            changed_by="",
            can_undo=False,
            is_stale=False,
        )
    return _view(row, [view.id for view in base])


def base_of(caller: Caller, program: int) -> list[RuleView]:
    """The rules a change begins with: those in force, or those of the last change that is planned."""
    now = timezone.now()
    return standing(caller, program, planned_at(caller, program, now) or now)


def set_rule(caller: Caller, program: int, wanted: RuleDraft, key: str = "", *, first: bool = False) -> str:
    """Change a rule of the draft, or add one at the end (or at the top); its key."""
    problems = problems_of(wanted)
    if problems:
        raise Refused(problems)

    def change(rules: Rules) -> None:
        if not key:
            if len(rules) >= MOST_RULES:
                refuse("too_many_rules", _("A program has at most %(most)s rules.") % {"most": MOST_RULES})
            made = {"key": new_key(rules), **plain(replace(wanted, rule=None))}
            rules.insert(0 if first else len(rules), made)
            return
        place = _place(rules, key)
        rules[place] = {"key": key, **plain(replace(wanted, rule=rules[place]["rule"]))}

    after = _change(caller, program, change)
    return key or after[0 if first else -1]["key"]


def remove_rule(caller: Caller, program: int, key: str) -> None:
    """Take a rule out of the draft."""
    _change(caller, program, lambda rules: rules.pop(_place(rules, key)))


def copy_rule(caller: Caller, program: int, key: str) -> str:
    """A copy of a rule right above it, to be narrowed down; its key."""

    def change(rules: Rules) -> None:
        place = _place(rules, key)
        name = _("%(name)s, copy") % {"name": rules[place]["name"][:100]}
        rules.insert(place, {**rules[place], "key": new_key(rules), "rule": None, "name": name})

    after = _change(caller, program, change)
    return str(after[_place(after, key) - 1]["key"])


def reorder(caller: Caller, program: int, keys: Sequence[str]) -> None:
    """Put the draft in another order; rules that are not named stay behind those that are."""
    wanted = {key: place for place, key in enumerate(keys)}
    _change(caller, program, lambda rules: rules.sort(key=lambda one: wanted.get(one["key"], len(wanted))))


def put_draft(caller: Caller, program: int, drafts: Sequence[RuleDraft]) -> DraftView:
    """Make the draft a list of rules, such as one that was in force before."""

    def change(rules: Rules) -> None:
        keys = [f"r{one.rule}" if one.rule else f"n{place}" for place, one in enumerate(drafts, 1)]
        rules[:] = [{"key": key, **plain(one)} for key, one in zip(keys, drafts, strict=True)]

    _change(caller, program, change)
    return draft(caller, program)


def undo(caller: Caller, program: int) -> None:
    """Take the last step back."""
    caller.require(Permission.PRICE)
    with transaction.atomic():
        row = Draft.objects.one(caller, program=program)
        if not row.earlier:
            refuse("nothing_to_undo", _("There is nothing to undo."), status=409)
        row.rules = row.earlier.pop()
        row.save()
        if not row.earlier and row.rules == _keyed(base_of(caller, program)):
            row.delete()


def discard(caller: Caller, program: int) -> None:
    """Throw the draft away; what stands is not touched."""
    caller.require(Permission.PRICE)
    own_program(caller, program)
    Draft.objects.of(caller).filter(program=program).delete()


def new_key(rules: Rules) -> str:
    """A key that no rule of the draft has."""
    return f"n{max((int(one['key'][1:]) for one in rules if one['key'][0] == 'n'), default=0) + 1}"


def _change(caller: Caller, program: int, change: Callable[[Rules], object]) -> Rules:
    caller.require(Permission.PRICE)
    known = own_program(caller, program)
    with transaction.atomic():
        row = Draft.objects.of(caller).filter(program=program).first() or _begun(caller, program)
        row.advertiser = caller.advertiser(known.advertiser)
        before = [dict(one) for one in row.rules]
        change(row.rules)
        if row.rules == before:
            return before
        row.earlier = [*row.earlier, before][-STEPS:]
        row.changed_by, row.changed_at = caller.actor, timezone.now()
        row.save()
        rules: Rules = row.rules
        return rules


def _begun(caller: Caller, program: int) -> Draft:
    base = base_of(caller, program)
    return Draft(program=program, rules=_keyed(base), based_on=[view.id for view in base])


def _keyed(base: Sequence[RuleView]) -> Rules:
    return [{"key": f"r{view.id}", **plain(view.draft)} for view in base]


def _place(rules: Rules, key: str) -> int:
    found = next((place for place, one in enumerate(rules) if one["key"] == key), None)
    if found is None:
        raise NotFound
    return found


def _view(row: Draft, standing: list[int]) -> DraftView:
    return DraftView(
        program=row.program,
        rules=tuple(Drafted(key=one["key"], draft=draft_from(one)) for one in row.rules),
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        can_undo=bool(row.earlier),
        is_stale=row.based_on != standing,
    )
