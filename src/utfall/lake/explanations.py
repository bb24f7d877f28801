"""What each metric includes and what each dimension says, in a sentence of each language.

The formula says how a number is made; these say of what. `docs/reference/reports.md` shows the English ones.
"""

from typing import Final

from utfall.engine.facts import PRICE_MODELS
from utfall.lake.dimensions import DIMENSIONS, Dimension
from utfall.lake.formula import Formula, Minus, Plus, Quotient, Sum
from utfall.lake.metrics import METRICS, Metric, Words
from utfall.lake.names import SUBS

_METRICS: Final[dict[str, tuple[str, str, str]]] = {
    "impressions": (
        "Giltiga visningar; robotar och upprepningar är borträknade.",
        "Gyldige visninger; roboter og gjentakelser er trukket fra.",
        "Valid impressions; robots and repeats are left out.",
    ),
    "viewables": (
        "Giltiga visningar som syntes tillräckligt länge och till tillräckligt stor del.",
        "Gyldige visninger som var synlige lenge nok og med stor nok del.",
        "Valid impressions of which enough was in view for long enough.",
    ),
    "completed_views": (
        "Giltiga filmer som sågs till slutet.",
        "Gyldige filmer som ble sett til slutten.",
        "Valid films that were watched to their end.",
    ),
    "clicks": (
        "Giltiga klick; robotar, upprepningar och för snabba klick är borträknade.",
        "Gyldige klikk; roboter, gjentakelser og for raske klikk er trukket fra.",
        "Valid clicks; robots, repeats and clicks that came too fast are left out.",
    ),
    "leads": (
        "Leads som räknas; ett nekat lead dras av på sin egen dag.",
        "Leads som teller; et avvist lead trekkes fra på sin egen dag.",
        "Leads that count; one that is declined is taken off again on its own day.",
    ),
    "actions": (
        "Handlingar som räknas; en nekad handling dras av på sin egen dag.",
        "Handlinger som teller; en avvist handling trekkes fra på sin egen dag.",
        "Actions that count; one that is declined is taken off again on its own day.",
    ),
    "sales": (
        "Ordrar som räknas, väntande och godkända; en nekad order dras av på sin egen dag.",
        "Ordrer som teller, ventende og godkjente; en avvist ordre trekkes fra på sin egen dag.",
        "Orders that count, pending and approved; one that is declined is taken off again on its own day.",
    ),
    "installs": (
        "Installationer som räknas; en nekad installation dras av på sin egen dag.",
        "Installasjoner som teller; en avvist installasjon trekkes fra på sin egen dag.",
        "Installs that count; one that is declined is taken off again on its own day.",
    ),
    "gross_impressions": (
        "Alla visningar, även de som nekades; samma händelse skickad två gånger är en.",
        "Alle visninger, også de som ble avvist; samme hendelse sendt to ganger er én.",
        "All impressions, refused ones too; the same event sent twice is one.",
    ),
    "gross_clicks": (
        "Alla klick, även de som nekades; samma händelse skickad två gånger är en.",
        "Alle klikk, også de som ble avvist; samme hendelse sendt to ganger er én.",
        "All clicks, refused ones too; the same event sent twice is one.",
    ),
    "invalid_clicks": (
        "Klick som skedde men inte räknas; dimensionen Skäl säger varför.",
        "Klikk som skjedde, men ikke teller; dimensjonen Årsak sier hvorfor.",
        "Clicks that happened and do not count; the dimension Reason says why.",
    ),
    "conversions": (
        "Leads, handlingar, köp och installationer tillsammans.",
        "Leads, handlinger, salg og installasjoner til sammen.",
        "Leads, actions, sales and installs together.",
    ),
    "revenue": (
        "Ordervärde utan moms och frakt för ordrar som räknas, efter returer.",
        "Ordreverdi uten mva. og frakt for ordrer som teller, etter returer.",
        "Value of the orders that count, without tax and shipping, after refunds.",
    ),
    "cost": (
        "Allt annonsören betalar: väntande och godkänd provision och nätverksavgift, ej importerad kostnad.",
        "Alt annonsøren betaler: ventende og godkjent provisjon og nettverksavgift, ikke importert kostnad.",
        "All the advertiser pays: pending and approved commission and the network fee, no imported cost.",
    ),
    "fee": (
        "Nätverkets avgift på provisionen, väntande och godkänd.",
        "Nettverkets avgift på provisjonen, ventende og godkjent.",
        "The network's fee on commission, pending and approved.",
    ),
    "imported_cost": (
        "Kostnad i andra kanaler, inläst av annonsören; den betalas inte här.",
        "Kostnad i andre kanaler, lest inn av annonsøren; den betales ikke her.",
        "Cost of other channels, brought in by the advertiser; it is not paid here.",
    ),
    "commission_pending": (
        "Publicistens provision som ännu väntar på godkännande.",
        "Publisistens provisjon som ennå venter på godkjenning.",
        "The publisher's commission that still waits for approval.",
    ),
    "commission_approved": (
        "Publicistens provision som är godkänd, utbetald eller inte.",
        "Publisistens provisjon som er godkjent, utbetalt eller ikke.",
        "The publisher's commission that is approved, paid out or not.",
    ),
    "commission_declined": (
        "Provision som hade betalats om ordern inte hade nekats eller returnerats.",
        "Provisjon som ville blitt betalt om ordren ikke var avvist eller returnert.",
        "Commission that would have been paid had the order not been declined or returned.",
    ),
    "ctr": (
        "Giltiga klick per giltig visning; tomt utan visningar.",
        "Gyldige klikk per gyldig visning; tomt uten visninger.",
        "Valid clicks per valid impression; empty without impressions.",
    ),
    "viewability": (
        "Synliga visningar per giltig visning; tomt utan visningar.",
        "Synlige visninger per gyldig visning; tomt uten visninger.",
        "Viewable impressions per valid impression; empty without impressions.",
    ),
    "cvr": (
        "Konverteringar per giltigt klick; även de som kom av kod eller visning, utan klick.",
        "Konverteringer per gyldig klikk; også de som kom av kode eller visning, uten klikk.",
        "Conversions per valid click; those by code or view, without a click, are in it.",
    ),
    "ecpm": (
        "Hela kostnaden delad på giltiga visningar, per tusen.",
        "Hele kostnaden delt på gyldige visninger, per tusen.",
        "All cost divided by valid impressions, per thousand.",
    ),
    "cpc": (
        "Hela kostnaden delad på giltiga klick, hur det än betalades.",
        "Hele kostnaden delt på gyldige klikk, uansett hvordan det ble betalt.",
        "All cost divided by valid clicks, however it was paid.",
    ),
    "cpl": (
        "Hela kostnaden delad på leads.",
        "Hele kostnaden delt på leads.",
        "All cost divided by leads.",
    ),
    "cpa": (
        "Hela kostnaden delad på leads, handlingar, köp och installationer.",
        "Hele kostnaden delt på leads, handlinger, salg og installasjoner.",
        "All cost divided by leads, actions, sales and installs.",
    ),
    "roas": (
        "Ordervärde per krona i kostnad; importerad kostnad ingår inte.",
        "Ordreverdi per krone i kostnad; importert kostnad er ikke med.",
        "Revenue for each unit of cost; imported cost is not in it.",
    ),
    "roi": (
        "Ordervärde minus kostnad, per krona i kostnad.",
        "Ordreverdi minus kostnad, per krone i kostnad.",
        "Revenue less cost, for each unit of cost.",
    ),
    "aov": (
        "Ordervärde per köp; tomt utan köp.",
        "Ordreverdi per salg; tomt uten salg.",
        "Revenue per sale; empty without sales.",
    ),
    "epc": (
        "Väntande och godkänd provision per giltigt klick.",
        "Ventende og godkjent provisjon per gyldig klikk.",
        "Pending and approved commission per valid click.",
    ),
    "approval_rate": (
        "Godkänd provision av allt som avgjorts; det som väntar är inte med.",
        "Godkjent provisjon av alt som er avgjort; det som venter er ikke med.",
        "Approved commission of all that was decided; what is pending is not in it.",
    ),
}

