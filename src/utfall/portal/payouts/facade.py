"""The one way into payouts."""

from utfall.portal.payouts.batches import discard, due, first_day, prepare, take_out, verdicts
from utfall.portal.payouts.coming_back import came_back, came_back_count
from utfall.portal.payouts.details import (
    ask,
    details,
    payout_currencies,
    resume,
    set_account,
    set_wishes,
    stop,
)
from utfall.portal.payouts.earning import commissions, earnings, sums
from utfall.portal.payouts.judgements import DueShow, due_days, due_page, due_sums, known_sums
from utfall.portal.payouts.outcomes import ends_of, note, note_by_hand
from utfall.portal.payouts.outcomes import follow as follow_outcomes
from utfall.portal.payouts.rate_standing import exchange_rates, fetch_rates_now, give_rates, old_rates
from utfall.portal.payouts.releasing import follow as follow_releases
from utfall.portal.payouts.releasing import release
from utfall.portal.payouts.sending import bank_file, names_in_file, send
from utfall.portal.payouts.showing import (
    batch,
    batches,
    number_of,
    payout,
    payouts,
    payouts_of_batch,
)

__all__ = [
    "DueShow",
    "ask",
    "bank_file",
    "batch",
    "batches",
    "came_back",
    "came_back_count",
    "commissions",
    "details",
    "discard",
    "due",
    "due_days",
    "due_page",
    "due_sums",
    "earnings",
    "ends_of",
    "exchange_rates",
    "fetch_rates_now",
    "first_day",
    "follow_outcomes",
    "follow_releases",
    "give_rates",
    "known_sums",
    "names_in_file",
    "note",
    "note_by_hand",
    "number_of",
    "old_rates",
    "payout",
    "payout_currencies",
    "payouts",
    "payouts_of_batch",
    "prepare",
    "release",
    "resume",
    "send",
    "set_account",
    "set_wishes",
    "stop",
    "sums",
    "take_out",
    "verdicts",
]
