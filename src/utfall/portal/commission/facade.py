"""The one way into commission rules."""

from utfall.portal.commission.changing import begin_rules, change_rules, needs_approval, planned_change
from utfall.portal.commission.drafts import (
    copy_rule,
    discard,
    draft,
    put_draft,
    remove_rule,
    reorder,
    set_rule,
    undo,
)
from utfall.portal.commission.findings import findings
from utfall.portal.commission.history import revisions
from utfall.portal.commission.naming import choices_of, names_of
from utfall.portal.commission.offered import news_for, offer_for, rules_for_publisher
from utfall.portal.commission.preview import preview, preview_of, previews
from utfall.portal.commission.sealed import adopt, sealed_rules
from utfall.portal.commission.standing import differences, planned, planned_at, rule, rules
from utfall.portal.commission.wording import Names, condition_words, price_words, rule_words

__all__ = [
    "Names",
    "adopt",
    "begin_rules",
    "change_rules",
    "choices_of",
    "condition_words",
    "copy_rule",
    "differences",
    "discard",
    "draft",
    "findings",
    "names_of",
    "needs_approval",
    "news_for",
    "offer_for",
    "planned",
    "planned_at",
    "planned_change",
    "preview",
    "preview_of",
    "previews",
    "price_words",
    "put_draft",
    "remove_rule",
    "reorder",
    "revisions",
    "rule",
    "rule_words",
    "rules",
    "rules_for_publisher",
    "sealed_rules",
    "set_rule",
    "undo",
]
