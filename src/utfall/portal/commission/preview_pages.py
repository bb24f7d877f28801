"""What would this have paid: asked, waited for, read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from utfall.portal.access import Caller, Permission, Refused
from utfall.portal.access.roles import BUYERS
from utfall.portal.commission import facade
from utfall.portal.commission.compared import compared
from utfall.portal.commission.editor_pages import ROUTE
from utfall.portal.commission.registry import DOERS, go, pages, show
from utfall.portal.commission.standing import own_program


@pages.page(f"{ROUTE}what-if/", name="ask_preview", needs=Permission.PRICE, kinds=DOERS, methods=("POST",))
def ask_preview(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Ask what the draft would have paid in the last ninety days."""
    own_program(caller, program)
    drafts = [one.draft for one in facade.draft(caller, program).rules]
    try:
        task = facade.preview(caller, program, drafts)
    except Refused as refused:
        messages.warning(request, str(refused.problems[0].sentence))
        return go(caller, "review", program)
    return go(caller, "preview", program, task)


@pages.page(f"{ROUTE}what-if/<int:whatif>/", name="preview", kinds=BUYERS)
def preview(request: HttpRequest, caller: Caller, program: int, whatif: int) -> HttpResponse:
    """How far it is; then before and after, for everybody and each."""
    view = own_program(caller, program)
    found = facade.preview_of(caller, program, whatif)
    shown = compared(caller, view, found) if found.report else None
    return show(request, caller, "preview", view, preview=found, compared=shown)
