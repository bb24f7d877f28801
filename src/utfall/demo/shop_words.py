"""What the shop says, in its three languages. A shop is no page of the portal, so it has words of its own."""

from typing import Final

LANGUAGES: Final = {"sv": "Svenska", "nb": "Norsk", "en": "English"}
Words = dict[str, str]

_SV: Final[Words] = {
    "name": "Fjällbutiken",
    "demo": "Demobutik: inget säljs, inget betalas, inget skickas.",
    "tagline": "Kläder och skor för fjället",
    "lead": "Tre saker för en dag ovanför trädgränsen. Köp något och se vad spårningen berättar.",
    "basket": "Varukorg",
    "add": "Lägg i varukorgen",
    "remove": "Ta bort",
    "empty": "Varukorgen är tom.",
    "look": "Titta på varorna",
    "back": "Fortsätt handla",
    "to_checkout": "Till kassan",
    "checkout": "Kassa",
    "code": "Rabattkod",
    "code_help": "Valfritt. Prova KUNG10.",
    "email": "E-post",
    "email_help": "Används bara med samtycke, och sparas som pseudonym.",
    "buy": "Köp (betalar ingenting)",
    "thanks": "Tack för din order!",
    "thanks_more": "Order {order} är lagd. Den har berättats för spårningen, och inget annat har hänt.",
    "told": "Spårningen svarade:",
    "waiting": "Berättar om ordern …",
    "accepted": "mottagen",
    "refused": "nekad",
    "repeated": "redan berättad",
    "clicks": "klick som följde med",
    "total": "Summa",
    "vat": "utan moms och frakt",
    "consent": "Får vi komma ihåg vem som skickade dig hit?",
    "consent_more": "Då sparar vi två cookies: vilket klick som ledde hit och när kassan öppnades.",
    "yes": "Ja, det får ni",
    "no": "Nej tack",
    "change": "Ändra samtycke",
    "granted": "Samtycke: ja",
    "denied": "Samtycke: nej",
    "unset": "Samtycke: inte valt",
    "not_found": "Här finns ingenting.",
    "boots": "Vandringskänga Sarek",
    "boots_more": "Mjukt läder, hård sula. Går dit stigen tar slut.",
    "jacket": "Skaljacka Abisko",
    "jacket_more": "Tre lager mot väder som ändrar sig.",
    "socks": "Ullstrumpa Padjelanta",
    "socks_more": "Merinoull. Torkar över natten.",
}
_NB: Final[Words] = {
    "name": "Fjellbutikken",
    "demo": "Demobutikk: ingenting selges, betales eller sendes.",
    "tagline": "Klær og sko for fjellet",
    "lead": "Tre ting for en dag over tregrensen. Kjøp noe og se hva sporingen forteller.",
    "basket": "Handlekurv",
    "add": "Legg i handlekurven",
    "remove": "Fjern",
    "empty": "Handlekurven er tom.",
    "look": "Se på varene",
    "back": "Fortsett å handle",
    "to_checkout": "Til kassen",
    "checkout": "Kasse",
    "code": "Rabattkode",
    "code_help": "Valgfritt. Prøv KUNG10.",
    "email": "E-post",
    "email_help": "Brukes bare med samtykke, og lagres som pseudonym.",
    "buy": "Kjøp (betaler ingenting)",
    "thanks": "Takk for ordren din!",
    "thanks_more": "Ordre {order} er lagt inn. Sporingen har fått vite om den, og ikke noe mer har skjedd.",
    "told": "Sporingen svarte:",
    "waiting": "Forteller om ordren …",
    "accepted": "mottatt",
    "refused": "avvist",
    "repeated": "allerede fortalt",
    "clicks": "klikk som fulgte med",
    "total": "Sum",
    "vat": "uten mva. og frakt",
    "consent": "Kan vi huske hvem som sendte deg hit?",
    "consent_more": "Da lagrer vi to informasjonskapsler: klikket som førte hit, og når kassen ble åpnet.",
    "yes": "Ja, det kan dere",
    "no": "Nei takk",
    "change": "Endre samtykke",
    "granted": "Samtykke: ja",
    "denied": "Samtykke: nei",
    "unset": "Samtykke: ikke valgt",
    "not_found": "Her er det ingenting.",
    "boots": "Fjellstøvel Sarek",
    "boots_more": "Mykt skinn, hard såle. Går dit stien slutter.",
    "jacket": "Skalljakke Abisko",
    "jacket_more": "Tre lag mot vær som skifter.",
    "socks": "Ullsokk Padjelanta",
    "socks_more": "Merinoull. Tørker over natten.",
}
_EN: Final[Words] = {
    "name": "The Fell Shop",
    "demo": "A demo: nothing is sold, paid or sent.",
    "tagline": "Clothes and shoes for the fells",
    "lead": "Three things for a day above the trees. Buy something and see what tracking tells.",
    "basket": "Basket",
    "add": "Add to basket",
    "remove": "Remove",
    "empty": "The basket is empty.",
    "look": "Look at the goods",
    "back": "Go on shopping",
    "to_checkout": "To the checkout",
    "checkout": "Checkout",
    "code": "Promo code",
    "code_help": "Optional. Try KUNG10.",
    "email": "E-mail",
    "email_help": "Used with consent only, and kept as a pseudonym.",
    "buy": "Buy (pays nothing)",
    "thanks": "Thank you for your order!",
    "thanks_more": "Order {order} is placed. Tracking was told of it, and nothing else has happened.",
    "told": "Tracking answered:",
    "waiting": "Telling of the order …",
    "accepted": "accepted",
    "refused": "refused",
    "repeated": "told before",
    "clicks": "clicks that came along",
    "total": "Total",
    "vat": "without VAT and shipping",
    "consent": "May we remember who sent you here?",
    "consent_more": "Then we keep two cookies: which click led here, and when the checkout was opened.",
    "yes": "Yes, you may",
    "no": "No, thanks",
    "change": "Change consent",
    "granted": "Consent: yes",
    "denied": "Consent: no",
    "unset": "Consent: not chosen",
    "not_found": "There is nothing here.",
    "boots": "Hiking boot Sarek",
    "boots_more": "Soft leather, hard sole. Goes where the path ends.",
    "jacket": "Shell jacket Abisko",
    "jacket_more": "Three layers against weather that turns.",
    "socks": "Wool sock Padjelanta",
    "socks_more": "Merino wool. Dry by the morning.",
}
WORDS: Final[dict[str, Words]] = {"sv": _SV, "nb": _NB, "en": _EN}


def language_of(chosen: str, accepted: str, usual: str) -> str:
    """The language that was chosen, else the first one of the browser's that the shop speaks.

    >>> language_of("", "fi, nb-NO;q=0.8", "sv"), language_of("en", "sv", "sv"), language_of("", "", "sv")
    ('nb', 'en', 'sv')
    """
    if chosen in WORDS:
        return chosen
    asked = (one.strip()[:2].lower() for one in accepted.split(","))
    known = {"sv": "sv", "nb": "nb", "no": "nb", "nn": "nb", "en": "en"}
    return next((known[one] for one in asked if one in known), usual)


def amount_words(amount: int, currency: str, language: str) -> str:
    """An amount as the language writes it.

    >>> amount_words(1899, "SEK", "sv"), amount_words(1899, "SEK", "en")
    ('1\\u202f899\\u202fSEK', 'SEK\\u202f1,899')
    """
    if language == "en":
        return f"{currency}\u202f{amount:,}"
    return f"{amount:,}".replace(",", "\u202f") + f"\u202f{currency}"
