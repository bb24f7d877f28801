"""The review of a draft before it is saved, and the history of what was."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.access.roles import BUYERS
from utfall.portal.commission import facade
from utfall.portal.commission.contracts import Change, Changed, RevisionView, RuleDraft
from utfall.portal.commission.editor_pages import ROUTE
from utfall.portal.commission.forms import ReviewForm, Start, in_zone
from utfall.portal.commission.registry import DOERS, go, pages, show
from utfall.portal.commission.sentences import change_words
from utfall.portal.commission.shown import shown_remark
from utfall.portal.commission.standing import own_program, planned, planned_at, standing
from utfall.portal.commission.wording import Names, rule_words
from utfall.portal.look.formats import moment
from utfall.portal.look.forms import blame
from utfall.portal.programs.contracts import ProgramView


@pages.page(f"{ROUTE}review/", name="review", needs=Permission.PRICE, kinds=DOERS, methods=("GET", "POST"))
def review(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The difference in words, what is doubtful, from when on, and why: then it is saved."""
    view = own_program(caller, program)
    draft = facade.draft(caller, program)
    with timezone.override(ZoneInfo(view.zone)):
        form = ReviewForm(request.POST or None, initial=_initial(caller, view))
        drafts = [one.draft for one in draft.rules]
        if request.method == "POST" and form.is_valid():
            try:
                return _saved(request, caller, view, drafts, form)
            except Refused as refused:
                blame(form, refused)
        status = 422 if request.method == "POST" else 200
        return show(
            request, caller, "review", view, status=status, form=form, **_reviewed(caller, view, drafts)
        )


def _initial(caller: Caller, view: ProgramView) -> dict[str, Any]:
    at = planned_at(caller, view.id, timezone.now())
    if at is None:
        return {}
    return {"start": Start.LATER.value, "effective_from": in_zone(at, view.zone)}


def _saved(
    request: HttpRequest, caller: Caller, view: ProgramView, drafts: list[RuleDraft], form: ReviewForm
) -> HttpResponse:
    given = form.cleaned_data
    done = facade.change_rules(
        caller, view.id, drafts, effective_from=given["effective_from"], why=given["why"]
    )
    facade.discard(caller, view.id)
    _say(request, done)
    return go(caller, "rules", view.id)


def _say(request: HttpRequest, done: Changed) -> None:
    if done.proposal is not None:
        messages.info(request, _("A second person has to approve this. Until then nothing changes."))
    elif done.effective_from > timezone.now():
        words = _("The new rules hold from %(when)s on.") % {"when": moment(done.effective_from)}
        messages.success(request, words)
    else:
        messages.success(request, _("The new rules hold from now on."))


def _reviewed(caller: Caller, view: ProgramView, drafts: list[RuleDraft]) -> dict[str, Any]:
    now = timezone.now()
    before, later = standing(caller, view.id, now), planned(caller, view.id, now)
    changes = facade.differences(before, drafts, [one for one in later if one.id not in _ids(drafts)])
    names = facade.names_of(caller, view.id, [*drafts, *(one.draft for one in [*before, *later])])
    draft = facade.draft(caller, view.id)
    return {
        "draft": draft,
        "changes": [
            change_words(one, view.currency, names) for one in changes if one.change is not Change.KEPT
        ],
        "kept": sum(one.change is Change.KEPT for one in changes),
        "remarks": [shown_remark(one, draft) for one in facade.findings(caller, view.id, draft.rules)],
        "needs_approval": facade.needs_approval(view, changes),
        "withdraws": planned_at(caller, view.id, now),
        "last": next(iter(facade.previews(caller, view.id)), None),
    }


def _ids(drafts: list[RuleDraft]) -> set[int]:
    return {one.rule for one in drafts if one.rule is not None}


@pages.page(f"{ROUTE}history/", name="history", kinds=BUYERS)
def history(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Every change with who and why, and every rule with its interval."""
    view = own_program(caller, program)
    text = request.GET.get("after", "")
    after = whole(text)
    found = facade.revisions(caller, program, after=after, limit=20)
    every = facade.rules(caller, program)
    drafts = [one for part in found.items for it in part.changes for one in (it.before, it.after) if one]
    names = facade.names_of(caller, program, [*drafts, *(one.draft for one in every)])
    return show(
        request,
        caller,
        "history",
        view,
        revisions=found,
        entries=[_entry(one, view, names) for one in found.items],
        every=[
            {"view": one, "words": rule_words(one.draft, view.currency, names)}
            for one in sorted(every, key=lambda one: (one.effective_from, one.id), reverse=True)
        ],
        now=timezone.now(),
    )


def _entry(one: RevisionView, view: ProgramView, names: Names) -> dict[str, Any]:
    return {
        "revision": one,
        "is_later": one.effective_from > timezone.now(),
        "changes": [change_words(change, view.currency, names) for change in one.changes],
    }
