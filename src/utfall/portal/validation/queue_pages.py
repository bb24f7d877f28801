"""The workbench: what waits by deadline, the money at stake, and deciding by key or about many of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.engine import OrderStatus
from utfall.events import Action, DeclineReason
from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.access.roles import BUYERS
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import Filters, Sort
from utfall.portal.look.forms import blame
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State as Standing
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.tracking.words import REASONS
from utfall.portal.validation import facade, workbench
from utfall.portal.validation.chapter import BUYING, go, number, pages
from utfall.portal.validation.contracts import Asked, BatchView, Due, Hold, Way
from utfall.portal.validation.forms import DecisionForm, new_key
from utfall.portal.validation.words import VERBS

MANY: Final = 200
SORTS: Final = {"soonest": Sort.SOONEST, "oldest": Sort.OLDEST, "dearest": Sort.DEAREST}
SELLING: Final = frozenset({Kind.PUBLISHER})
WAITING: Final = Menu(gettext_lazy("Awaiting approval"), "clock-hour-4", 6)
QUEUE: Final = Menu(gettext_lazy("Validation"), "checklist", 22)


@pages.page("validation/", name="queue", kinds=BUYERS, menu=QUEUE)
def queue(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What waits for a decision: by deadline, by partner, and one by one."""
    now = timezone.now()
    due, bench = _due(request), workbench.workbench(caller, now)
    filters = workbench.waiting_for(due, now, _filters(request, workbench.usual_sort(bench)))
    found = conversions.conversions(caller, filters, whole(request.GET.get("after", "")))
    silence_to = None if due else _last_day(filters.silence_until)
    context = {
        "found": found,
        "held": facade.held(caller, [one.id for one in found.items]),
        "totals": conversions.totals(caller, filters) if silence_to else None,
        "programs": programs.choices(caller),
        "bench": bench,
        "due": due.value if due else "",
        "reasons": [(one.value, REASONS[one.value]) for one in DeclineReason],
        "publishers": _publishers(caller),
        "filters": filters,
        "silence_to": silence_to,
        "is_narrowed": bool(
            filters.program or filters.publisher or filters.search or filters.silence_until or due
        ),
        "may_decide": caller.kind in BUYING and caller.may(Permission.MONEY),
        "filter": _as_conversions(filters),
    }
    return render(request, "validation/queue.html", context)


