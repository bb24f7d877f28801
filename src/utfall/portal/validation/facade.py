"""The one way into validation."""

from utfall.portal.validation.batches import (
    AT_ONCE,
    apply,
    asked,
    asked_of,
    decide,
    decide_all,
    discard,
    upload,
)
from utfall.portal.validation.deferring import defer
from utfall.portal.validation.holds import held, holder
from utfall.portal.validation.orders import standing
from utfall.portal.validation.outcomes import follow
from utfall.portal.validation.policies import adopt, policy, set_policy, with_evidence
from utfall.portal.validation.reading import COLUMNS, ROWS_AT_MOST
from utfall.portal.validation.showing import batch, batches, rows, verdicts_csv
from utfall.portal.validation.telling import again, heard, money_id, note_answers, tell
from utfall.portal.validation.workbench import waiting, workbench
from utfall.portal.validation.writing import Written, close, is_written

__all__ = [
    "AT_ONCE",
    "COLUMNS",
    "ROWS_AT_MOST",
    "Written",
    "adopt",
    "again",
    "apply",
    "asked",
    "asked_of",
    "batch",
    "batches",
    "close",
    "decide",
    "decide_all",
    "defer",
    "discard",
    "follow",
    "heard",
    "held",
    "holder",
    "is_written",
    "money_id",
    "note_answers",
    "policy",
    "rows",
    "set_policy",
    "standing",
    "tell",
    "upload",
    "verdicts_csv",
    "waiting",
    "with_evidence",
    "workbench",
]
