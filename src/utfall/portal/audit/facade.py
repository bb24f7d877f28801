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

__all__ = [
    "Proposable",
    "actions",
    "can_decide",
    "changes",
    "check",
    "decide",
    "entries",
    "entry",
    "executor",
    "expire",
    "export_csv",
    "export_lines",
    "hashed_text",
    "kinds",
    "needs_approval",
    "policies",
    "policy",
    "proposal",
    "proposals",
    "propose",
    "record",
    "set_policy",
    "verify",
    "waiting",
    "withdraw",
]
