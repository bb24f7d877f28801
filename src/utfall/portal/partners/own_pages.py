"""A publisher's own programs, what it answers and leaves, and what it tells of itself."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from utfall.portal.access import Caller, Menu, Permission, Refused
from utfall.portal.access.errors import Words
from utfall.portal.look.forms import blame, say_why
from utfall.portal.partners import facade, words
from utfall.portal.partners.chapter import SELLING, go, number_of, pages
from utfall.portal.partners.contracts import ProfileView, State
from utfall.portal.partners.forms import ProfileForm
from utfall.portal.partners.rows import named, owed_in, rows_of, types_words

TABS: tuple[tuple[str, Words, tuple[State, ...]], ...] = (
    ("all", pgettext_lazy("programs", "All"), tuple(State)),
    ("invited", pgettext_lazy("programs", "Invitations"), (State.INVITED,)),
    ("active", pgettext_lazy("programs", "Active"), (State.APPROVED,)),
    ("waiting", pgettext_lazy("programs", "Waiting"), (State.PENDING,)),
    ("paused", pgettext_lazy("programs", "Paused"), (State.PAUSED,)),
    ("ended", pgettext_lazy("programs", "Ended"), words.TABS[-1][2]),
)
PARTS: dict[str, tuple[Words, str]] = {
    "headline": (gettext_lazy("Say in one sentence what you do"), "partners:edit_profile"),
    "description": (
        gettext_lazy("Tell more about your readers, in 80 characters or more"),
        "partners:edit_profile",
    ),
    "audience": (gettext_lazy("Name countries, languages and visitors"), "partners:edit_profile"),
    "categories": (gettext_lazy("Choose your subjects"), "partners:edit_profile"),
    "property": (gettext_lazy("Add a property"), "partners:properties"),
    "verified": (gettext_lazy("Verify a property"), "partners:properties"),
    "listed": (gettext_lazy("Let advertisers find you"), "partners:edit_profile"),
}


@pages.page(
    "my-programs/", name="mine", kinds=SELLING, menu=Menu(gettext_lazy("My programs"), "target-arrow", 11)
)
def mine(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Every program that one is in, has applied to or is invited to, with what comes next."""
    tab = request.GET.get("tab", "all")
    states = next((states for key, _words, states in TABS if key == tab), tuple(State))
    counts = facade.counts(caller)
    found = facade.partnerships(caller, states=states, after=number_of(request, "after"))
    owed = owed_in(caller, [one.program for one in found.items])
    sums = {key: sum(counts[one] for one in states) for key, _words, states in TABS}
    context = {
        "rows": [replace(one, owed=owed.get(one.view.program)) for one in rows_of(caller, found.items)],
        "has_owed": any(one.program in owed for one in found.items),
        "found": found,
        "tab": tab,
        "tabs": [(f"?tab={key}", label, key == tab, sums[key]) for key, label, _states in TABS],
        "is_empty": not any(counts.values()),
        "letters_to_me": len(facade.own_mail_invitations(caller)),
        "may_answer": caller.may(Permission.MANAGE),
    }
    return render(request, "partners/mine.html", context)


@pages.page("my-programs/claim/", name="claim", needs=Permission.MANAGE, kinds=SELLING, methods=("POST",))
def claim(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Take the invitations that were sent to one's own address."""
    taken = facade.claim_own(caller)
    if len(taken) == 1:
        return go(caller, "offer", program=taken[0].program)
    return go(caller, "mine")


@pages.page(
    "my-programs/<int:partnership>/answer/",
    name="answer",
    needs=Permission.MANAGE,
    kinds=SELLING,
    methods=("POST",),
)
def answer(request: HttpRequest, caller: Caller, partnership: int) -> HttpResponse:
    """Accept or decline an invitation."""
    view = facade.partnership(caller, partnership)
    is_yes = request.POST.get("answer") == "accept"
    try:
        facade.answer(caller, partnership, accept=is_yes)
        messages.success(request, _("You are in. Make your first link.") if is_yes else _("Declined."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "offer", program=view.program) if is_yes else go(caller, "mine")


@pages.page(
    "my-programs/<int:partnership>/leave/",
    name="leave",
    needs=Permission.MANAGE,
    kinds=SELLING,
    methods=("POST",),
)
def leave(request: HttpRequest, caller: Caller, partnership: int) -> HttpResponse:
    """Leave a program."""
    try:
        facade.leave(caller, partnership)
        messages.success(request, _("You left. What you earned stays yours."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "mine")


@pages.page(
    "my-programs/applications/<int:application>/withdraw/",
    name="withdraw",
    needs=Permission.MANAGE,
    kinds=SELLING,
    methods=("POST",),
)
def withdraw(request: HttpRequest, caller: Caller, application: int) -> HttpResponse:
    """Take an application back."""
    try:
        facade.withdraw_application(caller, application)
        messages.success(request, _("Your application is withdrawn."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "mine")


@pages.page("profile/", name="profile", kinds=SELLING, menu=Menu(gettext_lazy("Profile"), "id-badge-2", 14))
def profile(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The profile as advertisers see it, and what would make it better."""
    told = facade.showcase(caller, caller.number)
    parts = facade.completeness(caller)
    done = sum(is_done for _key, is_done in parts)
    context: dict[str, Any] = {
        "shown": told,
        "types": types_words(told.promotion_types),
        "done": done,
        "whole": len(parts),
        "missing": [PARTS[key] for key, is_done in parts if not is_done],
        **named(told.profile),
    }
    return render(request, "partners/profile.html", context)


@pages.page(
    "profile/edit/", name="edit_profile", needs=Permission.MANAGE, kinds=SELLING, methods=("GET", "POST")
)
def edit_profile(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Change the profile."""
    standing = facade.profile(caller, caller.number)
    start = {name: getattr(standing, name) for name in ProfileForm.base_fields}
    start["listed"] = standing.listed or not standing.headline
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        told: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in given.items()
        }
        try:
            facade.set_profile(caller, ProfileView(publisher=caller.number, **told))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Saved. This is how advertisers see you."))
            return go(caller, "profile")
    return render(request, "partners/edit_profile.html", {"form": form}, status=422 if form.errors else 200)
