"""An assistant's way into a portal: the Model Context Protocol over standard input and output.

    utfall mcp    # a host such as a desktop assistant starts it, with UTFALL_API_KEY and
    UTFALL_PORTAL_URL

It promises to be nothing but a client of the REST API with one key: the same scopes, the same reach, the same
limits and the same audit log as any other program with that key, and no second way into a database. It
listens on no port. Amounts are decimals with their currency, never micros, so that nobody reads them a
million times too large. A refusal comes back with its reason code, a sentence and how to mend it.

It refuses to change anything at once. Every change is rehearsed first: the first call says in words and
amounts what would happen and changes nothing; only a second call with the token of that rehearsal, which
works once, for ten minutes, for exactly the same arguments and while nothing has moved meanwhile, does it
(`rehearsals`).

    desk        whose key it is, the client, and what is remembered between two calls
    tools       what a tool is: a function whose signature becomes its schema
    plain       answers in words that are hard to misread
    server      the protocol
    the rest    tools by noun, what can be read, and questions that are often asked

See `docs/guides/mcp.md`.
"""

from utfall.mcp.desk import Desk, Verify, sit_down
from utfall.mcp.server import serve

__all__ = ["Desk", "Verify", "serve", "sit_down"]
