"""Rows as contracts, drafts as sealed rules: one place for every mapping."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from utfall.events import Outcome
from utfall.portal.access.times import to_ms
from utfall.portal.commission.contracts import RuleDraft, RuleView
from utfall.portal.commission.models import Rule
from utfall.terms import Condition, Price
from utfall.terms import Rule as SealedRule


def view_of(row: Rule) -> RuleView:
    """A rule as others may know it."""
    return RuleView(
        id=row.pk,
        program=row.program,
        advertiser=row.advertiser,
        draft=RuleDraft(
            name=row.name,
            outcome=Outcome(row.outcome),
            price=msgspec.convert(row.price, Price),
            when=msgspec.convert(row.condition, Condition | None),
            action=row.action,
            group=row.group,
            publisher=row.publisher,
            ends_at=row.ends_at,
            rule=row.pk,
        ),
        priority=row.priority,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
        replaces=row.replaces_id,
        created_by=row.created_by,
    )


def in_precedence(views: Iterable[RuleView]) -> list[RuleView]:
    """Rules in the order in which they are tried (docs/algorithms/pricing.md)."""
    return sorted(views, key=lambda view: sealed_draft(view.draft, view.id, view).precedence())


def sealed_draft(draft: RuleDraft, number: int, view: RuleView) -> SealedRule:
    """A draft in the place of a rule that stands."""
    return _sealed(draft, number, view.program, view.priority, view.effective_from)


def sealed_drafts(
    drafts: Sequence[RuleDraft], program: int, effective_from: datetime, first: int = 1
) -> list[SealedRule]:
    """A list of drafts as sealed rules, the first with the highest priority; ids count from `first`."""
    return [
        _sealed(draft, first + place, program, len(drafts) - place, effective_from)
        for place, draft in enumerate(drafts)
    ]


def _sealed(draft: RuleDraft, number: int, program: int, priority: int, start: datetime) -> SealedRule:
    return SealedRule(
        id=number,
        program=program,
        name=draft.name,
        outcome=draft.outcome,
        price=draft.price,
        when=draft.when,
        action=draft.action or None,
        group=draft.group,
        publisher=draft.publisher,
        priority=priority,
        effective_from=to_ms(start),
        effective_until=to_ms(draft.ends_at) if draft.ends_at else None,
    )
