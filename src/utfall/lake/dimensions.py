"""Every dimension, once: name, where its value comes from, and words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from utfall.lake.metrics import Words
from utfall.lake.names import SUBS


class Origin(StrEnum):
    """Where a dimension's value comes from.

    `id` and `word` are columns as they are stored. `currency` is the fact's, or that of its program where
    the fact carries no money. A `clock` value is read off a clock in the program's own time zone.
    """

    ID = "id"
    WORD = "word"
    CURRENCY = "currency"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension."""

    name: str
    origin: Origin
    words: Words
    description: str


_ID, _WORD, _CLOCK = Origin.ID, Origin.WORD, Origin.CLOCK
_TABLE: Final[list[tuple[str, Origin, tuple[str, str, str], str]]] = [
    (
        "hour",
        _CLOCK,
        ("Timme", "Time", "Hour"),
        "Hour of the outcome with its offset: 2026-10-25T02:00+02:00.",
    ),
    ("day", _CLOCK, ("Dag", "Dag", "Day"), "Calendar day of the outcome."),
    ("week", _CLOCK, ("Vecka", "Uke", "Week"), "ISO week of the outcome: 2026-W47."),
    ("month", _CLOCK, ("Månad", "Måned", "Month"), "Month of the outcome: 2026-11."),
    ("program", _ID, ("Program", "Program", "Program"), "The program."),
    ("advertiser", _ID, ("Annonsör", "Annonsør", "Advertiser"), "Who pays."),
    ("publisher", _ID, ("Publicist", "Publisist", "Publisher"), "Who is paid."),
    (
        "group",
        _ID,
        ("Partnergrupp", "Partnergruppe", "Partner group"),
        "The publisher's group in the program.",
    ),
    ("link", _ID, ("Länk", "Lenke", "Link"), "The tracking link or placement."),
    *(
        (
            name,
            _WORD,
            (f"Underid {place}", f"Underid {place}", f"Sub-id {place}"),
            "The publisher's own sub-id.",
        )
        for place, name in enumerate(SUBS, start=1)
    ),
    (
        "channel",
        _WORD,
        ("Kanal", "Kanal", "Channel"),
        "The channel of the link, the order or the imported cost.",
    ),
    ("device", _WORD, ("Enhet", "Enhet", "Device"), "Class of device."),
    ("os", _WORD, ("Operativsystem", "Operativsystem", "Operating system"), "Operating system."),
    ("browser", _WORD, ("Webbläsare", "Nettleser", "Browser"), "Browser."),
    ("country", _WORD, ("Land", "Land", "Country"), "The visitor's country."),
    (
        "customer",
        _WORD,
        ("Kund", "Kunde", "Customer"),
        "A `new` or `returning` customer; empty where unknown.",
    ),
    ("code", _WORD, ("Rabattkod", "Rabattkode", "Code"), "The promo code used."),
    ("category", _WORD, ("Kategori", "Kategori", "Category"), "The category of the basket line."),
    ("rule", _ID, ("Provisionsregel", "Provisjonsregel", "Rule"), "The commission rule that set the price."),
    (
        "price_model",
        _WORD,
        ("Prismodell", "Prismodell", "Price model"),
        "What was paid for: cpm, vcpm, cpc, cps, …",
    ),
    ("status", _WORD, ("Status", "Status", "Status"), "The order's status after the decision."),
    ("verdict", _WORD, ("Utfall", "Utfall", "Verdict"), "Whether the event was `accepted` or `refused`."),
    ("reason", _WORD, ("Skäl", "Årsak", "Reason"), "Why it was refused or left unpaid."),
    ("kind", _WORD, ("Händelse", "Hendelse", "Kind"), "The kind of event or decision."),
    ("source", _WORD, ("Källa", "Kilde", "Source"), "How the event reached us."),
    (
        *("currency", Origin.CURRENCY, ("Valuta", "Valuta", "Currency")),
        "The fact's currency, or its program's where it carries no money.",
    ),
]

DIMENSIONS: Final[dict[str, Dimension]] = {
    name: Dimension(name, origin, Words(*words), description) for name, origin, words, description in _TABLE
}
