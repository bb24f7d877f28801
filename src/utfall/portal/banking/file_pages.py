"""Pages of bank files: sending one, what each movement was taken for, and money nobody knows the owner of."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.banking import facade
from utfall.portal.banking.chapter import BUYING, OPERATING, go, pages
from utfall.portal.banking.contracts import MovementView, Verdict
from utfall.portal.banking.forms import FileForm, MatchForm, SentBackForm
from utfall.portal.banking.words import VERDICTS
from utfall.portal.look.choosing import Offer
from utfall.portal.look.forms import blame, say_why
from utfall.portal.look.streaming import streamed
from utfall.portal.people import facade as people

ENVELOPE = 64 << 10
"""What a form is larger than the file in it."""


@pages.page(
    "bank/",
    name="index",
    methods=("GET", "POST"),
    takes=facade.BYTES_AT_MOST + ENVELOPE,
    menu=Menu(gettext_lazy("Bank files"), "building-bank", 42, facade.waiting),
    **OPERATING,
)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Send a file, and what came of those before."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            view = facade.import_file(caller, sent.name or "", sent)
        except Refused as refused:
            blame(form, refused)
        else:
            if view.trouble == "imported_before":
                messages.info(request, _("This file was imported before: nothing changed."))
            return go(caller, "file", view.id)
    context = {
        "form": form,
        "files": facade.files(caller, after=whole(request.GET.get("after", ""))),
        "waiting": facade.waiting(caller),
    }
    return render(request, "banking/index.html", context, status=422 if form.errors else 200)


@pages.page("bank/files/<int:bank_file>/", name="file", **OPERATING)
def file(request: HttpRequest, caller: Caller, bank_file: int) -> HttpResponse:
    """A file with a verdict for each of its movements."""
    view = facade.file(caller, bank_file)
    wanted = request.GET.get("verdict", "")
    verdict = Verdict(wanted) if wanted in set(Verdict) else None
    after = whole(request.GET.get("after", ""))
    context = {
        "file": view,
        "found": facade.movements(caller, bank_file, verdict=verdict, after=after),
        "task": facade.reading(caller, view),
        "wanted": wanted if verdict else "",
        "tabs": [(one, VERDICTS[one][0], count) for one, count in view.verdicts],
    }
    return render(request, "banking/file.html", context)


@pages.page("bank/files/<int:bank_file>/go-on/", name="go_on", methods=("POST",), **OPERATING)
def go_on(request: HttpRequest, caller: Caller, bank_file: int) -> HttpResponse:
    """Go on reading a file where it was stopped."""
    try:
        facade.go_on(caller, bank_file)
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "file", bank_file)


@pages.page("bank/files/<int:bank_file>/verdicts/", name="verdicts", **OPERATING)
def verdicts(request: HttpRequest, caller: Caller, bank_file: int) -> HttpResponse:
    """Every movement with its verdict, as a file."""
    return streamed(facade.verdicts_csv(caller, bank_file), f"bank-file-{bank_file}.csv")


@pages.page("bank/suspense/", name="suspense", **OPERATING)
def suspense(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Money that nobody knows the owner of."""
    return _shown(request, caller)


def _shown(
    request: HttpRequest, caller: Caller, wrong: tuple[int, MatchForm | SentBackForm] | None = None
) -> HttpResponse:
    """The page; `wrong` is the form of a movement that was refused."""
    number, refused = wrong or (0, None)
    advertisers = people.advertisers_offered(caller)
    rows = []
    for one in facade.suspense(caller):
        sent = refused if one.id == number else None
        match = sent if isinstance(sent, MatchForm) else _match(one, advertisers)
        back = sent if isinstance(sent, SentBackForm) else SentBackForm(auto_id=f"b{one.id}_%s")
        rows.append((one, match, back))
    return render(request, "banking/suspense.html", {"rows": rows}, status=422 if wrong else 200)


def _match(one: MovementView, advertisers: Offer, sent: QueryDict | None = None) -> MatchForm:
    """Who is proposed can be chosen, wherever they are among all."""
    offered = advertisers
    if one.suggested is not None:
        offered = advertisers.also((one.suggested, one.suggested_name))
    initial = {"advertiser": one.suggested}
    return MatchForm(sent, advertisers=offered, initial=initial, auto_id=f"m{one.id}_%s")


@pages.page("bank/suspense/<int:movement>/", name="match", methods=("POST",), **OPERATING)
def match(request: HttpRequest, caller: Caller, movement: int) -> HttpResponse:
    """Say whose it is."""
    form = _match(facade.movement(caller, movement), people.advertisers_offered(caller), request.POST)
    if not form.is_valid():
        return _shown(request, caller, (movement, form))
    try:
        facade.match(caller, movement, form.cleaned_data["advertiser"], why=form.cleaned_data["why"])
        messages.success(request, _("Matched. It is a deposit within a moment."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "suspense")


@pages.page("bank/suspense/<int:movement>/sent-back/", name="send_back", methods=("POST",), **OPERATING)
def send_back(request: HttpRequest, caller: Caller, movement: int) -> HttpResponse:
    """Say that it was sent back to whoever paid it."""
    form = SentBackForm(request.POST, auto_id=f"b{movement}_%s")
    if not form.is_valid():
        return _shown(request, caller, (movement, form))
    try:
        facade.send_back(caller, movement, why=form.cleaned_data["why"])
        messages.success(request, _("Noted that it was sent back."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "suspense")


@pages.page(
    "pay-in/",
    name="pay_in",
    needs=Permission.MONEY,
    kinds=BUYING,
    menu=Menu(gettext_lazy("Paying in"), "building-bank", 43),
)
def pay_in(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How an advertiser pays in, and what it has paid in."""
    choices = people.advertiser_choices(caller) if caller.kind is Kind.AGENCY else []
    chosen = whole(request.GET.get("advertiser", "")) or (choices[0][0] if choices else None)
    context = {"view": facade.pay_in(caller, chosen), "choices": choices, "chosen": chosen}
    return render(request, "banking/pay_in.html", context)
