"""The front door: on to one's organisation, or what this is and how to come in."""

from typing import Any, Final

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from utfall.portal.access import Caller
from utfall.portal.home import demo
from utfall.portal.people.facade import callers_of
from utfall.portal.site import site

VISITED: Final = "organisation"
"""Where a session keeps the organisation whose home was opened last."""


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Home, for whoever has one; `?choose` shows all the organisations one may act for."""
    if not request.user.is_authenticated:
        return render(request, "home/landing.html", _doors(request))
    callers = callers_of(request.user.pk)
    wanted = None if "choose" in request.GET else _last(request, callers)
    if wanted is not None:
        return redirect("home:index", org=wanted.slug)
    return render(request, "home/choose.html", {"callers": callers, **_doors(request)})


def _last(request: HttpRequest, callers: list[Caller]) -> Caller | None:
    """The organisation visited last, or the only one."""
    slug = request.session.get(VISITED)
    found = next((caller for caller in callers if caller.slug == slug), None)
    return found or (callers[0] if len(callers) == 1 else None)


def _doors(request: HttpRequest) -> dict[str, Any]:
    """The ways in: by account, and in the demo as anybody."""
    return {"sides": demo.sides() if site().demo else [], "sign_up": site().sign_up}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How it works, for whoever wants to know before trusting it with money."""
    return render(request, "home/about.html")


@require_safe
def licence(request: HttpRequest) -> HttpResponse:
    """Under which terms one may use this, and whose work it stands on."""
    return render(request, "home/licence.html")


@require_POST
def demo_sign_in(request: HttpRequest, user: int) -> HttpResponse:
    """Sign in as somebody of the demo; there is no such page anywhere else."""
    person = demo.person(user) if site().demo else None
    if person is None:
        raise Http404
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session.pop(VISITED, None)
    return HttpResponseRedirect("/", status=303)
