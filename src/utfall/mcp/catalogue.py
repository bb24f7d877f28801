"""All tools, by noun."""

from typing import Final

from utfall.mcp import (
    claims,
    exports,
    feed,
    limits,
    links,
    orders,
    partners,
    programs,
    quality,
    reports,
    rules,
    validation,
    webhooks,
)
from utfall.mcp.tools import Tools

TOOLS: Final = Tools(
    feed.tools,
    reports.tools,
    exports.tools,
    orders.tools,
    validation.tools,
    quality.tools,
    programs.tools,
    rules.tools,
    limits.tools,
    partners.tools,
    links.tools,
    claims.tools,
    webhooks.tools,
)
"""In the order in which they are listed."""
