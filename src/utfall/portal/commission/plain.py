"""Drafts and changes as plain values: for the log, for what is kept of work in progress, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from utfall.events import Outcome
from utfall.portal.commission.contracts import Change, RuleChange, RuleDraft
from utfall.terms import Condition, Price


def plain(draft: RuleDraft) -> dict[str, Any]:
    """A draft as JSON can hold it."""
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(replace(draft, ends_at=None)))
    built["ends_at"] = draft.ends_at.isoformat() if draft.ends_at else None
    return built


def draft_from(found: Mapping[str, Any]) -> RuleDraft:
    """A draft from its plain form."""
    ends_at = found.get("ends_at")
    return RuleDraft(
        name=found["name"],
        outcome=Outcome(found["outcome"]),
        price=msgspec.convert(found["price"], Price),
        when=msgspec.convert(found.get("when"), Condition | None),
        action=found.get("action") or "",
        group=found.get("group"),
        publisher=found.get("publisher"),
        ends_at=datetime.fromisoformat(ends_at) if ends_at else None,
        rule=found.get("rule"),
    )


def plain_changes(changes: Iterable[RuleChange]) -> list[dict[str, Any]]:
    """What became of rules, without those that stayed as they were."""
    return [
        {
            "change": one.change.value,
            "before": plain(one.before) if one.before else None,
            "after": plain(one.after) if one.after else None,
            "was": one.was,
            "place": one.place,
        }
        for one in changes
        if one.change is not Change.KEPT
    ]


def changes_from(found: Iterable[Mapping[str, Any]]) -> tuple[RuleChange, ...]:
    """What became of rules, from its plain form."""
    return tuple(
        RuleChange(
            change=Change(one["change"]),
            before=draft_from(one["before"]) if one["before"] else None,
            after=draft_from(one["after"]) if one["after"] else None,
            was=one["was"],
            place=one["place"],
        )
        for one in found
    )
