"""The operator's pages: every organisation, those that wait, and a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.look.choosing import typed
from utfall.portal.look.forms import blame, say_why
from utfall.portal.people import facade
from utfall.portal.people.contracts import Newcomer
from utfall.portal.people.forms import TenantForm
from utfall.portal.people.listed import back_to, pages

OPERATOR = frozenset({Kind.OPERATOR})
PROPOSED = 20
STATES = ("pending", "active", "suspended", "closed")


@pages.page(
    "organisations/",
    name="tenants",
    needs=Permission.OPERATE,
    kinds=OPERATOR,
    menu=Menu(gettext_lazy("Organisations"), "buildings", 90),
)
def tenants(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Every organisation, found by words, kind and state."""
    asked = request.GET
    kind, state, after = asked.get("kind", ""), asked.get("state", ""), asked.get("after", "")
    found = facade.tenants(
        caller,
        words=asked.get("q", ""),
        kind=Kind(kind) if kind in list(Kind) else None,
        state=state if state in STATES else "",
        after=int(after) if after.isdecimal() else None,
    )
    told = {
        "rows": found,
        "waiting": facade.waiting(caller),
        "approval": facade.approval_is_needed(),
        "kinds": list(Kind),
        "states": STATES,
        "chosen": {"kind": kind, "state": state},
    }
    return render(request, "people/tenants.html", told)


@pages.page("organisations/advertisers/", name="advertisers", needs=Permission.LOOK, kinds=OPERATOR)
def advertisers(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What is proposed to whoever types an advertiser: options of a list."""
    found = facade.find_parties(Kind.ADVERTISER, request.GET.get("advertiser", ""), limit=PROPOSED)
    proposed = [typed((one.number, one.name)) for one in found]
    return render(request, "people/proposed.html", {"proposed": proposed})


@pages.page(
    "organisations/new/",
    name="new_tenant",
    needs=Permission.OPERATE,
    kinds=OPERATOR,
    methods=("GET", "POST"),
)
def new_tenant(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Create an organisation of any kind and invite its first owner."""
    form = TenantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        owner = told.pop("owner_email")
        try:
            made = facade.create_organisation(caller, Newcomer(**{**told, "kind": Kind(told["kind"])}), owner)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Created, and %(email)s is invited.") % {"email": owner})
            return redirect("people:tenant", org=caller.slug, organisation=made.id)
    return render(request, "people/new_tenant.html", {"form": form}, status=422 if form.errors else 200)


@pages.page("organisations/<int:organisation>/", name="tenant", needs=Permission.OPERATE, kinds=OPERATOR)
def tenant(request: HttpRequest, caller: Caller, organisation: int) -> HttpResponse:
    """One organisation: who it is, who works there, whether it may do business."""
    told = {
        "tenant": facade.tenant(caller, organisation),
        "members": facade.members(caller, organisation),
        "invitations": facade.invitations(caller, organisation),
    }
    return render(request, "people/tenant.html", told)


@pages.page(
    "organisations/<int:organisation>/state/",
    name="tenant_state",
    needs=Permission.OPERATE,
    kinds=OPERATOR,
    methods=("POST",),
)
def tenant_state(request: HttpRequest, caller: Caller, organisation: int) -> HttpResponse:
    """Approve, suspend or restore."""
    try:
        match request.POST.get("verb"):
            case "approve":
                facade.approve(caller, organisation)
            case "restore":
                facade.restore(caller, organisation)
            case _:
                facade.suspend(caller, organisation, request.POST.get("why", ""))
        messages.success(request, _("Done."))
    except Refused as refused:
        say_why(request, refused)
    return redirect("people:tenant", org=caller.slug, organisation=organisation)


@pages.page(
    "organisations/approval/",
    name="approval",
    needs=Permission.OPERATE,
    kinds=OPERATOR,
    methods=("POST",),
)
def approval(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Whether newcomers wait for approval."""
    facade.set_approval(caller, request.POST.get("needed") == "yes")
    messages.success(request, _("Saved."))
    return back_to("tenants", caller)
