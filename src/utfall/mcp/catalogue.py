"""All tools, by noun."""

from typing import Final

from utfall.mcp import claims, feed, links, orders, partners, programs, quality, reports, validation
from utfall.mcp.tools import Tools

TOOLS: Final = Tools(
    feed.tools,
    reports.tools,
    orders.tools,
    validation.tools,
    quality.tools,
    programs.tools,
    partners.tools,
    links.tools,
    claims.tools,
)
"""In the order in which they are listed."""
