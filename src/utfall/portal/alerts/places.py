"""Where one looks closer: the page that shows what an alert is about, for whoever reads."""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from utfall.portal.alerts.contracts import Kind
from utfall.portal.alerts.models import Alert
from utfall.portal.alerts.silence import CLICKS


def place_of(alert: Alert, slug: str) -> str:
    """The page's address within the portal; nothing where the reader has no pages."""
    if not slug:
        return ""
    page, route, asked = _page(alert)
    try:
        address = reverse(page, kwargs={"org": slug, **route})
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(asked)}" if asked else address


def _page(alert: Alert) -> tuple[str, dict[str, int], dict[str, Any]]:
    """A page, what its address names, and what is asked of it."""
    match Kind(alert.kind):
        case Kind.SILENT if alert.subject == CLICKS:
            # Whose clicks stopped: the last week, by partner and day.
            week = {"m": "clicks", "by": "publisher", "pivot": "day", "days": "last_7"}
            return "reports:index", {}, {**week, "is.program": alert.program}
        case Kind.SILENT:
            return "tracking:debugger", {}, {}
        case Kind.QUALITY:
            return "quality:finding", {"finding": alert.facts["finding"]}, {}
        case Kind.CREDIT:
            return "finance:advertiser", {"advertiser": alert.advertiser or 0}, {}
        case Kind.OVERDUE:
            return "invoices:papers", {}, {"standing": "overdue", "party": alert.advertiser}
        case Kind.REMINDER if alert.facts["what"] == "claims":
            asked = {"state": "open", "program": alert.program, "due_to": alert.facts["until"]}
            return "claims:index", {}, asked
        case Kind.REMINDER:
            return "validation:queue", {}, {"program": alert.program, "silence_to": alert.facts["until"]}
    if alert.program is None or alert.publisher is not None:
        return "reports:index", {}, {}
    page = "programs:limits" if alert.kind == Kind.BUDGET else "programs:program"
    return page, {"program": alert.program}, {}
