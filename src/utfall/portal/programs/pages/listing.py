"""Lists of programs: the advertiser's own, what waits for the operator, and the operator's rules."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.access.roles import BUYERS, OVERSEERS
from utfall.portal.look.forms import blame
from utfall.portal.people import facade as people
from utfall.portal.programs import facade, words
from utfall.portal.programs.contracts import PolicyView, State
from utfall.portal.programs.forms import PolicyForm
from utfall.portal.programs.pages.registry import go, pages

OPERATORS = frozenset({Kind.OPERATOR})


@pages.page("programs/", name="index", kinds=BUYERS, menu=Menu(gettext_lazy("Programs"), "target-arrow", 10))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The caller's programs, with filters; without any, the way to the first."""
    state, search = request.GET.get("state", ""), request.GET.get("q", "")
    found = facade.programs(
        caller,
        state=State(state) if state in set(State) else None,
        search=search,
        after=_cursor(request),
    )
    counts = facade.counts(caller)
    context = {
        "found": found,
        "names": people.parties(Kind.ADVERTISER, {one.advertiser for one in found.items}),
        "states": [(one.value, label, counts[one]) for one, label in words.STATES.items()],
        "state": state,
        "is_empty": not any(counts.values()),
        "shows_advertiser": caller.kind is not Kind.ADVERTISER,
        "waiting": counts[State.IN_REVIEW] if caller.kind is Kind.OPERATOR else 0,
    }
    return render(request, "programs/index.html", context)


def _cursor(request: HttpRequest) -> int | None:
    text = request.GET.get("after", "")
    return whole(text, digits=14)


@pages.page("programs/review/", name="review", needs=Permission.LOOK, kinds=OVERSEERS)
def review(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What waits for the operator, the longest waiting first."""
    found = facade.programs(caller, state=State.IN_REVIEW, count=200)
    waiting = sorted(found.items, key=lambda one: one.submitted_at or one.created_at)
    names = people.parties(Kind.ADVERTISER, {one.advertiser for one in waiting})
    return render(request, "programs/review.html", {"waiting": waiting, "names": names})


@pages.page(
    "programs/policy/", name="policy", needs=Permission.OPERATE, kinds=OPERATORS, methods=("GET", "POST")
)
def policy(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Whether programs are reviewed, and the usual fee."""
    standing = facade.policy()
    start = {"review_needed": standing.review_needed, "fee": standing.fee_ppm}
    form = PolicyForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            facade.set_policy(caller, PolicyView(review_needed=given["review_needed"], fee_ppm=given["fee"]))
            messages.success(request, _("Saved. It holds for programs that are started from now on."))
            return go(caller, "policy")
        except Refused as refused:
            blame(form, refused)
    return render(request, "programs/policy.html", {"form": form}, status=422 if form.errors else 200)
