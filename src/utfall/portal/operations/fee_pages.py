"""The pages of network fees."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Refused
from utfall.portal.look.forms import blame
from utfall.portal.operations import facade
from utfall.portal.operations.forms import FeeForm
from utfall.portal.operations.listed import OPERATE, cursor_of, pages, surroundings
from utfall.portal.programs import facade as programs


@pages.page("operations/fees/", name="fees", **OPERATE)
def fees(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The fee of every program."""
    told = surroundings(caller, "fees") | {
        "rows": facade.fees(caller, words=request.GET.get("q", ""), after=cursor_of(request)),
        "usual": programs.policy().fee_ppm,
    }
    return render(request, "operations/fees.html", told)


@pages.page("operations/fees/<int:program>/", name="fee", methods=("GET", "POST"), **OPERATE)
def fee(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Change the fee of a program, from a moment on."""
    found = facade.fee(caller, program)
    form = FeeForm(request.POST or None, initial={"fee_ppm": found.fee_ppm})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = facade.set_fee(
                caller, program, told["fee_ppm"], effective_from=told["effective_from"], why=told["why"]
            )
        except Refused as refused:
            blame(form, refused)
        else:
            waits = isinstance(made, int)
            messages.success(
                request, _("A second person has to approve it.") if waits else _("The new fee is agreed.")
            )
            return redirect("operations:fees", org=caller.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "operations/fee.html", {"form": form, "fee": found}, status=status)
