"""Words of partners."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.words import Word


class BanReason(Word):
    """Why a partnership is ended for good."""

    TERMS_VIOLATION = "terms_violation"
    INAPPROPRIATE_CONTENT = "inappropriate_content"
    FAKE_TRAFFIC = "fake_traffic"
    FRAUD = "fraud"
    SPAM = "spam"
    BRAND_ABUSE = "brand_abuse"


class FundedState(Word):
    """Whether a publisher's commission is funded."""

    FUNDED = "funded"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class PartnershipState(Word):
    """Where a partnership stands; only an approved one earns."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    INVITED = "invited"
    DECLINED = "declined"
    PAUSED = "paused"
    BANNED = "banned"
    ARCHIVED = "archived"


class PropertyKind(Word):
    """What a publisher owns."""

    SITE = "site"
    APP = "app"
    SOCIAL = "social"
    NEWSLETTER = "newsletter"
    PODCAST = "podcast"
    OTHER = "other"


class ReapplyRule(Word):
    """Whether somebody who was turned down may ask again: at once, after a while, or never."""

    AT_ONCE = "at_once"
    LATER = "later"
    NEVER = "never"


class RejectionReason(Word):
    """Why an application is turned down."""

    PROMOTION_TYPE = "promotion_type"
    AUDIENCE = "audience"
    CONTENT = "content"
    INCOMPLETE = "incomplete"
    BRAND = "brand"
    FULL = "full"
    OTHER = "other"


__all__ = [
    "BanReason",
    "FundedState",
    "PartnershipState",
    "PropertyKind",
    "ReapplyRule",
    "RejectionReason",
]
