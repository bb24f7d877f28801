"""What this app's values mean: scopes, roles, promotion types, spans of time, who needs a second factor."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission, Role
from utfall.portal.access.errors import Words
from utfall.terms import PromotionType

SCOPES: Final[dict[Permission, Words]] = {
    Permission.LOOK: _("Read everything the organisation sees"),
    Permission.MANAGE: _("Change programs, partners, links and creatives"),
    Permission.PRICE: _("Change commission rules and budgets"),
    Permission.MONEY: _("See to invoices and payouts"),
    Permission.TRACK: _("Set up tracking, make and revoke keys"),
    Permission.PEOPLE: _("Invite and remove people"),
    Permission.AUDIT: _("Read the log"),
    Permission.OPERATE: _("Operate the whole installation"),
    Permission.EVENTS: _("Send events: conversions, changes of orders"),
}

ROLES_MEAN: Final[dict[Role, Words]] = {
    Role.OWNER: _("Everything, also people and roles."),
    Role.MANAGER: _("Everything but people and roles."),
    Role.FINANCE: _("Reads all; prices, budgets, invoices, payouts."),
    Role.DEVELOPER: _("Reads all; tracking and API keys."),
    Role.VIEWER: _("Reads all, changes nothing."),
}

PROMOTIONS: Final[dict[str, Words]] = {
    PromotionType.CONTENT.value: _("Content: articles, reviews, social media"),
    PromotionType.EMAIL.value: _("E-mail"),
    PromotionType.PRICE_COMPARISON.value: _("Price comparison"),
    PromotionType.VOUCHER.value: _("Discount codes"),
    PromotionType.CASHBACK.value: _("Cashback"),
    PromotionType.LOYALTY.value: _("Loyalty program"),
    PromotionType.CARD_LINKED.value: _("Card-linked offers"),
    PromotionType.EMPLOYEE_BENEFITS.value: _("Employee benefits"),
    PromotionType.SUB_NETWORK.value: _("Sub-network"),
    PromotionType.DISPLAY.value: _("Display advertising"),
    PromotionType.SEARCH.value: _("Search advertising"),
    PromotionType.RETARGETING.value: _("Retargeting"),
    PromotionType.EXTENSION.value: _("Browser extension"),
}

EXPIRIES: Final[dict[str, Words]] = {
    "30": _("in 30 days"),
    "90": _("in 90 days"),
    "365": _("in a year"),
    "": _("never"),
}

SECOND_FACTORS: Final[dict[str, Words]] = {
    "nobody": _("Nobody: everyone decides for themselves"),
    "money": _("Owners, managers and finance"),
    "everyone": _("Everybody"),
}
