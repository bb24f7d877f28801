"""The one way into alerts."""

from utfall.portal.alerts.alerts import acknowledge, alert, alerts, bell, unread
from utfall.portal.alerts.preferences import preferences, set_preferences
from utfall.portal.alerts.rules import change_rule, create_rule, remove_rule, rule, rules, switch_rule

__all__ = [
    "acknowledge",
    "alert",
    "alerts",
    "bell",
    "change_rule",
    "create_rule",
    "preferences",
    "remove_rule",
    "rule",
    "rules",
    "set_preferences",
    "switch_rule",
    "unread",
]