@pages.page("validation/running/", name="running", kinds=BUYERS)
def running(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How far the batches are that are read, written or settled now; it asks for itself until none is."""
    return render(request, "validation/parts/running.html", {"running": workbench.running(caller)})


@pages.page("validation/waiting/", name="waiting", kinds=SELLING, menu=WAITING)
def waiting(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What waits for advertisers' decisions, and until when: the publisher's side of the workbench."""
    now = timezone.now()
    due, bench = _due(request), workbench.workbench(caller, now)
    wanted = Filters(program=number(request, "program"), sort=workbench.usual_sort(bench))
    filters = workbench.waiting_for(due, now, wanted)
    context = {
        "bench": bench,
        "due": due.value if due else "",
        "found": conversions.conversions(caller, filters, whole(request.GET.get("after", ""))),
        "filters": filters,
        "is_narrowed": bool(due or filters.program),
    }
    return render(request, "validation/waiting.html", context)


def _due(request: HttpRequest) -> Due | None:
    wanted = request.GET.get("due", "")
    return Due(wanted) if wanted in set(Due) else None


def _filters(request: HttpRequest, usual: Sort) -> Filters:
    search = request.GET.get("q", "").strip()[:50]
    return Filters(
        statuses=(OrderStatus.PENDING,),
        program=number(request, "program"),
        publisher=number(request, "publisher"),
        search=search,
        silence_until=conversions.asked_of(request.GET).filters.silence_until,
        sort=SORTS.get(request.GET.get("sort", ""), usual),
    )


def _as_conversions(filters: Filters) -> str:
    """The same filters as the list of conversions carries them in its address."""
    told = QueryDict(mutable=True)
    told["status"] = OrderStatus.PENDING.value
    for name, value in (("program", filters.program), ("publisher", filters.publisher)):
        if value:
            told[name] = str(value)
    if filters.search:
        told["q"] = filters.search
    if filters.silence_since:
        told["silence_from"] = timezone.localtime(filters.silence_since).date().isoformat()
    if day := _last_day(filters.silence_until):
        told["silence_to"] = day.isoformat()
    if filters.never_due:
        told["never_due"] = "1"
    return told.urlencode()


def _last_day(until: datetime | None) -> date | None:
    """The last of the days before a midnight of the reader's clock."""
    return timezone.localtime(until).date() - timedelta(days=1) if until else None


def _publishers(caller: Caller) -> list[tuple[int, str]]:
    """The partners there are to choose from, by name."""
    found = partners.partnerships(caller, states=[Standing.APPROVED], count=MANY).items
    named = people.party_names(Kind.PUBLISHER, {one.publisher for one in found})
    return sorted(named.items(), key=lambda one: one[1])


@pages.page(
    "validation/decide/", name="decide", needs=Permission.MONEY, kinds=BUYING, methods=("GET", "POST")
)
def decide(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The same decision for the orders that were picked, or for all that fit a filter."""
    if request.method != "POST":
        return go(caller, "queue")
    if request.POST.get("quick"):
        return _quick(request, caller)
    form = DecisionForm(
        request.POST if request.POST.get("sure") else None,
        action=request.POST.get("action", ""),
        initial=_initial(request),
    )
    if request.POST.get("sure") and form.is_valid():
        try:
            return go(caller, "batch", batch=_made(request, caller, form).id)
        except Refused as refused:
            blame(form, refused)
    filters = _chosen_filters(request)
    action = request.POST.get("action", Action.APPROVE.value)
    picked = _orders(request)
    held = facade.held(caller, picked)
    context = {
        "form": form,
        "orders": picked,
        "held": held,
        "holds": _by_subject(list(held.values())),
        "filter": request.POST.get("filter", ""),
        "counted": conversions.counted(caller, filters),
        "totals": conversions.totals(caller, filters),
        "is_all": bool(request.POST.get("all")),
        "action": action if action in VERBS else Action.APPROVE.value,
        "verb": VERBS.get(action, VERBS["approve"]),
    }
    return render(request, "validation/decide.html", context, status=422 if form.errors else 200)


def _by_subject(holds: Sequence[Hold]) -> list[tuple[Hold, int]]:
    """What orders are held for, each once, and of how many orders that is."""
    counts = Counter(one.subject for one in holds)
    return [(one, counts[one.subject]) for one in {one.subject: one for one in holds}.values()]


def _quick(request: HttpRequest, caller: Caller) -> HttpResponse:
    """A key press in the queue: one order, written at once; answered with the row as it now is."""
    action, reason, evidence = (request.POST.get(name, "") for name in ("action", "reason", "evidence"))
    rows = [Asked(order=one, action=action, reason=reason, evidence=evidence) for one in _orders(request)[:1]]
    try:
        batch = facade.decide(caller, rows, way=Way.PAGE, key=request.POST.get("key", ""))
    except Refused as refused:
        return HttpResponse(str(refused.problems[0].sentence), status=422)
    row = facade.rows(caller, batch.id).items[0]
    return render(request, "validation/parts/decided.html", {"row": row, "batch": batch})


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"action": request.POST.get("action", ""), "key": new_key()}


def _orders(request: HttpRequest) -> list[int]:
    found = (whole(one) for one in request.POST.getlist("order")[:MANY])
    return [one for one in found if one]


def _chosen_filters(request: HttpRequest) -> Filters:
    return conversions.asked_of(QueryDict(request.POST.get("filter", ""))).filters


def _made(request: HttpRequest, caller: Caller, form: DecisionForm) -> BatchView:
    decision, key = form.decision(), form.cleaned_data["key"]
    if request.POST.get("all"):
        return facade.decide_all(caller, _chosen_filters(request), decision, key=key)
    rows = [facade.asked_of(one, decision) for one in _orders(request)]
    name = _("Selected orders")
    return facade.decide(caller, rows, way=Way.SELECTION, name=name, key=key, apply=False)
