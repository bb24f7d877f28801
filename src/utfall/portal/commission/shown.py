"""Rules, drafts and remarks as templates show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Permission
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import ProposalView, State
from utfall.portal.commission import facade
from utfall.portal.commission.changing import KIND
from utfall.portal.commission.contracts import Change, Drafted, DraftView, Remark, RuleChange, RuleDraft
from utfall.portal.commission.findings import WEIGHTS
from utfall.portal.commission.sentences import CHANGES, TONES, change_words
from utfall.portal.commission.standing import planned, planned_at, standing
from utfall.portal.commission.wording import Names, condition_words, price_words
from utfall.portal.programs.contracts import ProgramView

TONE_OF: Final[Mapping[str, str]] = {"error": "bad", "warning": "warn", "notice": "news"}
ICONS: Final[Mapping[str, str]] = {
    "error": "alert-octagon",
    "warning": "alert-triangle",
    "notice": "info-circle",
}
WHO_ICONS: Final[Mapping[str, str]] = {"publisher": "user", "group": "users-group", "all": "world"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule in the list: its price to be read at a glance, its clauses, and what is new about it."""

    key: str
    place: int
    name: str
    price: str
    clause: str
    who: str
    who_icon: str
    draft: RuleDraft
    change: str
    tone: str
    remarks: tuple[Remark, ...]


def rows_of(
    program: ProgramView,
    draft: DraftView,
    changes: Sequence[RuleChange],
    names: Names,
    remarks: Sequence[Remark],
) -> list[Row]:
    """The rules of a draft in order of precedence, each with what becomes of it."""
    by_place = {one.place: one.change for one in changes if one.place}
    return [
        _row(program, place, one, by_place.get(place, Change.KEPT), names, remarks)
        for place, one in enumerate(draft.rules, 1)
    ]


def _row(
    program: ProgramView, place: int, one: Drafted, change: Change, names: Names, remarks: Sequence[Remark]
) -> Row:
    who, icon = who_words(one, names)
    return Row(
        key=one.key,
        place=place,
        name=one.draft.name,
        price=price_words(one.draft.price, one.draft.outcome, program.currency),
        clause=condition_words(one.draft.when, program.currency, names) if one.draft.when else "",
        who=who,
        who_icon=icon,
        draft=one.draft,
        change="" if change is Change.KEPT else str(CHANGES[change]),
        tone=TONES[change],
        remarks=tuple(remark for remark in remarks if remark.keys and remark.keys[0] == one.key),
    )


def who_words(one: Drafted, names: Names) -> tuple[str, str]:
    """Whom a rule is for, and the icon of it."""
    if one.draft.publisher is not None:
        name = names.publishers.get(one.draft.publisher, str(one.draft.publisher))
        return name, WHO_ICONS["publisher"]
    if one.draft.group is not None:
        return names.groups.get(one.draft.group, str(one.draft.group)), WHO_ICONS["group"]
    return _("Every publisher"), WHO_ICONS["all"]


def editor(caller: Caller, program: ProgramView) -> dict[str, Any]:
    """Everything the editor shows: the draft, what it changes, what the linter says, what is planned."""
    draft = facade.draft(caller, program.id)
    drafts = [one.draft for one in draft.rules]
    now = timezone.now()
    base = standing(caller, program.id, planned_at(caller, program.id, now) or now)
    changes = facade.differences(base, drafts)
    names = facade.names_of(caller, program.id, drafts)
    remarks = facade.findings(caller, program.id, draft.rules)
    real = [one for one in changes if one.change is not Change.KEPT]
    return {
        "draft": draft,
        "rows": rows_of(program, draft, changes, names, remarks),
        "remarks": [shown_remark(one, draft) for one in remarks],
        "changed": len(real) if draft.begun_at else 0,
        "plan": plan_of(caller, program, names),
        "proposals": waiting(caller, program),
    }


def shown_remark(one: Remark, draft: DraftView) -> dict[str, Any]:
    """A remark with its tone, its icon, and the rule to go to."""
    return {
        "remark": one,
        "tone": TONE_OF[one.weight],
        "icon": ICONS[one.weight],
        "weight": WEIGHTS[one.weight],
        "key": one.keys[0] if one.keys else "",
    }


def plan_of(caller: Caller, program: ProgramView, names: Names) -> dict[str, Any] | None:
    """The change that is planned, in words; None where none is."""
    now = timezone.now()
    at = planned_at(caller, program.id, now)
    if at is None:
        return None
    later = [view.draft for view in standing(caller, program.id, at)]
    coming = {view.id: view.replaces for view in planned(caller, program.id, now)}
    later = [_coming_from(one, coming) for one in later]
    changes = facade.differences(standing(caller, program.id, now), later)
    real = [one for one in changes if one.change is not Change.KEPT]
    return {"at": at, "changes": [change_words(one, program.currency, names) for one in real]}


def _coming_from(draft: RuleDraft, coming: Mapping[int, int | None]) -> RuleDraft:
    return replace(draft, rule=coming.get(draft.rule or 0) or draft.rule)


def waiting(caller: Caller, program: ProgramView) -> list[ProposalView]:
    """Changes of this program's rules that wait for a second person."""
    caller.require(Permission.LOOK)
    found = audit.proposals(caller, State.WAITING, limit=100).items
    return [one for one in found if one.kind == KIND and one.payload.get("program") == program.id]
