"""The operations of overview."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator
from datetime import date
from typing import Literal

from utfall.client.models.overview import ListedOverviewViewAnswer, OverviewAnswer, OverviewViewAnswer
from utfall.client.models.overview_sent import OverviewViewChanged, OverviewViewSent
from utfall.client.reading import each
from utfall.client.transport import Calls

DaysWord = Literal[
    "today",
    "yesterday",
    "last_7",
    "last_14",
    "last_30",
    "last_90",
    "this_month",
    "last_month",
    "this_quarter",
    "this_year",
    "custom",
]


class Overview:
    """Overview."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def overview(
        self,
        *,
        days: DaysWord | None = None,
        first: date | None = None,
        last: date | None = None,
        against: Literal["period", "year", "nothing"] | None = None,
        program: int | None = None,
        currency: str | None = None,
        metric: str | None = None,
        other: str | None = None,
    ) -> OverviewAnswer:
        """How it goes, at a glance. Figures with their change, metrics over time, the funnel, the ranking,
        goals and budgets.
        """
        return self._calls.call(
            "GET",
            "/overview",
            OverviewAnswer,
            query={
                "days": days,
                "first": first,
                "last": last,
                "against": against,
                "program": program,
                "currency": currency,
                "metric": metric,
                "other": other,
            },
        )

    def views(self, *, after: int | None = None, limit: int | None = None) -> ListedOverviewViewAnswer:
        """Views kept. Your views and those shared with you, newest first."""
        return self._calls.call(
            "GET", "/overview/views", ListedOverviewViewAnswer, query={"after": after, "limit": limit}
        )

    def each_views(self, *, limit: int | None = None) -> Iterator[OverviewViewAnswer]:
        """Views kept. All of them, part by part."""
        return each(lambda after: self.views(after=after, limit=limit))

    def add_view(self, body: OverviewViewSent, *, idempotency_key: str | None = None) -> OverviewViewAnswer:
        """Keep a view. Keep a view under a name, for yourself or for your organisation."""
        return self._calls.call("POST", "/overview/views", OverviewViewAnswer, body=body, key=idempotency_key)

    def view(self, saved_view: int) -> OverviewViewAnswer:
        """One view. One view that you keep, or that is shared with you."""
        return self._calls.call("GET", f"/overview/views/{saved_view}", OverviewViewAnswer)

    def change_view(
        self, saved_view: int, body: OverviewViewChanged, *, idempotency_key: str | None = None
    ) -> OverviewViewAnswer:
        """Change a view. Rename it, share it, or keep something else under its name."""
        return self._calls.call(
            "PATCH", f"/overview/views/{saved_view}", OverviewViewAnswer, body=body, key=idempotency_key
        )

    def remove_view(self, saved_view: int, *, idempotency_key: str | None = None) -> None:
        """Remove a view. Remove it; it opens first for nobody any more."""
        self._calls.call("DELETE", f"/overview/views/{saved_view}", type(None), key=idempotency_key)

    def open_first(self, saved_view: int, *, idempotency_key: str | None = None) -> None:
        """Open a view first. Let it open first; refused for keys that belong to no person."""
        self._calls.call("PUT", f"/overview/views/{saved_view}/first", type(None), key=idempotency_key)
