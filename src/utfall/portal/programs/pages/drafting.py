"""The wizard: from a kind of business to a program that is handed in, one step at a time."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, Refused
from utfall.portal.look.choosing import Offer
from utfall.portal.look.forms import blame
from utfall.portal.people import facade as people
from utfall.portal.programs import facade, sentences, words
from utfall.portal.programs.contracts import Preset, ProgramView, QuestionKind, State
from utfall.portal.programs.examples import course_of, example_of
from utfall.portal.programs.forms import StartForm
from utfall.portal.programs.pages.registry import DOERS, go, pages
from utfall.portal.programs.pages.steps import KEYS, STEPS, Step, Typed, price_typed
from utfall.portal.programs.presets import PRESETS

PLACES = {"SE": ("SEK", "Europe/Stockholm"), "NO": ("NOK", "Europe/Oslo"), "DK": ("DKK", "Europe/Copenhagen")}
EURO = ("EUR", "Europe/Helsinki")


@pages.page("programs/new/", name="new", needs=Permission.MANAGE, kinds=DOERS, methods=("GET", "POST"))
def new(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What kind of business is it? The answer fills in the rest."""
    advertisers = _advertisers(caller)
    form = StartForm(request.POST or None, advertisers=advertisers, initial=_usual(caller))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            view = facade.create_draft(
                caller,
                name=given["name"],
                currency=given["currency"],
                zone=given["zone"],
                preset=_preset(given["preset"]),
                advertiser=given.get("advertiser"),
                website=_website(caller, given.get("advertiser")),
            )
            return go(caller, "draft", program=view.id, step="goal")
        except Refused as refused:
            blame(form, refused)
    chosen = form["preset"].value() or Preset.SHOP.value
    context = {"form": form, "presets": PRESETS.items(), "chosen": chosen}
    return render(request, "programs/new.html", context, status=422 if form.errors else 200)


def _preset(text: str) -> Preset:
    return Preset(text) if text in set(Preset) else Preset.BLANK


def _advertisers(caller: Caller) -> Offer | None:
    """Whom an agency or the operator can do this for."""
    return None if caller.kind is Kind.ADVERTISER else people.advertisers_offered(caller)


def _usual(caller: Caller) -> dict[str, str]:
    country = people.organisation(caller).country
    currency, zone = PLACES.get(country, EURO if country else PLACES["SE"])
    return {"currency": currency, "zone": zone}


def _website(caller: Caller, advertiser: int | None) -> str:
    number = advertiser or caller.advertiser()
    return people.party(Kind.ADVERTISER, number).website


@pages.page(
    "programs/<int:program>/draft/<slug:step>/",
    name="draft",
    needs=Permission.MANAGE,
    kinds=DOERS,
    methods=("GET", "POST"),
)
def draft(request: HttpRequest, caller: Caller, program: int, step: str) -> HttpResponse:
    """One step; what is saved stays saved, whatever comes next."""
    view, here = _drafted(caller, program), _step(step)
    if view.state is not State.DRAFT:
        return go(caller, "program", program=program)
    filled = here.build(caller, view, request.POST if request.method == "POST" else None)
    if request.method == "POST" and _save(caller, view, here, filled, request.POST):
        if "leave" in request.POST:
            messages.success(request, _("Saved. Go on whenever you like."))
            return go(caller, "program", program=program)
        return go(caller, "draft", program=program, step=KEYS[min(KEYS.index(step) + 1, len(KEYS) - 1)])
    context = _context(caller, view, here, filled, request.POST)
    wrong = any(form.errors for form in filled.values())
    return render(request, f"programs/draft_{here.key}.html", context, status=422 if wrong else 200)


def _drafted(caller: Caller, program: int) -> ProgramView:
    view = facade.program(caller, program)
    if caller.kind is Kind.PUBLISHER:
        raise NotFound
    return view


def _step(key: str) -> Step:
    for step in STEPS:
        if step.key == key:
            return step
    raise NotFound


