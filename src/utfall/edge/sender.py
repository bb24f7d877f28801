"""Who sends a row, and what that entitles to."""

from typing import NamedTuple

from utfall.edge.rows import Refused
from utfall.events import Reason, Source
from utfall.terms import ApiKey


class Sender(NamedTuple):
    """One advertiser, one publisher, or (neither) the operator, who may send everything.

    The last three are what a request shows of the visitor behind it: cookie, address, user agent.
    """

    source: Source
    advertiser: int | None = None
    publisher: int | None = None
    visitor: str | None = None
    address: str | None = None
    agent: str | None = None

    def may_touch(self, advertiser: int, publisher: int) -> bool:
        """Whether clicks and views on a link of these two are theirs to send."""
        return self.advertiser in (None, advertiser) and self.publisher in (None, publisher)

    def may_sell(self, advertiser: int) -> bool:
        """Whether orders, amendments and costs of this advertiser are theirs to send."""
        return self.publisher is None and self.advertiser in (None, advertiser)


def sender_of(key: ApiKey | None, now: int) -> Sender | Refused:
    """Whom a bearer key speaks for; a key that is unknown or expired speaks for nobody."""
    if key is None or (key.expires_at is not None and key.expires_at <= now):
        return Refused(Reason.UNAUTHORISED)
    if key.advertiser is None and key.publisher is None:
        return Refused(Reason.FORBIDDEN)
    return Sender(Source.API, key.advertiser, key.publisher)
