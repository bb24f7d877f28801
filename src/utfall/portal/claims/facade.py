"""The one way into claims."""

from utfall.portal.claims.clocks import clock, due, records, set_clock
from utfall.portal.claims.deciding import approve, ask, deny, see_to_clocks
from utfall.portal.claims.filing import file, reply, withdraw
from utfall.portal.claims.proofs import proof
from utfall.portal.claims.showing import claim, claims, messages, waiting

__all__ = [
    "approve",
    "ask",
    "claim",
    "claims",
    "clock",
    "deny",
    "due",
    "file",
    "messages",
    "proof",
    "records",
    "reply",
    "see_to_clocks",
    "set_clock",
    "waiting",
    "withdraw",
]
