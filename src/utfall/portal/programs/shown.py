"""From rows to what crosses the border."""

from collections.abc import Sequence
from datetime import datetime

from utfall.events import Outcome
from utfall.portal.access import Caller, Kind
from utfall.portal.programs.contracts import (
    GoalView,
    GroupView,
    LimitView,
    PriceKind,
    ProgramView,
    Question,
    QuestionKind,
    StartingPrice,
    State,
    TermsDraft,
    TermsView,
    Visibility,
)
from utfall.portal.programs.models import Goal, Group, Limit, Program, TermsVersion
from utfall.terms import ChannelPolicy, Measure, Over, Period, PromotionType, Windows


def program_of(row: Program, terms: TermsView, goal: GoalView | None = None) -> ProgramView:
    """A program with the version of its terms that counts now."""
    return ProgramView(
        id=row.pk,
        advertiser=row.advertiser,
        name=row.name,
        tagline=row.tagline,
        website=row.website,
        category=row.category,
        countries=tuple(row.countries),
        currency=row.currency,
        zone=row.zone,
        domains=tuple(row.domains),
        visibility=Visibility(row.visibility),
        state=State(row.state),
        held_by_operator=row.held_by_operator,
        outcome=Outcome(row.outcome),
        preset=row.preset,
        steps=tuple(row.steps),
        questions=tuple(question_of(one) for one in row.questions),
        auto_approve=row.auto_approve,
        terms=terms,
        starting_price=price_of(row),
        goal=goal,
        returned_why=row.returned_why,
        created_at=row.created_at,
        submitted_at=row.submitted_at,
        live_since=row.live_since,
    )


def question_of(stored: dict[str, object]) -> Question:
    """A question as it is stored."""
    choices = stored.get("choices")
    return Question(
        key=str(stored["key"]),
        kind=QuestionKind(str(stored["kind"])),
        words=str(stored["words"]),
        required=bool(stored.get("required", True)),
        choices=tuple(str(one) for one in choices) if isinstance(choices, list) else (),
    )


def stored_question(question: Question) -> dict[str, object]:
    """A question as it is stored."""
    return {
        "key": question.key,
        "kind": question.kind.value,
        "words": question.words,
        "required": question.required,
        "choices": list(question.choices),
    }


def price_of(row: Program) -> StartingPrice | None:
    """The price of the wizard, if one was chosen."""
    if not row.price_kind:
        return None
    return StartingPrice(
        kind=PriceKind(row.price_kind),
        outcome=Outcome(row.outcome),
        currency=row.currency,
        micros=row.price_micros or 0,
        ppm=row.price_ppm or 0,
    )


def terms_of(row: TermsVersion, until: datetime | None = None, *, with_fee: bool = True) -> TermsView:
    """A version of the terms; `until` is when the next one takes over."""
    return TermsView(
        program=row.program_id,
        number=row.number,
        status=State(row.status),
        effective_from=row.effective_from,
        effective_until=until,
        windows=Windows(
            standard=row.standard_seconds,
            incentive=row.incentive_seconds,
            soft=row.soft_seconds,
            view=row.view_seconds,
        ),
        attribution=tuple(row.attribution),
        channels={name: ChannelPolicy(policy) for name, policy in row.channels.items()},
        channel_default=ChannelPolicy(row.channel_default),
        fee_ppm=row.fee_ppm if with_fee else None,
        hold_days=row.hold_days,
        auto_approval_days=row.auto_approval_days,
        max_age_days=row.max_age_days,
        consent_required=row.consent_required,
        recurring_months=row.recurring_months,
        lapsed_after_days=row.lapsed_after_days,
        promotion_types=tuple(PromotionType(one) for one in row.promotion_types),
        text=row.text,
        note=row.note,
        created_at=row.created_at,
        created_by=row.created_by if with_fee else "",
        withdrawn_at=row.withdrawn_at,
        delivery_days=row.delivery_days,
        lock_days=row.lock_days,
    )


def sees_fee(caller: Caller) -> bool:
    """Whether the network's fee concerns them; it is between the advertiser and the operator."""
    return caller.kind is not Kind.PUBLISHER


def draft_of(view: TermsView) -> TermsDraft:
    """A version as a proposal to change and hand back."""
    return TermsDraft(
        windows=view.windows,
        attribution=view.attribution,
        channels=view.channels,
        channel_default=view.channel_default,
        fee_ppm=view.fee_ppm,
        hold_days=view.hold_days,
        auto_approval_days=view.auto_approval_days,
        max_age_days=view.max_age_days,
        consent_required=view.consent_required,
        delivery_days=view.delivery_days,
        lock_days=view.lock_days,
        recurring_months=view.recurring_months,
        lapsed_after_days=view.lapsed_after_days,
        promotion_types=view.promotion_types,
        text=view.text,
    )


def columns_of(draft: TermsDraft) -> dict[str, object]:
    """A proposal as columns of a version; the fee only where it is said."""
    columns: dict[str, object] = {
        "standard_seconds": draft.windows.standard,
        "incentive_seconds": draft.windows.incentive,
        "soft_seconds": draft.windows.soft,
        "view_seconds": draft.windows.view,
        "attribution": list(draft.attribution),
        "channels": {name: policy.value for name, policy in sorted(draft.channels.items())},
        "channel_default": draft.channel_default.value,
        "hold_days": draft.hold_days,
        "auto_approval_days": draft.auto_approval_days,
        "max_age_days": draft.max_age_days,
        "consent_required": draft.consent_required,
        "delivery_days": draft.delivery_days,
        "lock_days": draft.lock_days,
        "recurring_months": draft.recurring_months,
        "lapsed_after_days": draft.lapsed_after_days,
        "promotion_types": [one.value for one in draft.promotion_types],
        "text": draft.text.replace("\r\n", "\n").strip(),
    }
    return columns if draft.fee_ppm is None else {**columns, "fee_ppm": draft.fee_ppm}


def goal_of(row: Goal) -> GoalView:
    """A goal."""
    return GoalView(
        id=row.pk,
        program=row.program_id,
        outcome=Outcome(row.outcome),
        target=row.target,
        max_cost_micros=row.max_cost_micros,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def group_of(row: Group) -> GroupView:
    """A group."""
    return GroupView(
        id=row.pk,
        program=row.program_id,
        name=row.name,
        description=row.description,
        created_at=row.created_at,
    )


def limit_of(row: Limit) -> LimitView:
    """A limit."""
    return LimitView(
        id=row.pk,
        program=row.program_id,
        name=row.name,
        measure=Measure(row.measure),
        period=Period(row.period),
        cap=row.cap,
        over=Over(row.over),
        outcome=Outcome(row.outcome) if row.outcome else None,
        group=row.group_id,
        publisher=row.publisher,
        per_publisher=row.per_publisher,
        is_budget=row.is_budget,
        per_customer=row.per_customer,
        created_at=row.created_at,
    )


def in_order(rows: Sequence[TermsVersion]) -> list[TermsVersion]:
    """The versions that are or will be in force, by the time they take force."""
    dated = [row for row in rows if row.effective_from is not None and row.withdrawn_at is None]
    return sorted(dated, key=lambda row: (row.effective_from, row.number))
