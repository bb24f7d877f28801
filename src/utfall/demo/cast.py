"""Who takes part in the demo market: three advertisers, forty publishers, who promotes what. All invented."""

from typing import Final, NamedTuple

from utfall.demo.seasons import Trade
from utfall.events import Outcome
from utfall.terms import PromotionType

SHOP, SERVICE, APP = 101, 102, 103
"""The programs."""


class Seller(NamedTuple):
    """An advertiser and its one program. `prefix` begins its order references."""

    advertiser: int
    name: str
    program: int
    program_name: str
    trade: Trade
    outcome: Outcome
    currency: str
    zone: str
    country: str
    site: str
    prefix: str
    key: str
    """Its key of the API, in clear: everybody can read the demo's secrets in its source."""


SELLERS: Final = (
    Seller(
        *(1, "Fjällbutiken", SHOP, "Fjällbutiken Sverige", Trade.SHOP, Outcome.SALE, "SEK"),
        *("Europe/Stockholm", "SE", "https://fjallbutiken.example/", "FJALL", "demo-fjallbutiken"),
    ),
    Seller(
        *(2, "Balansera", SERVICE, "Balansera Bokföring", Trade.SERVICE, Outcome.LEAD, "SEK"),
        *("Europe/Stockholm", "SE", "https://balansera.example/prova", "BAL", "demo-balansera"),
    ),
    Seller(
        *(3, "Turvenn", APP, "Turvenn-appen", Trade.APP, Outcome.INSTALL, "NOK"),
        *("Europe/Oslo", "NO", "https://turvenn.example/last-ned", "TUR", "demo-turvenn"),
    ),
)
SELLER: Final = {one.program: one for one in SELLERS}


class Partner(NamedTuple):
    """A publisher: how it promotes, what it says of itself, and its clicks a day in each program."""

    number: int
    name: str
    kind: PromotionType
    site: str
    visitors: int
    headline: str
    clicks: dict[int, float]
    code: str | None = None


