"""What the columns of the table of facts are called. Whoever only speaks of them need not load an engine."""

from typing import Final

SUBS: Final = tuple(f"sub{number}" for number in range(1, 11))
TIMES: Final = ("occurred_at", "received_at", "decided_at")
IDS: Final = ("batch", "transaction", "advertiser", "program", "publisher", "group", "link", "rule")
WORDS: Final = (
    *("kind", "source", *SUBS, "channel", "device", "os", "browser", "country"),
    *("customer", "code", "category", "price_model", "status", "verdict", "reason", "currency"),
)
COUNTS: Final = (
    *("impressions", "viewables", "completed_views", "clicks", "leads", "actions", "sales", "installs"),
    *("gross_impressions", "gross_clicks"),
)
AMOUNTS: Final = (
    *("revenue_micros", "cost_micros", "fee_micros"),
    *("commission_pending_micros", "commission_approved_micros", "commission_declined_micros"),
    "imported_cost_micros",
)
MEASURES: Final = (*COUNTS, *AMOUNTS)