def _save(caller: Caller, view: ProgramView, step: Step, filled: Typed, data: QueryDict) -> bool:
    """Whether it could be saved; what is wrong stands at the fields then."""
    if not all([form.is_valid() for form in filled.values()]):  # noqa: C419  # every form says what is wrong
        return False
    try:
        with transaction.atomic():
            step.save(caller, view, filled, data)
            facade.saved_step(caller, view.id, step.key)
    except Refused as refused:
        for problem in refused.problems:
            fitting = next((form for form in filled.values() if problem.field in form.fields), None)
            blame(fitting or next(iter(filled.values())), Refused([problem]))
        return False
    return True


def _context(caller: Caller, view: ProgramView, step: Step, filled: Typed, data: QueryDict) -> dict[str, Any]:
    place = KEYS.index(step.key) + 1
    links = [(one.words, reverse("programs:draft", args=[caller.slug, view.id, one.key])) for one in STEPS]
    return {
        "program": view,
        "step": step,
        "place": place,
        "before": KEYS[place - 2] if place > 1 else "",
        "steps": links,
        "forms": filled,
        **filled,
        **_extras(caller, view, step, data),
    }


def _extras(caller: Caller, view: ProgramView, step: Step, data: QueryDict) -> dict[str, Any]:
    """What a step shows beside its form."""
    match step.key:
        case "goal":
            return {"outcomes": _described(words.OUTCOMES, words.ABOUT_OUTCOMES), "many": words.MANY}
        case "price":
            price = view.starting_price
            found = example_of(price, view.terms.fee_ppm or 0) if price else None
            return {"example": found, "price_view": price}
        case "tracking":
            rows = list(zip(data.getlist("channel"), data.getlist("policy"), strict=False))
            rows = rows or [(name, policy.value) for name, policy in view.terms.channels.items()]
            return {
                "channels": [*rows, *[("", "none")] * 2],
                "policies": [(one.value, label) for one, label in words.CHANNEL_POLICIES.items()],
            }
        case "partners":
            return {
                "visibilities": _described(words.VISIBILITIES, words.ABOUT_VISIBILITIES),
                "questions": [*view.questions, None, None],
                "question_kinds": [(kind.value, sentences.QUESTION_KINDS[kind]) for kind in QuestionKind],
            }
        case "money":
            return {"course": course_of(view.terms.auto_approval_days, view.terms.hold_days)}
        case "review":
            return {
                "sections": sentences.sections(caller, view),
                "gaps": facade.gaps(view),
                "reviewed": facade.policy().review_needed,
            }
    return {}


def _described(named: Any, about: Any) -> list[tuple[str, Any, Any]]:
    return [(one.value, label, about[one]) for one, label in named.items()]


@pages.page(
    "programs/<int:program>/draft-example/<slug:step>/", name="example", needs=Permission.LOOK, kinds=DOERS
)
def example(request: HttpRequest, caller: Caller, program: int, step: str) -> HttpResponse:
    """What the choices on the screen would pay, while they are made."""
    view, here = _drafted(caller, program), _step(step)
    filled = here.build(caller, view, request.GET)
    good = all([form.is_valid() for form in filled.values()])  # noqa: C419  # cleaned data of each is needed
    context: dict[str, Any] = {"program": view, "good": good}
    if good and here.key == "price":
        context["example"] = example_of(price_typed(view, filled["price"]), view.terms.fee_ppm or 0)
    if good and here.key == "money":
        given = filled["money"].cleaned_data
        context["course"] = course_of(given["auto_approval_days"], given["hold_days"])
    return render(request, "programs/parts/example.html", context)


@pages.page(
    "programs/<int:program>/submit/", name="submit", needs=Permission.MANAGE, kinds=DOERS, methods=("POST",)
)
def submit(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Hand the draft in."""
    try:
        view = facade.submit(caller, program)
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, str(problem.sentence))
        return go(caller, "draft", program=program, step="review")
    if view.state is State.ACTIVE:
        messages.success(request, _("The program is live. Publishers can see it now."))
    else:
        messages.success(request, _("Handed in. The operator reviews it and you hear by e-mail."))
    return go(caller, "program", program=program)