_P: Final = PromotionType
PARTNERS: Final = (
    Partner(
        *(11, "Friluftsbloggen", _P.CONTENT, "friluftsbloggen", 120_000),
        *("Walks with a tent, tested gear, and where the path ends", {SHOP: 7.5, APP: 2.0}, "FRILUFT10"),
    ),
    Partner(
        *(12, "Cashbacka", _P.CASHBACK, "cashbacka", 900_000),
        *("Money back on what our members buy anyway", {SHOP: 6.5}),
    ),
    Partner(
        *(13, "SparaKnappen", _P.EXTENSION, "sparaknappen", 210_000),
        *("A button that knows what the shop pays back", {SHOP: 2.2}),
    ),
    Partner(
        *(14, "Kodkungen", _P.VOUCHER, "kodkungen", 410_000),
        *("Codes that work, and none that do not", {SHOP: 5.0}, "KUNG10"),
    ),
    Partner(
        *(15, "Prisfyren", _P.PRICE_COMPARISON, "prisfyren", 650_000),
        *("Prices of four hundred shops, side by side", {SHOP: 6.0}),
    ),
    Partner(
        *(16, "Morgonbladet", _P.DISPLAY, "morgonbladet", 1_300_000),
        *("The morning paper of the west coast", {SHOP: 3.0}),
    ),
    Partner(
        *(17, "Helgbrevet", _P.EMAIL, "helgbrevet", 86_000),
        *("A letter on Fridays about where to go on Saturdays", {SHOP: 3.2, APP: 1.6}),
    ),
    Partner(
        *(18, "Stilstegen", _P.CONTENT, "stilstegen", 95_000),
        *("Clothes that last, worn by people who walk in them", {SHOP: 5.0}),
    ),
    Partner(
        *(19, "Tilda Wahlgren", _P.CONTENT, "tildawahlgren", 184_000),
        *("One wardrobe, four seasons, on film every Sunday", {SHOP: 4.0}, "TILDA20"),
    ),
    Partner(
        *(20, "Garderob med Moa", _P.CONTENT, "garderobmedmoa", 22_000),
        *("What I wear, and what I sent back", {SHOP: 1.8}),
    ),
    Partner(
        *(21, "Nordisk Kapsel", _P.CONTENT, "nordiskkapsel", 41_000),
        *("Thirty-three garments and no more", {SHOP: 2.4}),
    ),
    Partner(
        *(22, "Bonusfamiljen", _P.LOYALTY, "bonusfamiljen", 540_000),
        *("Points of forty chains in one place", {SHOP: 3.4, APP: 0.9}),
    ),
    Partner(
        *(23, "Rabattorget", _P.VOUCHER, "rabattorget", 260_000),
        *("Today's offers, sorted by what they save", {SHOP: 3.0}, "TORGET5"),
    ),
    Partner(
        *(24, "Kupongjakten", _P.VOUCHER, "kupongjakten", 330_000),
        *("We hunt codes while you shop", {SHOP: 1.6}),
    ),
    Partner(
        *(25, "Jämför Mode", _P.PRICE_COMPARISON, "jamformode", 175_000),
        *("The same jacket at nine shops", {SHOP: 3.0}),
    ),
    Partner(
        *(26, "Tillbakakassan", _P.CASHBACK, "tillbakakassan", 310_000),
        *("The till that pays you", {SHOP: 2.8}),
    ),
    Partner(
        *(27, "Förmånshyllan", _P.EMPLOYEE_BENEFITS, "formanshyllan", 150_000),
        *("Offers for employees of six hundred companies", {SHOP: 1.8}),
    ),
    Partner(
        *(28, "Kortklubben", _P.CARD_LINKED, "kortklubben", 120_000),
        *("Your card remembers, so that you need not", {SHOP: 1.1}),
    ),
    Partner(
        *(29, "Återblick", _P.RETARGETING, "aterblick", 0),
        *("Reminds visitors of what they left in the basket", {SHOP: 2.4, SERVICE: 0.8}),
    ),
    Partner(
        *(30, "Söktruppen", _P.SEARCH, "soktruppen", 0),
        *("Search ads that never bid on a brand", {SHOP: 2.2, SERVICE: 1.6}),
    ),
    Partner(
        *(31, "Nätverket Nord", _P.SUB_NETWORK, "natverketnord", 0),
        *("Four hundred small sites, one contract", {SHOP: 3.6}),
    ),
    Partner(
        *(32, "Annonslänken", _P.SUB_NETWORK, "annonslanken", 0),
        *("Links for forums and groups", {SHOP: 2.4, APP: 1.5}),
    ),
    Partner(
        *(33, "Fröken Fynd", _P.CONTENT, "frokenfynd", 58_000),
        *("Second season, half the price", {SHOP: 2.2}),
    ),
    Partner(
        *(34, "Löparliv", _P.CONTENT, "loparliv", 73_000),
        *("Shoes tested until they gave up", {SHOP: 2.6, APP: 1.4}),
    ),
    Partner(
        *(35, "Turglede", _P.CONTENT, "turglede", 64_000),
        *("Family walks with a fire at the end", {APP: 5.0}),
    ),
    Partner(
        *(36, "Fjellfolk", _P.CONTENT, "fjellfolk", 88_000),
        *("Peaks, huts, and the weather between them", {APP: 4.2}),
    ),
    Partner(
        *(37, "Appguiden", _P.CONTENT, "appguiden", 140_000),
        *("Apps we still use after a month", {APP: 3.8}),
    ),
    Partner(
        *(38, "Kanal Fjord", _P.DISPLAY, "kanalfjord", 700_000),
        *("Films from the coast, with a word from our partners", {APP: 3.6}),
    ),
    Partner(
        *(39, "Turbrevet", _P.EMAIL, "turbrevet", 38_000),
        *("This week's walk, by e-mail", {APP: 2.2}),
    ),
    Partner(
        *(40, "Klikkverket", _P.SUB_NETWORK, "klikkverket", 0),
        *("Reach in every app that shows advertisements", {APP: 1.6}),
    ),
    Partner(
        *(41, "Appbonus", _P.LOYALTY, "appbonus", 95_000),
        *("Coins for apps worth keeping", {APP: 3.0}),
    ),
    Partner(
        *(42, "Mobilmagasinet", _P.CONTENT, "mobilmagasinet", 210_000),
        *("What to put on a phone, and what to leave off", {APP: 3.0}),
    ),
    Partner(
        *(43, "Bokföringstips", _P.CONTENT, "bokforingstips", 34_000),
        *("Answers for those who keep their own books", {SERVICE: 4.0}),
    ),
    Partner(
        *(44, "Företagarpodden", _P.CONTENT, "foretagarpodden", 27_000),
        *("Two founders, one microphone", {SERVICE: 1.8}),
    ),
    Partner(
        *(45, "Ekonomibrevet", _P.EMAIL, "ekonomibrevet", 19_000),
        *("Deadlines and how to meet them, by e-mail", {SERVICE: 2.2}),
    ),
    Partner(
        *(46, "Systemjämförelsen", _P.PRICE_COMPARISON, "systemjamforelsen", 48_000),
        *("Forty systems for small companies, compared", {SERVICE: 4.6}),
    ),
    Partner(
        *(47, "Leadfabriken", _P.SUB_NETWORK, "leadfabriken", 0),
        *("Inquiries from companies that want to be called", {SERVICE: 2.6}),
    ),
    Partner(
        *(48, "Startahjälpen", _P.CONTENT, "startahjalpen", 61_000),
        *("From idea to registered company", {SERVICE: 3.0}),
    ),
    Partner(
        *(49, "Smarta Plugin", _P.EXTENSION, "smartaplugin", 15_000),
        *("Connects the till to the books", {SERVICE: 1.0}),
    ),
    Partner(
        *(50, "Näringslivet Idag", _P.DISPLAY, "naringslivetidag", 240_000),
        *("News for those who employ", {SERVICE: 2.0}),
    ),
)
PARTNER: Final = {one.number: one for one in PARTNERS}


