"""A network and its customers and publishers, in the countries it works in; and the worked rate."""

from datetime import date

from utfall.papers import Party
from utfall.rates import Rate

NETWORK = Party(
    name="Nätverket AB",
    country="SE",
    known_as="operator",
    town="Östersund",
    street="Storgatan 1",
    postcode="831 30",
    number="5560360793",
    vat="SE556036079301",
    email="faktura@natverket.example",
    registered_as="Godkänd för F-skatt",
)
SWEDISH = Party(
    name="Fjällbutiken AB",
    country="SE",
    known_as="A1",
    town="Åre",
    number="5560125790",
    vat="SE556012579001",
    reference="Anna, marketing",
)
FINNISH = Party(
    name="Kauppa Oy", country="FI", known_as="A2", town="Helsinki", number="20774740", vat="FI20774740"
)
NORWEGIAN = Party(
    name="Bjørns Blogg AS",
    country="NO",
    known_as="P3",
    town="Oslo",
    postcode="0150",
    number="974760673",
    vat="NO974760673MVA",
    registered_as="Foretaksregisteret",
)
PRIVATE = Party(name="Anna Ås", country="SE", known_as="P4", town="Umeå", email="anna@blogg.example")
SWISS = Party(name="Berg GmbH", country="CH", known_as="A5", town="Bern", number="CHE100155212")
RATE = Rate(
    source="ECB",
    day=date(2026, 10, 30),
    currency="NOK",
    into="SEK",
    currency_micros=10_312_000,
    into_micros=10_978_000,
)