_DIMENSIONS: Final[dict[str, tuple[str, str, str]]] = {
    "hour": (
        "Timmen då det hände, på programmets klocka.",
        "Timen da det skjedde, på programmets klokke.",
        "The hour it happened, by the program's clock.",
    ),
    "day": (
        "Dagen då det hände, på programmets klocka.",
        "Dagen da det skjedde, på programmets klokke.",
        "The day it happened, by the program's clock.",
    ),
    "week": (
        "ISO-veckan då det hände.",
        "ISO-uken da det skjedde.",
        "The ISO week it happened.",
    ),
    "month": ("Månaden då det hände.", "Måneden da det skjedde.", "The month it happened."),
    "program": ("Programmet.", "Programmet.", "The program."),
    "advertiser": ("Den som betalar.", "Den som betaler.", "Who pays."),
    "publisher": ("Den som får betalt.", "Den som får betalt.", "Who is paid."),
    "group": (
        "Publicistens grupp i programmet.",
        "Publisistens gruppe i programmet.",
        "The publisher's group in the program.",
    ),
    "link": (
        "Spårningslänken eller placeringen.",
        "Sporingslenken eller plasseringen.",
        "The tracking link or placement.",
    ),
    "channel": (
        "Kanalen för länken, ordern eller den importerade kostnaden.",
        "Kanalen for lenken, ordren eller den importerte kostnaden.",
        "The channel of the link, the order or the imported cost.",
    ),
    "device": ("Mobil, surfplatta eller dator.", "Mobil, nettbrett eller datamaskin.", "Class of device."),
    "os": ("Besökarens operativsystem.", "Besøkerens operativsystem.", "The visitor's operating system."),
    "browser": ("Besökarens webbläsare.", "Besøkerens nettleser.", "The visitor's browser."),
    "country": ("Besökarens land.", "Besøkerens land.", "The visitor's country."),
    "customer": (
        "Ny eller återkommande kund; tomt där det inte är känt.",
        "Ny eller tilbakevendende kunde; tomt der det ikke er kjent.",
        "A new or a returning customer; empty where unknown.",
    ),
    "code": (
        "Rabattkoden som användes.",
        "Rabattkoden som ble brukt.",
        "The promo code that was used.",
    ),
    "category": ("Orderradens kategori.", "Ordrelinjens kategori.", "The category of the basket line."),
    "rule": (
        "Provisionsregeln som satte priset.",
        "Provisjonsregelen som satte prisen.",
        "The commission rule that set the price.",
    ),
    "price_model": (
        "Vad som betalades för: visning, klick, köp …",
        "Hva det ble betalt for: visning, klikk, salg …",
        "What was paid for: an impression, a click, a sale …",
    ),
    "status": (
        "Orderns status efter beslutet.",
        "Ordrens status etter beslutningen.",
        "The order's status after the decision.",
    ),
    "verdict": (
        "Om händelsen godtogs eller nekades.",
        "Om hendelsen ble godtatt eller avvist.",
        "Whether the event was accepted or refused.",
    ),
    "reason": (
        "Varför den nekades eller inte betalades.",
        "Hvorfor den ble avvist eller ikke betalt.",
        "Why it was refused or left unpaid.",
    ),
    "kind": (
        "Slaget av händelse eller beslut.",
        "Typen hendelse eller beslutning.",
        "The kind of event or decision.",
    ),
    "source": (
        "Hur händelsen nådde oss.",
        "Hvordan hendelsen nådde oss.",
        "How the event reached us.",
    ),
    "currency": (
        "Beloppens valuta; utan belopp programmets.",
        "Beløpenes valuta; uten beløp programmets.",
        "The currency of the amounts; without any, the program's.",
    ),
}
_SUB: Final = (
    "Publicistens eget märke på länken.",
    "Publisistens eget merke på lenken.",
    "The publisher's own sub-id.",
)
_MODEL: Final = (
    "Den del av kostnaden som betalades per {}.",
    "Den delen av kostnaden som ble betalt per {}.",
    "The part of cost that was paid by {}.",
)

