"""The live debugger: a page, the calls that come while it is open, and the test order."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.look.choosing import Offer, found
from utfall.portal.people import facade as people
from utfall.portal.tracking import facade
from utfall.portal.tracking.calls import KINDS
from utfall.portal.tracking.contracts import Chapter, Wanted
from utfall.portal.tracking.listed import OWNING, back_to, number, pages

ORDER_CHARS = 50
TOUCHES = ("click", "impression", "viewable", "video_progress")


@pages.page("tracking/debugger/", name="debugger", menu=Menu(gettext_lazy("Live debugger"), "activity", 71))
def debugger(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What the edge hears, as it hears it."""
    wanted = _wanted(request, caller)
    offer = people.advertisers_offered(caller)
    context = {
        "whose": WhoseForm(initial={"advertiser": wanted.advertiser}, offer=offer),
        "told": facade.calls(caller, wanted=wanted),
        "wanted": wanted,
        "kinds": KINDS if caller.kind is not Kind.PUBLISHER else ("conversion", *TOUCHES),
        "advertisers": people.advertiser_choices(caller),
        "asked": request.GET.urlencode(),
        "found": _found(caller, wanted),
        "may_try": caller.kind in OWNING and caller.may(Permission.EVENTS),
        "setup": _setup(caller, wanted),
    }
    return render(request, "tracking/debugger.html", context)


@pages.page("tracking/debugger/calls/", name="calls")
def calls(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What came since the cursor: new calls, and what was decided about earlier ones."""
    told = facade.calls(caller, request.GET.get("cursor", ""), _wanted(request, caller))
    response = render(request, "tracking/calls.html", {"told": told})
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.page(
    "tracking/test-order/", name="test_order", needs=Permission.EVENTS, kinds=OWNING, methods=("POST",)
)
def test_order(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Send a test order to the edge, as a shop would."""
    wanted = number(request, "advertiser")
    refused = sent = None
    try:
        sent = facade.send_test_order(
            caller,
            advertiser=wanted,
            secret=request.POST.get("secret", ""),
            click=request.POST.get("click", ""),
        )
    except Refused as error:
        refused = error
    if request.headers.get("HX-Request"):
        context = {"sent": sent, "refused": refused}
        return render(request, "tracking/sent.html", context, status=422 if refused else 200)
    if refused is not None:
        raise refused
    messages.success(request, _("The test order is sent."))
    return back_to("debugger", caller, advertiser=wanted)


class WhoseForm(forms.Form):
    """Whose calls are shown: everybody's, where none is chosen."""

    def __init__(self, *args: Any, offer: Offer, **more: Any) -> None:
        super().__init__(*args, **more)
        words = {"placeholder": _("All advertisers"), "aria-label": _("Advertiser")}
        field = offer.field(empty=_("All advertisers"), required=False)
        field.widget.attrs |= {**words, "class": "form-control" if offer.search else "form-select"}
        self.fields["advertiser"] = field
        self.is_choice = offer.is_choice


def _advertiser(request: HttpRequest, caller: Caller) -> int | None:
    """Whose calls are asked for, by number or as it was typed."""
    told = request.GET.get("advertiser", "")
    asked = number(request, "advertiser")
    search = people.advertisers_offered(caller).search if asked is None and told else None
    one = found(search, told) if search else None
    return one[0] if one else asked


def _wanted(request: HttpRequest, caller: Caller) -> Wanted:
    kind, verdict = request.GET.get("kind", ""), request.GET.get("verdict", "")
    return Wanted(
        kind=kind if kind in KINDS else "",
        verdict=verdict if verdict in ("accepted", "refused") else "",
        order=request.GET.get("q", "").strip()[:ORDER_CHARS],
        tests_only=bool(request.GET.get("tests")),
        advertiser=_advertiser(request, caller),
    )


def _found(caller: Caller, wanted: Wanted) -> tuple[Chapter, ...]:
    """The receipts of the order that is looked for, however long ago it was."""
    owners = {wanted.advertiser} if wanted.advertiser is not None else caller.advertisers
    if not wanted.order or len(owners) != 1:
        return ()
    (advertiser,) = owners
    return facade.receipts_of_order(caller, advertiser, wanted.order)


def _setup(caller: Caller, wanted: Wanted) -> object:
    """The advertiser's set-up, where it is clear whose: the test order needs to know of its secret."""
    if caller.kind not in OWNING or (wanted.advertiser is None and len(caller.advertisers) != 1):
        return None
    return facade.setup(caller, wanted.advertiser)