class Kind(NamedTuple):
    """How visitors of a type of promotion behave: orders per click, delay to the order, views per click."""

    rate: float
    delay_min: float
    spread: float
    views: float = 0.0


KINDS: Final = {
    _P.CONTENT: Kind(0.028, 150, 1.6),
    _P.EMAIL: Kind(0.036, 45, 1.3),
    _P.PRICE_COMPARISON: Kind(0.055, 30, 1.2),
    _P.VOUCHER: Kind(0.11, 9, 0.8),
    _P.CASHBACK: Kind(0.12, 14, 0.9),
    _P.LOYALTY: Kind(0.09, 18, 0.9),
    _P.EMPLOYEE_BENEFITS: Kind(0.10, 30, 0.9),
    _P.CARD_LINKED: Kind(0.06, 60, 0.9),
    _P.SUB_NETWORK: Kind(0.022, 70, 1.4),
    _P.DISPLAY: Kind(0.009, 900, 1.4, views=1.6),
    _P.SEARCH: Kind(0.06, 20, 1.4),
    _P.RETARGETING: Kind(0.04, 45, 1.0, views=1.2),
    _P.EXTENSION: Kind(0.08, 6, 1.0),
}
CONVERTS: Final = {Trade.SHOP: 1.0, Trade.SERVICE: 0.9, Trade.APP: 2.2}
"""How readily visitors do what each trade pays for, against the shop."""


class Placed(NamedTuple):
    """A partner in a program: its link, and the rates of its visits."""

    seller: Seller
    partner: Partner
    link: int
    key: str
    clicks: float

    @property
    def kind(self) -> Kind:
        """How its visitors behave."""
        return KINDS[self.partner.kind]

    @property
    def rate(self) -> float:
        """Orders per click on an average day."""
        return self.kind.rate * CONVERTS[self.seller.trade]


_SHORT: Final = {SHOP: "fjall", SERVICE: "bal", APP: "tur"}
_NAMED: Final = {11: "blogg", 12: "cashback", 13: "knapp", 14: "kupong", 15: "pris", 16: "topp"}
PLACED: Final = tuple(
    Placed(
        SELLER[program],
        partner,
        partner.number * 10 + program - 100,
        f"{_SHORT[program]}-{_NAMED.get(partner.number, partner.site)}",
        clicks,
    )
    for partner in PARTNERS
    for program, clicks in partner.clicks.items()
)
BY_PROGRAM: Final = {
    program: tuple(one for one in PLACED if one.seller.program == program) for program in SELLER
}


def placed(partner: int, program: int) -> Placed:
    """A partner in a program it promotes."""
    return next(one for one in BY_PROGRAM[program] if one.partner.number == partner)


POACHER, FLOODER, BOTTED, SELF, DUPLICATOR, LEAKED = 24, 40, 32, 20, 47, 19
"""Through whom each attack comes."""
