"""Prices in steps on a receipt: how an order was priced, and how a correction was worked out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext

from utfall.portal.access import Caller
from utfall.portal.book import facade as book
from utfall.portal.look.formats import money, number
from utfall.portal.tracking.contracts import (
    ReceiptCorrection,
    ReceiptTier,
    ReceiptTierPart,
    ReceiptView,
    StandingCorrection,
)
from utfall.portal.tracking.prices import Rules

Document = Mapping[str, Any]


def tier_of(one: Document, rules: Rules, currency: str) -> ReceiptTier:
    """How one rule priced an order."""
    return ReceiptTier(
        rule=rules.name(one["rule"]),
        rule_number=one["rule"],
        period=one["period"],
        before=_counted(one["measure"], one.get("position"), currency),
        parts=tuple(
            ReceiptTierPart(
                amount_micros=part.get("amount_micros"),
                price=rules.price(part["price"], currency),
                commission_micros=part["commission_micros"],
            )
            for part in one["parts"]
        ),
    )


def correction_of(body: Document, side: Document, rules: Rules) -> ReceiptCorrection | None:
    """The arithmetic of a correction; None where the receipt is about something else."""
    one = side.get("tier")
    if one is None:
        return None
    currency = body["currency"]
    return ReceiptCorrection(
        rule=rules.name(body["rule"]),
        period=one["period"],
        orders=one["orders"],
        amount_micros=one["amount_micros"],
        before=_counted(one["measure"], one.get("position"), currency),
        start=_counted(one["measure"], one["start"], currency),
        price=rules.price(one["price"], currency),
        earned_micros=one["commission_micros"],
        target_micros=one["target_micros"],
        correction_micros=one["correction_micros"],
        waiting_micros=one["waiting_micros"],
    )


def corrections(caller: Caller, publisher: int, found: ReceiptView) -> tuple[StandingCorrection, ...]:
    """What the prices in steps of an order corrected for its publisher in the order's period, as it stands.

    For whoever may read the receipt of the order by the side of its advertiser, or of that publisher.
    """
    rules = Rules(caller, found.program)
    with book.opened() as book_read:
        if book_read is None:
            return ()
        told = [book.correction_of(book_read, one.rule_number, one.period, publisher) for one in found.tiers]
    return tuple(
        StandingCorrection(
            rule=rules.name(row.rule),
            period=row.period,
            status=row.status,
            orders=row.orders,
            commission_micros=row.commission_micros,
            fee_micros=row.fee_micros if found.party == "advertiser" else None,
            receipt=row.receipt,
        )
        for row in told
        if row is not None
    )


def _counted(measure: str, position: int | None, currency: str) -> str:
    """How far a tier has come; empty where that is not to be told."""
    if position is None:
        return ""
    if measure != "orders":
        return money(position, currency)
    return ngettext("%(count)s order", "%(count)s orders", position) % {"count": number(position)}
