"""What crosses the border of the changes app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words

Body = Mapping[str, Any]


class Kind(StrEnum):
    """What can change. A kind never changes its meaning and is never removed; `SENTENCES` explains each."""

    CONVERSION_RECORDED = "conversion.recorded"
    CONVERSION_COMPLETED = "conversion.completed"
    CONVERSION_APPROVED = "conversion.approved"
    CONVERSION_DECLINED = "conversion.declined"
    CONVERSION_AMENDED = "conversion.amended"
    CONVERSION_REFUNDED = "conversion.refunded"
    CONVERSION_PAYABLE = "conversion.payable"
    CONVERSION_DEFERRED = "conversion.deferred"
    CONVERSION_PAID_OUT = "conversion.paid_out"
    CONVERSION_PAYOUT_RETURNED = "conversion.payout_returned"
    CONVERSION_REFUSED = "conversion.refused"
    COMMISSION_RECORDED = "commission.recorded"
    COMMISSION_COMPLETED = "commission.completed"
    COMMISSION_APPROVED = "commission.approved"
    COMMISSION_DECLINED = "commission.declined"
    COMMISSION_AMENDED = "commission.amended"
    COMMISSION_REFUNDED = "commission.refunded"
    COMMISSION_PAYABLE = "commission.payable"
    COMMISSION_DEFERRED = "commission.deferred"
    COMMISSION_PAID_OUT = "commission.paid_out"
    COMMISSION_PAYOUT_RETURNED = "commission.payout_returned"
    TIER_CORRECTED = "tier.corrected"
    TIER_APPROVED = "tier.approved"
    TIER_PAYABLE = "tier.payable"
    BONUS_GRANTED = "bonus.granted"
    BONUS_TAKEN_BACK = "bonus.taken_back"
    PARTNERSHIP_APPLIED = "partnership.applied"
    PARTNERSHIP_WITHDRAWN = "partnership.withdrawn"
    PARTNERSHIP_APPROVED = "partnership.approved"
    PARTNERSHIP_REJECTED = "partnership.rejected"
    PARTNERSHIP_INVITED = "partnership.invited"
    PARTNERSHIP_DECLINED = "partnership.declined"
    PARTNERSHIP_MOVED = "partnership.moved"
    PARTNERSHIP_PAUSED = "partnership.paused"
    PARTNERSHIP_BANNED = "partnership.banned"
    PARTNERSHIP_ENDED = "partnership.ended"
    PROGRAM_STATE = "program.state"
    PROGRAM_TERMS = "program.terms"
    PROGRAM_RULES = "program.rules"
    CLAIM_FILED = "claim.filed"
    CLAIM_ASKED = "claim.asked"
    CLAIM_ANSWERED = "claim.answered"
    CLAIM_APPROVED = "claim.approved"
    CLAIM_DENIED = "claim.denied"
    CLAIM_WITHDRAWN = "claim.withdrawn"
    QUALITY_HELD = "quality.held"
    QUALITY_RELEASED = "quality.released"
    ALERT_RAISED = "alert.raised"
    ALERT_ENDED = "alert.ended"
    IMPORT_DONE = "import.done"
    IMPORT_UNDONE = "import.undone"


SENTENCES: Final[dict[Kind, Words]] = {
    Kind.CONVERSION_RECORDED: _("An order was recorded, with or without a commission."),
    Kind.CONVERSION_COMPLETED: _("A later call about an order added something to it."),
    Kind.CONVERSION_APPROVED: _(
        "An order was approved, by the advertiser or because nobody objected in time."
    ),
    Kind.CONVERSION_DECLINED: _("The advertiser declined an order, with a reason."),
    Kind.CONVERSION_AMENDED: _("The advertiser replaced the lines of an order; it was priced again."),
    Kind.CONVERSION_REFUNDED: _("An order was refunded, wholly or in part; its commission followed."),
    Kind.CONVERSION_PAYABLE: _("The hold of an approved order ended: its commission can be paid out."),
    Kind.CONVERSION_DEFERRED: _("The approval of an order waits until its item can no longer be returned."),
    Kind.CONVERSION_PAID_OUT: _("The commission of an order was paid out."),
    Kind.CONVERSION_PAYOUT_RETURNED: _(
        "The payout of an order's commission came back: it is to be paid again."
    ),
    Kind.CONVERSION_REFUSED: _("A call about an order was refused at settlement, with a reason."),
    Kind.COMMISSION_RECORDED: _(
        "An order that another publisher won has a part for you, by a split or as its parent."
    ),
    Kind.COMMISSION_COMPLETED: _("A later call added something to an order in which you have a part."),
    Kind.COMMISSION_APPROVED: _("An order in which you have a part was approved."),
    Kind.COMMISSION_DECLINED: _("An order in which you have a part was declined, with a reason."),
    Kind.COMMISSION_AMENDED: _("An order in which you have a part was priced again, and so was your part."),
    Kind.COMMISSION_REFUNDED: _("An order in which you have a part was refunded; your part followed."),
    Kind.COMMISSION_PAYABLE: _("Your part in an order can be paid out: its hold ended."),
    Kind.COMMISSION_DEFERRED: _(
        "The approval of an order in which you have a part waits until its item can no longer be returned."
    ),
    Kind.COMMISSION_PAID_OUT: _("Your part in an order was paid out."),
    Kind.COMMISSION_PAYOUT_RETURNED: _(
        "The payout of your part in an order came back: it is to be paid again."
    ),
    Kind.TIER_CORRECTED: _(
        "A retroactive price in steps reached another step: what was paid before was corrected."
    ),
    Kind.TIER_APPROVED: _(
        "The correction of a price in steps was approved: its period is over, and nobody objected."
    ),
    Kind.TIER_PAYABLE: _("The correction of a price in steps can be paid out: its hold ended."),
    Kind.BONUS_GRANTED: _("A bonus or a fixed fee for a placement was granted."),
    Kind.BONUS_TAKEN_BACK: _("A bonus was taken back."),
    Kind.PARTNERSHIP_APPLIED: _("A publisher applied to a program."),
    Kind.PARTNERSHIP_WITHDRAWN: _("A publisher withdrew an application, or an advertiser an invitation."),
    Kind.PARTNERSHIP_APPROVED: _("A publisher became a partner of a program, or one again."),
    Kind.PARTNERSHIP_REJECTED: _("An advertiser rejected an application."),
    Kind.PARTNERSHIP_INVITED: _("An advertiser invited a publisher to a program."),
    Kind.PARTNERSHIP_DECLINED: _("A publisher declined an invitation."),
    Kind.PARTNERSHIP_MOVED: _("A partner was moved to another group."),
    Kind.PARTNERSHIP_PAUSED: _("A partnership was paused."),
    Kind.PARTNERSHIP_BANNED: _("A partner was banned from a program."),
    Kind.PARTNERSHIP_ENDED: _("A partnership ended."),
    Kind.PROGRAM_STATE: _("A program went live, was paused, resumed or closed."),
    Kind.PROGRAM_TERMS: _("A program published new terms."),
    Kind.PROGRAM_RULES: _("A program's commission rules changed."),
    Kind.CLAIM_FILED: _("A publisher filed a claim for a missing order."),
    Kind.CLAIM_ASKED: _("The advertiser asked for more about a claim."),
    Kind.CLAIM_ANSWERED: _("The publisher answered a question about a claim."),
    Kind.CLAIM_APPROVED: _("A claim was approved, by the advertiser or because nobody answered in time."),
    Kind.CLAIM_DENIED: _("The advertiser denied a claim, with a reason."),
    Kind.CLAIM_WITHDRAWN: _("The publisher withdrew a claim."),
    Kind.QUALITY_HELD: _("Orders were held for review."),
    Kind.QUALITY_RELEASED: _("Held orders were released, or declined, after review."),
    Kind.ALERT_RAISED: _("An alert was raised: a metric crossed what its rule allows."),
    Kind.ALERT_ENDED: _("An alert ended: its metric is back to what its rule allows."),
    Kind.IMPORT_DONE: _("An import from another network was done."),
    Kind.IMPORT_UNDONE: _("An import from another network was undone."),
}
"""What each kind means, for people."""

FOR_PARTNERS: Final = frozenset({Kind.PROGRAM_STATE, Kind.PROGRAM_TERMS, Kind.PROGRAM_RULES})
"""Changes of a program that all its partners may read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A change as its reader may see it."""

    id: int
    at: datetime
    kind: Kind
    subject: str
    advertiser: int | None
    publisher: int | None
    program: int | None
    receipt: int | None
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change to be told. `proof` is the hash of the receipt that decided it: it is told once only.

    `publisher_body`: what the publisher reads, where that is not the advertiser's `body`.
    """

    kind: Kind
    subject: str
    at: datetime
    body: Body
    advertiser: int | None = None
    publisher: int | None = None
    program: int | None = None
    publisher_body: Body | None = None
    receipt: int | None = None
    proof: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Told):
    """A change with its cursor and with both sides, for what works for both (webhooks, alerts)."""

    id: int


@dataclass(frozen=True, slots=True)
class Feed:
    """Changes after a cursor, oldest first. `following` is the cursor to go on from, whether there is more or
    not.
    """

    items: Sequence[ChangeView]
    following: int
    is_end: bool
