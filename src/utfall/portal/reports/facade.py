"""The one way into reports. Every function asks permission and reaches only what the caller may see."""

from utfall.portal.reports.agreeing import agreement
from utfall.portal.reports.asking import ask, ask_many, rows_within
from utfall.portal.reports.calendar import before, span_of, today, zone_of
from utfall.portal.reports.desk import has_begun
from utfall.portal.reports.differing import differences
from utfall.portal.reports.events import events, receipt_of
from utfall.portal.reports.files import export, fetch, files
from utfall.portal.reports.keeping import all_saved, change, remove, save, saved
from utfall.portal.reports.making import make
from utfall.portal.reports.sending import end_schedule, schedule
from utfall.portal.reports.words import dimensions, metrics

__all__ = [
    "agreement",
    "all_saved",
    "ask",
    "ask_many",
    "before",
    "change",
    "differences",
    "dimensions",
    "end_schedule",
    "events",
    "export",
    "fetch",
    "files",
    "has_begun",
    "make",
    "metrics",
    "receipt_of",
    "remove",
    "rows_within",
    "save",
    "saved",
    "schedule",
    "span_of",
    "today",
    "zone_of",
]
