"""What kinds, sources, methods and states are called."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.tracking import money_words

KINDS: Final[dict[str, Words]] = {
    "conversion": _("Order"),
    "amendment": _("Change of an order"),
    "click": _("Click"),
    "impression": _("View"),
    "viewable": _("Viewable view"),
    "video_progress": _("Video"),
    "cost": _("Cost"),
    "row": _("Row"),
    "batch": _("Batch"),
}
ICONS: Final[dict[str, str]] = {
    "conversion": "shopping-cart",
    "amendment": "pencil",
    "click": "pointer",
    "impression": "eye",
    "viewable": "eye-check",
    "video_progress": "player-play",
    "cost": "coins",
}
OUTCOMES: Final[dict[str, Words]] = {
    "sale": _("Sale"),
    "lead": _("Lead"),
    "action": _("Action"),
    "install": _("Install"),
    "click": _("Click"),
    "impression": _("View"),
    "viewable": _("Viewable view"),
    "video": _("Video"),
}
ACTIONS: Final[dict[str, Words]] = {
    "approve": _("Approval"),
    "decline": _("Decline"),
    "amend": _("Amended order"),
    "refund": _("Refund"),
    "auto_approve": _("Approved by time"),
    "release": _("Hold ended"),
    "defer": _("Approval deferred"),
    "conversion": _("Order settled"),
    "touches": _("Hour settled"),
    **money_words.KINDS,
    "tier": _("Correction of a tier"),
    "tier_approve": _("Correction approved"),
    "tier_release": _("Correction payable"),
}
SOURCES: Final[dict[str, Words]] = {
    "edge": _("Visitor"),
    "tag": _("JavaScript tag"),
    "pixel": _("Image"),
    "postback": _("Server postback"),
    "api": _("API"),
    "load": _("File"),
    "console": _("Console"),
    "claim": _("Claim"),
    "settlement": _("Settlement"),
}
METHODS: Final[dict[str, Words]] = {
    "postback": _("Server postback"),
    "api": _("API"),
    "browser": _("Tag or image in the browser"),
    "click": _("Clicks on tracking links"),
    "view": _("Views"),
    "code": _("Promo code"),
}
STANDINGS: Final[dict[str, tuple[Words, str]]] = {
    "unpaid": (_("Owes nothing"), "calm"),
    "pending": (_("Commission pending"), "warn"),
    "approved": (_("Commission approved"), "good"),
    "payable": (_("Commission payable"), "good"),
    "declined": (_("Commission declined"), "bad"),
    "reversed": (_("Commission reversed"), "bad"),
    **money_words.STANDINGS,
}
"""Where an order stands, and the tone it is shown in."""
CONSENTS: Final[dict[str, Words]] = {
    "granted": _("Consent given"),
    "denied": _("Consent denied"),
    "unknown": _("Consent not asked"),
}
TOUCHED: Final[dict[str, Words]] = {
    "click": _("Click"),
    "view": _("View"),
    "code": _("Promo code"),
    "recurring": _("Recurring customer"),
}
LIGHTS: Final[dict[str, tuple[Words, str, str]]] = {
    "good": (_("Good"), "good", "circle-check"),
    "warn": (_("Look at this"), "warn", "alert-triangle"),
    "bad": (_("Mend this"), "bad", "alert-circle"),
    "off": (_("Not used"), "calm", "circle-dashed"),
}
REASONS: Final[dict[str, Words]] = {
    "cancelled": _("Cancelled"),
    "returned": _("Returned"),
    "credit_check": _("Credit check"),
    "breach_of_terms": _("Breach of terms"),
    "duplicate": _("Duplicate"),
    "out_of_stock": _("Out of stock"),
    "fraud": _("Fraud"),
    "test": _("Test"),
    "other": _("Other reason"),
}
CLASSES: Final[dict[str, Words]] = {
    "standard": _("full claim"),
    "incentive": _("full claim"),
    "soft": _("soft claim"),
    "view": _("view"),
}
