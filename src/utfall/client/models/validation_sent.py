"""What the operations of validation take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.validation import DecisionAction, DeclineReason


class DecidedLineSent(Struct, frozen=True, kw_only=True):
    """One line of an order."""

    line: int
    """Its place in the order, from 1."""
    amount_micros: int | UnsetType | None = UNSET
    """Left out: the whole line (refunds only)."""


class DecisionSent(Struct, frozen=True, kw_only=True):
    """One decision about one order."""

    id: int | UnsetType | None = UNSET
    """Our number of the order; or give `order`."""
    order: str | UnsetType = UNSET
    """Your reference of the order."""
    order_date: str | UnsetType = UNSET
    """The day it was placed, `2026-01-31` by the program's clock; tells orders apart."""
    date: str | UnsetType = UNSET
    """The same; `order_date` goes before."""
    outcome: str | UnsetType = UNSET
    """Where a sale and a lead have the same reference."""
    action: DecisionAction
    reason: DeclineReason | UnsetType | None = UNSET
    """Needed to decline and to refund."""
    evidence: str | UnsetType = UNSET
    """What happened; the partner reads it."""
    amount_micros: int | UnsetType | None = UNSET
    """Amend: what the order comes to now. Refund: what is taken back."""
    currency: str | UnsetType = UNSET
    """Checked against the order's, where given."""
    lines: Sequence[DecidedLineSent] | UnsetType = UNSET
    despite_hold: str | UnsetType = UNSET
    """Why an order is approved though it is held; recorded."""


class DecisionsSent(Struct, frozen=True, kw_only=True):
    """Decisions that are made together."""

    rows: Sequence[DecisionSent]
    advertiser: int | UnsetType | None = UNSET
    """Whose orders; needed where you act for several."""
    apply: bool | UnsetType = UNSET
    """False: only judge; nothing is written until it is applied. Left out: True."""
    name: str | UnsetType = UNSET


class EvidencePolicySent(Struct, frozen=True, kw_only=True):
    """For which reasons evidence is asked for."""

    reasons: Sequence[DeclineReason]


class MatchingDecisionSent(Struct, frozen=True, kw_only=True):
    """The same decision for every order that fits a filter."""

    filter: str
    """As the list of conversions has it in its address: `status=pending&program=7`."""
    action: DecisionAction
    reason: DeclineReason | UnsetType | None = UNSET
    """Needed to decline and to refund."""
    evidence: str | UnsetType = UNSET
    despite_hold: str | UnsetType = UNSET
    """Why held orders are approved, too; left out: they are refused."""
    advertiser: int | UnsetType | None = UNSET
    apply: bool | UnsetType = UNSET
    """True: write the good rows without another call. Left out: False."""


__all__ = [
    "DecidedLineSent",
    "DecisionSent",
    "DecisionsSent",
    "EvidencePolicySent",
    "MatchingDecisionSent",
]
