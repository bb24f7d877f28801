"""What stands on a paper in each language, in the words that the law of each country asks for."""

from typing import Final, Literal

from utfall.papers.contracts import Untaxed

Language = Literal["en", "sv", "nb"]

WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "380": "Invoice",
        "381": "Credit note",
        "389": "Self-billing invoice",
        "261": "Self-billing credit note",
        "self_billing": "Self-billing: written by the customer in the seller's name, by agreement.",
        "seller": "From",
        "buyer": "To",
        "lines": "What it is for",
        "issued": "Issued",
        "due": "Due",
        "period": "Period",
        "corrects": "Corrects",
        "reference": "Your reference",
        "net": "Without VAT",
        "tax": "VAT",
        "total": "To pay",
        "credited": "To your credit",
        "account": "Account",
        "bic": "BIC",
        "payment": "Payment reference",
        "terms": "Paid by payout, under the self-billing agreement.",
        "own_tax": "VAT in {into}: {amount}, as 1 {currency} is {rate} {into} ({source}, {day}).",
        "number": "Reg. no.",
        "vat": "VAT no.",
    },
    "sv": {
        "380": "Faktura",
        "381": "Kreditfaktura",
        "389": "Självfaktura",
        "261": "Självfaktura, kredit",
        "self_billing": "Självfakturering: utfärdad av köparen i säljarens namn, enligt avtal.",
        "seller": "Säljare",
        "buyer": "Köpare",
        "lines": "Avser",
        "issued": "Fakturadatum",
        "due": "Förfallodag",
        "period": "Period",
        "corrects": "Rättar",
        "reference": "Er referens",
        "net": "Exklusive moms",
        "tax": "Moms",
        "total": "Att betala",
        "credited": "Er till godo",
        "account": "Konto",
        "bic": "BIC",
        "payment": "Betalningsreferens",
        "terms": "Betalas med utbetalning, enligt självfaktureringsavtalet.",
        "own_tax": "Moms i {into}: {amount}, då 1 {currency} är {rate} {into} ({source}, {day}).",
        "number": "Org.nr",
        "vat": "Momsreg.nr",
    },
    "nb": {
        "380": "Faktura",
        "381": "Kreditnota",
        "389": "Selvfaktura",
        "261": "Selvfaktura, kredit",
        "self_billing": "Selvfakturering: utstedt av kjøperen i selgerens navn, etter avtale.",
        "seller": "Selger",
        "buyer": "Kjøper",
        "lines": "Gjelder",
        "issued": "Fakturadato",
        "due": "Forfallsdato",
        "period": "Periode",
        "corrects": "Retter",
        "reference": "Deres referanse",
        "net": "Uten mva.",
        "tax": "Mva.",
        "total": "Å betale",
        "credited": "Til gode",
        "account": "Konto",
        "bic": "BIC",
        "payment": "Betalingsreferanse",
        "terms": "Betales med utbetaling, etter selvfaktureringsavtalen.",
        "own_tax": "Mva. i {into}: {amount}, idet 1 {currency} er {rate} {into} ({source}, {day}).",
        "number": "Org.nr.",
        "vat": "Mva-nr.",
    },
}

UNTAXED: Final[dict[Language, dict[Untaxed, str]]] = {
    "en": {
        Untaxed.NOT_REGISTERED: "The seller is not registered for VAT.",
        Untaxed.REVERSE_CHARGE: "Reverse charge: the customer accounts for the VAT (art. 196, 2006/112/EC).",
        Untaxed.ABROAD: "The service is supplied outside the seller's country.",
        Untaxed.EXPORT: "Export of services, merverdiavgiftsloven § 6-22.",
    },
    "sv": {
        Untaxed.NOT_REGISTERED: "Säljaren är inte momsregistrerad.",
        Untaxed.REVERSE_CHARGE: "Omvänd betalningsskyldighet: köparen redovisar moms (2006/112/EG art. 196).",
        Untaxed.ABROAD: "Tjänsten är omsatt utanför säljarens land.",
        Untaxed.EXPORT: "Export av tjänster, merverdiavgiftsloven § 6-22.",
    },
    "nb": {
        Untaxed.NOT_REGISTERED: "Selgeren er ikke registrert i Merverdiavgiftsregisteret.",
        Untaxed.REVERSE_CHARGE: "Omvendt avgiftsplikt: kjøperen beregner avgiften (art. 196, 2006/112/EF).",
        Untaxed.ABROAD: "Tjenesten er omsatt utenfor selgerens land.",
        Untaxed.EXPORT: "Eksport av tjenester, merverdiavgiftsloven § 6-22.",
    },
}

LINES: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "commission": "{program}: commission",
        "bonus": "{program}: bonuses and placements",
        "fee": "{program}: network fee",
        "again": "Credited before, invoiced again",
        "credit": "Credit of {name}",
    },
    "sv": {
        "commission": "{program}: provision",
        "bonus": "{program}: bonusar och placeringar",
        "fee": "{program}: nätverksavgift",
        "again": "Krediterat tidigare, faktureras på nytt",
        "credit": "Kreditering av {name}",
    },
    "nb": {
        "commission": "{program}: provisjon",
        "bonus": "{program}: bonuser og plasseringer",
        "fee": "{program}: nettverksgebyr",
        "again": "Kreditert tidligere, faktureres på nytt",
        "credit": "Kreditering av {name}",
    },
}
"""What lines say, by what they are for."""

BY_COUNTRY: Final[dict[str, Language]] = {"SE": "sv", "NO": "nb"}
"""The language of a party's papers; elsewhere English."""
