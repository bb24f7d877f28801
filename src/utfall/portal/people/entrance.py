"""The ways in: signing up, joining by invitation, and setting up a second factor where one is asked for."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.signup import complete_signup, prevent_enumeration
from allauth.decorators import rate_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from utfall.portal.access import Kind, NotFound, Refused
from utfall.portal.look.forms import blame
from utfall.portal.people import facade
from utfall.portal.people.contracts import Account, Newcomer
from utfall.portal.people.forms import JoinForm, OrganisationForm, SignUpForm
from utfall.portal.people.models import User
from utfall.portal.site import site

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@rate_limit(action="signup")  # type: ignore[untyped-decorator]
def sign_up(request: HttpRequest) -> HttpResponse:
    """Found an advertiser or a publisher; who is signed in adds one to those they have."""
    if not site().sign_up:
        return render(request, "people/sign_up_closed.html", status=403)
    known = request.user if isinstance(request.user, User) else None
    kind = request.GET.get("as", Kind.ADVERTISER.value)
    made = OrganisationForm if known is not None else SignUpForm
    form = made(request.POST or None, initial={"kind": kind, "country": _likely_country()})
    if request.method == "POST" and form.is_valid():
        try:
            return _signed_up(request, form, known)
        except Refused as refused:
            blame(form, refused)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "people/sign_up.html", {"form": form, "known": known}, status=status)


def _signed_up(request: HttpRequest, form: OrganisationForm, known: User | None) -> HttpResponse:
    told = form.cleaned_data
    newcomer = Newcomer(
        kind=Kind(told["kind"]),
        name=told["name"],
        website=told["website"],
        country=told["country"],
        promotion_type=told["promotion_type"],
    )
    if known is not None:
        return redirect("home:index", org=facade.sign_up(newcomer, known.pk).organisation.slug)
    try:
        made = facade.sign_up(newcomer, _account(form, told["email"]))
    except Refused as refused:
        if [problem.code for problem in refused.problems] != ["account_exists"]:
            raise
        # The same page and a letter to the owner of the address: a stranger learns nothing.
        return _answer(prevent_enumeration(request, email=told["email"]))
    return _welcome(request, made.user, made.organisation.slug)


@require_http_methods(["GET", "POST"])
@rate_limit(action="signup")  # type: ignore[untyped-decorator]
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation: signed in with the invited address, or as somebody new."""
    asked = facade.invitation_of(secret)
    known = request.user if isinstance(request.user, User) else None
    form = JoinForm(request.POST or None)
    if request.method == "POST" and known is not None:
        return redirect("home:index", org=facade.accept(secret, user=known.pk).slug)
    if request.method == "POST" and not asked.has_account and form.is_valid():
        try:
            caller = facade.accept(secret, account=_account(form, asked.email))
        except Refused as refused:
            blame(form, refused)
        else:
            return _welcome(request, caller.user or 0, caller.slug)
    told = {"asked": asked, "form": form, "known": known, "matches": known and known.email == asked.email}
    return render(request, "people/invitation.html", told, status=UNPROCESSABLE if form.errors else 200)


def second_factor_needed(request: HttpRequest, org: str) -> HttpResponse:
    """An organisation asks for more than a password, and this user has no more."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    found = next((one for one in facade.callers_of(request.user.pk) if one.slug == org), None)
    if found is None:
        raise NotFound
    if facade.profile(request.user.pk).has_second_factor:
        return redirect("home:index", org=org)
    return render(request, "people/second_factor_needed.html", {"name": found.name})


def _welcome(request: HttpRequest, user: int, slug: str) -> HttpResponse:
    """Sign in whoever just chose a password, once the address is known to be theirs."""
    person = User.objects.get(pk=user)
    record_authentication(request, person, method="password", email=person.email)
    home = reverse("home:index", kwargs={"org": slug})
    return _answer(complete_signup(request, user=person, redirect_url=home))


def _account(form: OrganisationForm | JoinForm, email: str) -> Account:
    told = form.cleaned_data
    return Account(email=email, name=told["person"], password=told["password"], language=get_language() or "")


def _likely_country() -> str:
    return {"sv": "SE", "nb": "NO"}.get(get_language() or "", "")


def _answer(found: object) -> HttpResponse:
    assert isinstance(found, HttpResponse)
    return found
