"""The only way into the log and the approvals."""

from utfall.portal.audit.chain import record, verify
from utfall.portal.audit.entries import (
    actions,
    changes,
    check,
    entries,
    entry,
    export_csv,
    export_lines,
    hashed_text,
)
from utfall.portal.audit.policy import (
    Proposable,
    executor,
    kinds,
    needs_approval,
    policies,
    policy,
    set_policy,
)
from utfall.portal.audit.proposals import (
    can_decide,
    decide,
    expire,
    proposal,
    proposals,
    propose,
    waiting,
    withdraw,
)
from utfall.portal.audit.sentences import Deed, Named, action_words, deeds, is_told, named, thing, told

__all__ = [
    "Deed",
    "Named",
    "Proposable",
    "action_words",
    "actions",
    "can_decide",
    "changes",
    "check",
    "decide",
    "deeds",
    "entries",
    "entry",
    "executor",
    "expire",
    "export_csv",
    "export_lines",
    "hashed_text",
    "is_told",
    "kinds",
    "named",
    "needs_approval",
    "policies",
    "policy",
    "proposal",
    "proposals",
    "propose",
    "record",
    "set_policy",
    "thing",
    "told",
    "verify",
    "waiting",
    "withdraw",
]
