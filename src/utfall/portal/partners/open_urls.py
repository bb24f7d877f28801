"""Outside of organisations: an invitation into a program, found by the secret of its link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from utfall.portal.access import Caller, Kind, NotFound, Permission
from utfall.portal.partners import facade
from utfall.portal.people import facade as people
from utfall.portal.site import site


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Who invites into what; taken as one of one's publishers, it leads to the offer."""
    asked = facade.mail_invitation_of(secret)
    publishers = _publishers(request)
    if request.method == "POST":
        caller = next((one for one in publishers if one.slug == request.POST.get("as")), None)
        if caller is None:
            raise NotFound
        taken = facade.claim(caller, secret)
        return redirect("partners:offer", org=caller.slug, program=taken.program)
    context = {
        "asked": asked,
        "advertiser": people.party(Kind.ADVERTISER, asked.advertiser),
        "publishers": publishers,
        "sign_up": site().sign_up,
    }
    return render(request, "partners/invitation.html", context)


def _publishers(request: HttpRequest) -> list[Caller]:
    """The publishers for which whoever is signed in may answer."""
    if not request.user.is_authenticated:
        return []
    return [
        one
        for one in people.callers_of(request.user.pk)
        if one.kind is Kind.PUBLISHER and one.may(Permission.MANAGE)
    ]


urlpatterns = [path("invite/program/<str:secret>/", invitation, name="invitation")]
