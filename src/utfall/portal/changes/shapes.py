"""What the bodies of changes hold: the reference is written from this, and a test compares what is told."""

from typing import Final, NamedTuple


class Told(NamedTuple):
    """A field of a body: its type, what it says, and which side reads it (both, where it is empty)."""

    name: str
    type: str
    says: str
    reader: str = ""


_DECIDED: Final = (
    Told("conversion", "number", "The order's number here; null where a call was refused before it had one."),
    Told("order", "text", "What the advertiser calls it."),
    Told("outcome", "text", "`sale`, `lead`, `action` or `install`."),
    Told("decision", "text", "What was decided: `conversion`, `merge`, `approve`, `refund`, …"),
    Told("status", "text", "How it stands now: `pending`, `approved`, `payable`, `paid`, `declined`, …"),
    Told("reason", "text", "Why it owes nothing or was refused, as a [reason](reasons.md); or null."),
    Told("because", "text", "The advertiser's reason for a decline, an amendment or a refund; or null."),
    Told("evidence", "text", "What the advertiser said of it; or null."),
    Told("currency", "text", "ISO 4217."),
    Told("is_test", "true or false", "A test order owes nothing."),
)
_AGREED: Final = (
    "By which agreements: `kind` (`split`, `override`, `on_top`), `agreement`, the `publisher` who gets it,"
    " the `child` of whose part it is, `ppm`, and `commission_micros`."
)
_EARNED: Final = Told("commission_micros", "micros", "What stands of it now, not what changed.")
_PAYOUT: Final = Told(
    "payout", "number", "The payout that paid it, or came back; only with these changes.", "publisher"
)
_FEE: Final = Told("fee_micros", "micros", "The network's fee on it.", "advertiser")

SHAPES: Final[dict[str, tuple[Told, ...]]] = {
    "conversion": (
        *_DECIDED,
        Told("method", "text", "`click`, `view`, `code` or `recurring`; null where nobody earned it."),
        Told("click_id", "text", "The click that earned it."),
        Told("subs", "list of texts", "The sub-ids of the link, in their order."),
        Told("code", "text", "The promo code; a publisher reads only one that earned the order."),
        Told("commission_micros", "micros", "All of it for the advertiser, the own part for the publisher."),
        Told("amount_micros", "micros", "The order's value, less what was refunded.", "advertiser"),
        _FEE,
        Told("parties", "list", _AGREED, "advertiser"),
        Told("parts", "list", _AGREED, "publisher"),
        _PAYOUT,
    ),
    "commission": (
        *_DECIDED,
        Told("advertiser", "number", "Whose order it is."),
        Told("commission_micros", "micros", "Your part, as it stands now."),
        Told("parts", "list", _AGREED),
        _PAYOUT,
    ),
    "tier": (
        Told("decision", "text", "`tier`, `tier_approve` or `tier_release`."),
        Told("rule", "number", "The rule with the steps."),
        Told("outcome", "text", "What it pays for."),
        Told("period", "text", "Such as `2026-11`, `2026-Q4`, `2026` or `total`."),
        Told("status", "text", "`pending`, `approved` or `payable`."),
        Told("reason", "text", "The limit that left a part of it waiting; or null."),
        Told("currency", "text", "ISO 4217."),
        _EARNED,
        _FEE,
        Told(
            "tier",
            "object",
            "How it was worked out, as on the receipt: `orders`, `amount_micros` and `commission_micros` of"
            " the period, `start` and `price` of the step reached, `target_micros`, `correction_micros`,"
            " `waiting_micros`. Only with `tier.corrected`.",
        ),
    ),
    "bonus": (
        Told("decision", "text", "`bonus`."),
        Told("because", "text", "`bonus`, `placement` or `clawback`."),
        Told("words", "text", "What it is for."),
        Told("status", "text", "`approved`, or `payable` where it was taken back."),
        Told("currency", "text", "ISO 4217."),
        _EARNED,
        _FEE,
    ),
    "partnership": (
        Told("state", "text", "How the partnership stands now."),
        Told("group", "number", "The partner group; or null."),
        Told("reason", "text", "Why, as a code; or empty."),
    ),
    "claim": (
        Told("claim", "number", "Its number."),
        Told("order", "text", "The order it is about, as the publisher named it."),
        Told("state", "text", "How the claim stands now."),
        Told("finding", "text", "What the search for the order found."),
        Told("denial", "text", "Why it was denied; or null."),
        Told("amount_micros", "micros", "The value that was claimed."),
        Told("currency", "text", "ISO 4217."),
        Told("due_at", "time", "When it is decided by itself."),
    ),
    "quality": (
        Told("finding", "number", "The finding."),
        Told("orders", "list of numbers", "The first of the orders."),
        Told("count", "number", "How many orders it were."),
        Told("did", "text", "What was done with them."),
    ),
    "alert": (
        Told("rule", "number", "The rule that raised it."),
        Told("kind", "text", "What kind of alert it is."),
        Told("sentence", "text", "What happened, in words."),
        Told("facts", "object", "The numbers behind it."),
    ),
    "import": (
        Told("network", "text", "Where it came from."),
        Told("kind", "text", "What was imported."),
        Told("rows", "number", "How many rows."),
        Told("state", "text", "How the import stands now."),
    ),
}
"""The fields of each group of kinds. Of a program a body says what changed, by the names of its terms."""
