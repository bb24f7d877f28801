"""The edge: what visitors, shops and partners call. Clicks, impressions, postbacks, pixels, batches.

    serve(EdgeConfig(journal_dir=..., ...))     # one process per core, until SIGTERM

It promises: a redirect, a pixel and a verdict are answered only after their event is durable in the
journal; what is refused says why, with a reason from the closed list, and is never answered 200; no address,
user agent or customer key reaches the journal in clear; without consent there is no cookie and no identity,
and the click still counts. Every size is limited and hostile input costs little.

It refuses to know more than a sealed Snapshot and the journal: no database, no Django, no lake. Reading
rows (`intake`, `rows`, `touch_rows`, `order_rows`) knows nothing of HTTP: files are loaded by the same rules.
"""

from utfall.edge.config import EdgeConfig

__all__ = ["EdgeConfig"]