INCLUDED: Final[dict[str, Words]] = {name: Words(*words) for name, words in _METRICS.items()} | {
    f"cost_{model}": Words(*(words.format(model.upper()) for words in _MODEL))
    for model in PRICE_MODELS.values()
}
"""What each metric includes, by its name."""

SAID: Final[dict[str, Words]] = {name: Words(*words) for name, words in _DIMENSIONS.items()} | {
    name: Words(*_SUB) for name in SUBS
}
"""What each dimension says, by its name."""

_MEASURES: Final = {
    metric.formula.measure: metric.words
    for metric in METRICS.values()
    if isinstance(metric.formula, Sum) and metric.formula.price_model is None
}


def included(metric: Metric) -> Words:
    """What a metric includes."""
    return INCLUDED[metric.name]


def said(dimension: Dimension) -> Words:
    """What a dimension says."""
    return SAID[dimension.name]


def formula_in_words(formula: Formula, language: str) -> str:
    """A formula in the words of its measures.

    >>> formula_in_words(METRICS["ecpm"].formula, "sv")
    '1000 × Kostnad ÷ Visningar'
    """
    match formula:
        case Sum(measure=measure, price_model=model):
            words: str = getattr(_MEASURES[measure], language)
            return words if model is None else f"{words} ({model.upper()})"
        case Plus(parts=parts):
            return " + ".join(_grouped(part, language) for part in parts)
        case Minus(whole=left, part=right):
            return f"{formula_in_words(left, language)} − {_grouped(right, language)}"
        case Quotient(dividend=left, divisor=right, times=times):
            factor = "" if times == 1 else f"{times} × "
            return f"{factor}{_grouped(left, language)} ÷ {_grouped(right, language)}"
    raise TypeError(f"{formula!r} is no formula")


def _grouped(formula: Formula, language: str) -> str:
    text = formula_in_words(formula, language)
    return text if isinstance(formula, Sum) else f"({text})"


assert INCLUDED.keys() == METRICS.keys(), "every metric says what it includes"
assert SAID.keys() == DIMENSIONS.keys(), "every dimension says what it says"
