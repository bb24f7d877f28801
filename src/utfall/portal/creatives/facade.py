"""The one way into creatives. Every function asks permission and reaches only what is seen."""

from utfall.portal.creatives.changing import change
from utfall.portal.creatives.reviewing import (
    approve,
    archive,
    may_decide,
    needs_review,
    reject,
    restore,
    submit,
)
from utfall.portal.creatives.showing import choices, count_of, creative, creatives
from utfall.portal.creatives.snippets import snippet
from utfall.portal.creatives.uploading import SENT_AT_MOST, upload, upload_many, write_native, write_text

__all__ = [
    "SENT_AT_MOST",
    "approve",
    "archive",
    "change",
    "choices",
    "count_of",
    "creative",
    "creatives",
    "may_decide",
    "needs_review",
    "reject",
    "restore",
    "snippet",
    "submit",
    "upload",
    "upload_many",
    "write_native",
    "write_text",
]
