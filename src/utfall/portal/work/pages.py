"""Background work in a browser: what is under way, how far it is, and what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Pages, Refused
from utfall.portal.access.paging import whole
from utfall.portal.work import facade

pages = Pages("work")


@pages.page("work/", name="index")
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The organisation's work, newest first."""
    text = request.GET.get("after", "")
    after = whole(text)
    return render(request, "work/index.html", {"rows": facade.tasks(caller, after=after)})


@pages.page("work/<int:work>/", name="task")
def task(request: HttpRequest, caller: Caller, work: int) -> HttpResponse:
    """One piece of work."""
    return render(request, "work/task.html", {"task": facade.task(caller, work)})


@pages.page("work/<int:work>/progress/", name="progress")
def progress(request: HttpRequest, caller: Caller, work: int) -> HttpResponse:
    """How far it is: `{% progress task url %}`, which asks for itself again until it is over."""
    found = facade.task(caller, work)
    answer = render(request, "work/progress.html", {"task": found})
    if found.has_ended and request.headers.get("HX-Request"):
        answer["HX-Refresh"] = "true"
    return answer


@pages.page("work/<int:work>/cancel/", name="cancel", methods=("POST",))
def cancel(request: HttpRequest, caller: Caller, work: int) -> HttpResponse:
    """It is no longer wanted."""
    try:
        facade.cancel(caller, work)
        messages.success(request, _("Cancelled."))
    except Refused as refused:
        messages.warning(request, str(refused.problems[0].sentence))
    return redirect("work:task", org=caller.slug, work=work)
