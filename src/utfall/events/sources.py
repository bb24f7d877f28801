"""How events reach us."""

from enum import StrEnum


class Source(StrEnum):
    """How an event reached us. `tag` is the JavaScript tag, `pixel` an image in a page; events of November
    2026 and before say `pixel` of both. `console` is a decision made in the portal, `claim` the award of a
    claim.
    """

    EDGE = "edge"
    TAG = "tag"
    PIXEL = "pixel"
    POSTBACK = "postback"
    API = "api"
    LOAD = "load"
    CONSOLE = "console"
    CLAIM = "claim"
