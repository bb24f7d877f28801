"""The one way into funding."""

from utfall.portal.funding.covering import in_order, reached
from utfall.portal.funding.funded import by_program, funded, lately_funded, own_funded
from utfall.portal.funding.settling import follow, settle, settle_now, settlings
from utfall.portal.funding.standing import all_standings, own_standings, standings, within
from utfall.portal.funding.terms import days_of, days_to_pay, history, set_terms, terms_of

__all__ = [
    "all_standings",
    "by_program",
    "days_of",
    "days_to_pay",
    "follow",
    "funded",
    "history",
    "in_order",
    "lately_funded",
    "own_funded",
    "own_standings",
    "reached",
    "set_terms",
    "settle",
    "settle_now",
    "settlings",
    "standings",
    "terms_of",
    "within",
]
