"""Outside: calls to addresses that people gave us, which must never reach what only this machine can reach.

    fetched = fetch("https://shop.example/feed.xml", Limits(max_bytes=50 << 20), reachable=())

It promises: only http and https, on their usual ports or above 1023; the name is resolved once, every address
of it is checked, and the connection goes to the checked address itself, so a name that changes its mind
changes nothing; each redirect is checked the same way; time and size are limited. It refuses private,
loopback, link-local and reserved networks unless the operator names them in `reachable`. `call` makes one
call of a webhook: it follows no redirect at all and keeps the head of the answer, whatever its status.
"""

from utfall.portal.outside.calling import Answered, call
from utfall.portal.outside.fetching import Fetched, Limits, Unreachable, fetch

__all__ = ["Answered", "Fetched", "Limits", "Unreachable", "call", "fetch"]
