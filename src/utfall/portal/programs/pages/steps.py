"""The steps of the wizard: for each its form as it is filled in, and how what was typed is saved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.events import Outcome
from utfall.portal.access import Caller, Problem, Refused
from utfall.portal.access.errors import Words
from utfall.portal.programs import facade
from utfall.portal.programs import forms as typed
from utfall.portal.programs.budgets import budgets_of, put_budgets
from utfall.portal.programs.contracts import (
    GoalDraft,
    PriceKind,
    Profile,
    ProgramView,
    Question,
    QuestionKind,
    StartingPrice,
    TermsDraft,
    Visibility,
)
from utfall.portal.programs.countries import NORDIC
from utfall.portal.programs.proposal import proposed_text
from utfall.terms import ChannelPolicy, PromotionType, Windows

Typed = Mapping[str, forms.Form]


class Step(NamedTuple):
    """One step: its words, its forms (unbound without data), and what saves them."""

    key: str
    words: Words
    says: Words
    build: Callable[[Caller, ProgramView, QueryDict | None], Typed]
    save: Callable[[Caller, ProgramView, Typed, QueryDict], None]


def _no_forms(caller: Caller, view: ProgramView, data: QueryDict | None) -> Typed:
    return {}


def _nothing(caller: Caller, view: ProgramView, filled: Typed, data: QueryDict) -> None:
    return None


def profile_initial(profile: Profile) -> dict[str, Any]:
    """What a program says of itself, as its form shows it."""
    return {
        "name": profile.name,
        "tagline": profile.tagline,
        "website": profile.website,
        "category": profile.category,
        "nordic": [code for code in profile.countries if code in NORDIC],
        "others": ", ".join(code for code in profile.countries if code not in NORDIC),
        "domains": "\n".join(profile.domains),
    }


def profile_of(form: typed.ProfileForm, before: Profile) -> Profile:
    """What was typed, as a profile; who may take part stays."""
    given = form.cleaned_data
    website = given["website"] if "://" in given["website"] else f"https://{given['website']}"
    return replace(
        before,
        name=given["name"],
        tagline=given["tagline"],
        website=website,
        category=given["category"],
        countries=form.countries(),
        domains=form.domain_names(),
    )


def _goal_forms(caller: Caller, view: ProgramView, data: QueryDict | None) -> Typed:
    today = timezone.localdate()
    goal = view.goal
    start = {
        "target": goal.target if goal else None,
        "max_cost": goal.max_cost_micros if goal else None,
        "starts_on": goal.starts_on if goal else today,
        "ends_on": goal.ends_on if goal else today + timedelta(days=90),
    }
    return {
        "profile": typed.ProfileForm(data, initial=profile_initial(view.profile)),
        "outcome": typed.OutcomeForm(data, initial={"outcome": view.outcome.value}),
        "goal": typed.GoalForm(data, currency=view.currency, initial=start),
    }


def _save_goal(caller: Caller, view: ProgramView, filled: Typed, data: QueryDict) -> None:
    profile, goal = filled["profile"], filled["goal"].cleaned_data
    assert isinstance(profile, typed.ProfileForm), "built so"
    outcome = Outcome(filled["outcome"].cleaned_data["outcome"])
    facade.describe(caller, view.id, profile_of(profile, view.profile))
    if outcome is not view.outcome:
        facade.set_outcome(caller, view.id, outcome)
    if not goal["target"]:
        if view.goal is not None:
            facade.remove_goal(caller, view.id, view.goal.id)
        return
    if goal["starts_on"] is None or goal["ends_on"] is None:
        raise Refused([Problem("days_needed", _("Say from when until when."), "ends_on")])
    draft = GoalDraft(
        outcome=outcome,
        target=goal["target"],
        starts_on=goal["starts_on"],
        ends_on=goal["ends_on"],
        max_cost_micros=goal["max_cost"],
    )
    facade.set_goal(caller, view.id, draft)


KINDS: Final[dict[Outcome, tuple[PriceKind, ...]]] = {
    Outcome.SALE: (PriceKind.SHARE, PriceKind.FLAT, PriceKind.PER_UNIT),
    Outcome.LEAD: (PriceKind.FLAT,),
    Outcome.ACTION: (PriceKind.FLAT,),
    Outcome.INSTALL: (PriceKind.FLAT,),
    Outcome.CLICK: (PriceKind.FLAT, PriceKind.PER_THOUSAND),
    Outcome.VIEWABLE: (PriceKind.PER_THOUSAND,),
    Outcome.VIDEO: (PriceKind.PER_THOUSAND, PriceKind.FLAT),
    Outcome.IMPRESSION: (PriceKind.PER_THOUSAND,),
}


def _price_forms(caller: Caller, view: ProgramView, data: QueryDict | None) -> Typed:
    price, kinds = view.starting_price, KINDS[view.outcome]
    start = {
        "kind": (price.kind if price else kinds[0]).value,
        "percent": price.ppm if price and price.kind is PriceKind.SHARE else None,
        "amount": price.micros if price and price.kind is not PriceKind.SHARE else None,
    }
    return {"price": typed.PriceForm(data, currency=view.currency, kinds=kinds, initial=start)}


def price_typed(view: ProgramView, form: forms.Form) -> StartingPrice:
    """The price that was typed."""
    given = form.cleaned_data
    return StartingPrice(
        kind=PriceKind(given["kind"]),
        outcome=view.outcome,
        currency=view.currency,
        micros=given["amount"] or 0,
        ppm=given["percent"] or 0,
    )


def _save_price(caller: Caller, view: ProgramView, filled: Typed, data: QueryDict) -> None:
    try:
        facade.set_starting_price(caller, view.id, price_typed(view, filled["price"]))
    except Refused as refused:
        # The facade speaks of the price; the form has a field for each kind.
        is_share = filled["price"].cleaned_data["kind"] == PriceKind.SHARE
        places = {"price": "percent" if is_share else "amount", "price_kind": "kind"}
        raise Refused(
            [one._replace(field=places.get(one.field, one.field)) for one in refused.problems]
        ) from refused


def tracking_initial(terms: TermsDraft) -> dict[str, Any]:
    """Tracking as its form shows it."""
    return {
        "standard": terms.windows.standard,
        "incentive": terms.windows.incentive,
        "soft": terms.windows.soft,
        "view": terms.windows.view,
        "attribution": ",".join(terms.attribution),
        "channel_default": terms.channel_default.value,
        "max_age_days": terms.max_age_days,
        "consent_required": terms.consent_required,
        "recurring_months": terms.recurring_months,
        "lapsed_after_days": terms.lapsed_after_days,
    }


def _tracking_forms(caller: Caller, view: ProgramView, data: QueryDict | None) -> Typed:
    terms = facade.draft_of(view.terms)
    form = typed.TrackingForm(data, own=terms.attribution, initial=tracking_initial(terms))
    return {"tracking": form}


def tracking_typed(form: forms.Form, data: QueryDict, before: TermsDraft) -> TermsDraft:
    """Terms with the tracking that was typed."""
    given = form.cleaned_data
    return replace(
        before,
        windows=Windows(**{name: given[name] for name in ("standard", "incentive", "soft", "view")}),
        attribution=tuple(given["attribution"].split(",")),
        channels=channels_typed(data),
        channel_default=ChannelPolicy(given["channel_default"]),
        max_age_days=given["max_age_days"],
        consent_required=given["consent_required"],
        recurring_months=given["recurring_months"] or 0,
        lapsed_after_days=given["lapsed_after_days"],
    )


def channels_typed(data: QueryDict) -> dict[str, ChannelPolicy]:
    """The rows of channels that have a name."""
    named = zip(data.getlist("channel"), data.getlist("policy"), strict=False)
    known = {policy.value for policy in ChannelPolicy}
    return {name.strip(): ChannelPolicy(policy) for name, policy in named if name.strip() and policy in known}


def _save_tracking(caller: Caller, view: ProgramView, filled: Typed, data: QueryDict) -> None:
    terms = tracking_typed(filled["tracking"], data, facade.draft_of(view.terms))
    facade.draft_terms(caller, view.id, terms)


def _partners_forms(caller: Caller, view: ProgramView, data: QueryDict | None) -> Typed:
    start = {
        "visibility": view.visibility.value,
        "promotion_types": [one.value for one in view.terms.promotion_types],
        "auto_approve": view.auto_approve,
    }
    return {"partners": typed.PartnersForm(data, initial=start)}


def _save_partners(caller: Caller, view: ProgramView, filled: Typed, data: QueryDict) -> None:
    given = filled["partners"].cleaned_data
    types = tuple(PromotionType(one) for one in given["promotion_types"])
    profile = replace(
        view.profile,
        visibility=Visibility(given["visibility"]),
        auto_approve=given["auto_approve"],
        questions=questions_typed(data),
    )
    facade.describe(caller, view.id, profile)
    facade.draft_terms(caller, view.id, replace(facade.draft_of(view.terms), promotion_types=types))


def questions_typed(data: QueryDict) -> tuple[Question, ...]:
    """The rows of questions that ask something."""
    names = ("question", "question_kind", "question_choices", "question_required")
    rows = zip(*(data.getlist(name) for name in names), strict=False)
    return tuple(
        Question(
            key=f"q{place}",
            kind=QuestionKind(kind) if kind in set(QuestionKind) else QuestionKind.TEXT,
            words=" ".join(asked.split()),
            required=required == "yes",
            choices=tuple(one.strip() for one in options.split(",") if one.strip())
            if kind == QuestionKind.CHOICE
            else (),
        )
        for place, (asked, kind, options, required) in enumerate(rows, 1)
        if asked.strip()
    )


def _money_forms(caller: Caller, view: ProgramView, data: QueryDict | None) -> Typed:
    start = {
        "auto_approval_days": view.terms.auto_approval_days,
        "hold_days": view.terms.hold_days,
        "delivery_days": view.terms.delivery_days,
        "lock_days": view.terms.lock_days,
        **budgets_of(caller, view),
    }
    return {"money": typed.MoneyForm(data, currency=view.currency, initial=start)}


def _save_money(caller: Caller, view: ProgramView, filled: Typed, data: QueryDict) -> None:
    given = filled["money"].cleaned_data
    terms = replace(
        facade.draft_of(view.terms),
        auto_approval_days=given["auto_approval_days"],
        hold_days=given["hold_days"],
        delivery_days=given["delivery_days"],
        lock_days=given["lock_days"],
    )
    facade.draft_terms(caller, view.id, terms)
    put_budgets(caller, view, given)


def _text_forms(caller: Caller, view: ProgramView, data: QueryDict | None) -> Typed:
    start = {"text": view.terms.text or proposed_text(view)}
    return {"text": typed.TextForm(data, initial=start)}


def _save_text(caller: Caller, view: ProgramView, filled: Typed, data: QueryDict) -> None:
    terms = replace(facade.draft_of(view.terms), text=filled["text"].cleaned_data["text"])
    facade.draft_terms(caller, view.id, terms)


STEPS: Final = (
    Step(
        "goal",
        _("Goal"),
        _("What you sell, what counts as success, and how much of it."),
        _goal_forms,
        _save_goal,
    ),
    Step("price", _("Price"), _("What a publisher earns for it."), _price_forms, _save_price),
    Step(
        "tracking",
        _("Tracking"),
        _("For how long a click counts, and who is paid when several took part."),
        _tracking_forms,
        _save_tracking,
    ),
    Step(
        "partners",
        _("Partners"),
        _("Who may promote you, and how they come in."),
        _partners_forms,
        _save_partners,
    ),
    Step(
        "money",
        _("Budget"),
        _("When an outcome is approved and paid, and where spending stops."),
        _money_forms,
        _save_money,
    ),
    Step(
        "text",
        _("Terms"),
        _("What publishers may and may not do, in your own words."),
        _text_forms,
        _save_text,
    ),
    Step(
        "review", _("Review"), _("Everything in sentences, before anybody else sees it."), _no_forms, _nothing
    ),
)
KEYS: Final = tuple(step.key for step in STEPS)
