"""The fields a row may have, per kind: what the reference documents. A test holds it against what is read."""

from typing import Final, NamedTuple


class Field(NamedTuple):
    """One field: its name, its other names, and its words."""

    name: str
    words: str
    also: tuple[str, ...] = ()


_ENVELOPE: Final = (
    Field("kind", "What the row tells of. Required in a batch, and not sent in postbacks and pixels."),
    Field("version", "Version of the row's form: 1, also when left out."),
    Field("id", "Your own id of the event, a UUID in any form. The same id counts once."),
    Field(
        "occurred_at",
        "When it happened: ISO 8601 with an offset, or UTC milliseconds. When left out, now.",
        ("time",),
    ),
)
_CONSENT: Final = Field(
    "consent", "The person's choice: `1` or `granted`, `0` or `denied`. Left out: unknown."
)
_COUNTRY: Final = Field("country", "Country, two letters.")
_OWNER: Final = (
    Field("advertiser", "The advertiser's id. Left out, it is the sender's own."),
    Field("program", "The program's id."),
)
_LINE: Final = (
    Field(
        "amount",
        "Total of the line after discount, without VAT and shipping: `199.50`, at most six decimals.",
    ),
    Field("amount_micros", "The same in millionths, instead of `amount`."),
    Field("sku", "Stock keeping unit."),
    Field("category", "Category, as commission rules name it."),
    Field("quantity", "How many; 1 when left out."),
    Field("discount", "What was taken off, for information."),
    Field("discount_micros", "The same in millionths, instead of `discount`."),
)
_BASKET: Final = Field(
    "lines", "The basket: a list of objects with the fields of a line, instead of one amount."
)
_CLASS: Final = "at most 40 letters, digits, spaces, dots, dashes and underscores."
_TOUCH: Final = (
    *_ENVELOPE,
    Field("link", "The tracking link's key or id. Required."),
    Field("advertiser", "Checked against the link, if sent."),
    Field("program", "Checked against the link, if sent."),
    Field("publisher", "Checked against the link, if sent."),
    _CONSENT,
    Field("visitor", "Your id of the visitor; kept hashed, and only with consent."),
    Field("address", "The visitor's IP address; kept only truncated and hashed."),
    Field("agent", "The visitor's user agent; only its classes are kept."),
    Field("device", f"Class of device, instead of what the user agent says: {_CLASS}"),
    Field("os", "Operating system, likewise."),
    Field("browser", "Browser, likewise."),
    Field("robot", "Name of a robot, likewise."),
    _COUNTRY,
    Field("sub", "Sub-ids as a list of at most ten."),
    *(Field(f"sub{number}", f"Sub-id {number}, at most 100 characters.") for number in range(1, 11)),
)
_IMPRESSION: Final = Field("impression", "Id of the impression that this belongs to.")
_ORDER: Final = Field(
    "order", "Your order reference, at most 50 characters; the same order counts once. Required."
)
_OUTCOME: Final = Field("outcome", "`sale` (when left out), `lead`, `action` or `install`.")

FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    "click": _TOUCH,
    "impression": _TOUCH,
    "viewable": (*_TOUCH, _IMPRESSION),
    "video_progress": (
        *_TOUCH,
        Field("mark", "`start`, `first_quartile`, `midpoint`, `third_quartile` or `complete`. Required."),
        _IMPRESSION,
    ),
    "conversion": (
        *_ENVELOPE,
        *_OWNER,
        _OUTCOME,
        _ORDER,
        Field("currency", "ISO 4217. Required where there is an amount."),
        *_LINE,
        _BASKET,
        Field("action", "Name of the action, where a program pays for several."),
        Field("click", "The click token, or several: a list, or commas between.", ("click_id", "utfall")),
        Field("code", "Promo code."),
        Field("channel", "The channel you credit the order to."),
        Field("customer", "Your customer id or e-mail; kept as a pseudonym, and only with consent."),
        Field("customer_is_new", "`1` for a first order, `0` for a returning customer.", ("new",)),
        _CONSENT,
        Field("visitor", "Your id of the visitor; kept hashed, and only with consent."),
        Field("address", "The buyer's IP address; kept hashed, and sealed with consent."),
        Field("agent", "The buyer's user agent; its class of device is kept, and it is sealed with consent."),
        Field("device", f"Class of device, instead of what the user agent says: {_CLASS}"),
        _COUNTRY,
        Field("checkout_at", "When the checkout began: later clicks cannot take the order over."),
        Field("test", "`1` for a test: shown, and moves no money."),
    ),
    "amendment": (
        *_ENVELOPE,
        *_OWNER,
        _ORDER,
        _OUTCOME,
        Field("action", "`approve`, `decline`, `amend` or `refund`. Required.", ("status",)),
        Field("reason", "Why, from the closed list. Required to decline."),
        Field("evidence", "A reference that proves it, at most 500 characters."),
        *_LINE,
        Field("lines", "The new basket, to amend."),
        Field(
            "changes", "What a refund takes back: a list of `line` (number from 0) and, for a part, `amount`."
        ),
    ),
    "cost": (
        *_ENVELOPE,
        *_OWNER,
        Field("amount", "What it cost. Required."),
        Field("amount_micros", "The same in millionths, instead of `amount`."),
        Field("currency", "ISO 4217. Required."),
        Field("channel", "The channel. Required."),
        Field("campaign", "The campaign."),
    ),
}

PARAMETERS: Final[dict[str, tuple[Field, ...]]] = {
    "/c/": (
        Field("url", "A deep link: a page on the destination's host or one of the link's allowed domains."),
        Field("consent", "`1` granted, `0` denied. Left out: unknown."),
        Field("sub1", "The publisher's own sub-ids, `sub1` to `sub10`, at most 100 characters each."),
    ),
    "/i/": (
        Field(
            "event",
            "`impression` (when left out), `viewable`, or a mark of a video: `start`, `first_quartile`, "
            "`midpoint`, `third_quartile`, `complete`.",
        ),
        Field(
            "impression", "Id of the impression that this belongs to, as the header `utfall-event` told it."
        ),
        Field("consent", "`1` granted, `0` denied. Left out: unknown."),
        Field("sub1", "Sub-ids, as above."),
    ),
    "/s2s/": (
        Field("token", "The secret, where the advertiser has one. Nothing is amended without one."),
        Field(
            "status",
            "`approve`, `decline`, `amend` or `refund`: the call is an amendment, else a conversion. "
            "All other parameters are the fields of that kind.",
        ),
    ),
    "/p/": (
        Field(
            "sent_at",
            "The browser's clock when it sent this, in UTC milliseconds: `checkout_at` is corrected by what "
            "it is wrong by.",
        ),
        Field(
            "cb",
            "Anything, against caches; of the image only. All other parameters are the fields of a "
            "conversion. An advertiser with `accepts_pixel = false` takes none.",
        ),
    ),
}
