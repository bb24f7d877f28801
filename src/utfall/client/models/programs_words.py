"""Words of programs."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.words import Word


class ChannelPolicy(Word):
    """What a program does with an order that the advertiser credits to a channel."""

    NONE = "none"
    ANY = "any"
    CLICK = "click"
    VIEW = "view"


class LimitMeasure(Word):
    """What a limit counts: what the advertiser owes (commission and fee), the commission, or outcomes."""

    COST = "cost"
    COMMISSION = "commission"
    COUNT = "count"


class LimitOverrun(Word):
    """What happens to an outcome that does not fit whole: it is not paid, or is paid what is left."""

    REFUSE = "refuse"
    CLAMP = "clamp"


class LimitPeriod(Word):
    """The calendar period of a limit, in the program's time zone."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TOTAL = "total"


class Outcome(Word):
    """What an advertiser can pay for."""

    IMPRESSION = "impression"
    VIEWABLE = "viewable"
    VIDEO = "video"
    CLICK = "click"
    LEAD = "lead"
    ACTION = "action"
    SALE = "sale"
    INSTALL = "install"


class PriceKind(Word):
    """The kinds of price that a commission rule can have."""

    SHARE = "share"
    FLAT = "flat"
    PER_UNIT = "per_unit"
    PER_THOUSAND = "per_thousand"


class ProgramPreset(Word):
    """What kind of business a program was started for."""

    SHOP = "shop"
    B2B = "b2b"
    APP = "app"
    LOCAL = "local"
    BLANK = "blank"


class ProgramState(Word):
    """Where a program is in its life; only an active one pays."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class ProgramVisibility(Word):
    """Who may take part: everybody at once, whoever is approved, or only who is invited."""

    PUBLIC = "public"
    APPROVAL = "approval"
    PRIVATE = "private"


class PromotionType(Word):
    """How a publisher promotes."""

    CONTENT = "content"
    EMAIL = "email"
    PRICE_COMPARISON = "price_comparison"
    VOUCHER = "voucher"
    CASHBACK = "cashback"
    LOYALTY = "loyalty"
    CARD_LINKED = "card_linked"
    EMPLOYEE_BENEFITS = "employee_benefits"
    SUB_NETWORK = "sub_network"
    DISPLAY = "display"
    SEARCH = "search"
    RETARGETING = "retargeting"
    EXTENSION = "extension"


class QuestionKind(Word):
    """How a question of the application form is answered."""

    TEXT = "text"
    CHOICE = "choice"
    URL = "url"


__all__ = [
    "ChannelPolicy",
    "LimitMeasure",
    "LimitOverrun",
    "LimitPeriod",
    "Outcome",
    "PriceKind",
    "ProgramPreset",
    "ProgramState",
    "ProgramVisibility",
    "PromotionType",
    "QuestionKind",
]
