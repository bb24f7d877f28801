"""Every metric, once: name, unit, formula and words. What is not here cannot be asked for."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from utfall.engine.facts import PRICE_MODELS
from utfall.lake.formula import Formula, Minus, Plus, Quotient, Sum, described, sums_of
from utfall.lake.names import AMOUNTS


class Unit(StrEnum):
    """What a number means. `money` is whole micros; `price` is micros per one of something, seldom whole."""

    COUNT = "count"
    MONEY = "money"
    PRICE = "price"
    RATIO = "ratio"


class Words(NamedTuple):
    """A name people read, in Swedish, Norwegian (bokmål) and English."""

    sv: str
    nb: str
    en: str


_ADVERTISERS: Final = {"cost_micros", "fee_micros", "imported_cost_micros"}


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric."""

    name: str
    unit: Unit
    formula: Formula
    words: Words

    @property
    def column(self) -> str:
        """Its name where a machine reads: amounts say that they are micros."""
        return f"{self.name}_micros" if self.unit in (Unit.MONEY, Unit.PRICE) else self.name

    @property
    def of_money(self) -> bool:
        """Whether money is in it, so that it is only ever shown per currency."""
        return any(sum_.measure in AMOUNTS for sum_ in sums_of(self.formula))

    @property
    def for_advertiser_only(self) -> bool:
        """Whether it shows what a publisher may not see: fees, and so what the advertiser pays in all."""
        return any(sum_.measure in _ADVERTISERS for sum_ in sums_of(self.formula))

    @property
    def description(self) -> str:
        """The formula as people write it."""
        return described(self.formula)


_CLICKS, _IMPRESSIONS, _GROSS_CLICKS = Sum("clicks"), Sum("impressions"), Sum("gross_clicks")
_SALES, _LEADS, _REVENUE, _COST = Sum("sales"), Sum("leads"), Sum("revenue_micros"), Sum("cost_micros")
_CONVERSIONS: Final = Plus((_LEADS, Sum("actions"), _SALES, Sum("installs")))
_PENDING, _APPROVED = Sum("commission_pending_micros"), Sum("commission_approved_micros")
_DECLINED: Final = Sum("commission_declined_micros")

_C, _M, _P, _R = Unit.COUNT, Unit.MONEY, Unit.PRICE, Unit.RATIO
_TABLE: Final[list[tuple[str, Unit, Formula, tuple[str, str, str]]]] = [
    ("impressions", _C, _IMPRESSIONS, ("Visningar", "Visninger", "Impressions")),
    ("viewables", _C, Sum("viewables"), ("Synliga visningar", "Synlige visninger", "Viewable impressions")),
    (
        "completed_views",
        _C,
        Sum("completed_views"),
        ("Fullföljda filmer", "Fullførte filmer", "Completed views"),
    ),
    ("clicks", _C, _CLICKS, ("Klick", "Klikk", "Clicks")),
    ("leads", _C, _LEADS, ("Leads", "Leads", "Leads")),
    ("actions", _C, Sum("actions"), ("Handlingar", "Handlinger", "Actions")),
    ("sales", _C, _SALES, ("Köp", "Salg", "Sales")),
    ("installs", _C, Sum("installs"), ("Installationer", "Installasjoner", "Installs")),
    (
        "gross_impressions",
        _C,
        Sum("gross_impressions"),
        ("Bruttovisningar", "Bruttovisninger", "Gross impressions"),
    ),
    ("gross_clicks", _C, _GROSS_CLICKS, ("Bruttoklick", "Bruttoklikk", "Gross clicks")),
    (
        *("invalid_clicks", _C, Minus(_GROSS_CLICKS, _CLICKS)),
        ("Ogiltiga klick", "Ugyldige klikk", "Invalid clicks"),
    ),
    ("conversions", _C, _CONVERSIONS, ("Konverteringar", "Konverteringer", "Conversions")),
    ("revenue", _M, _REVENUE, ("Ordervärde", "Ordreverdi", "Revenue")),
    ("cost", _M, _COST, ("Kostnad", "Kostnad", "Cost")),
    *(
        (
            f"cost_{model}",
            _M,
            Sum("cost_micros", model),
            (f"Kostnad {short}", f"Kostnad {short}", f"Cost {short}"),
        )
        for model, short in ((model, model.upper()) for model in PRICE_MODELS.values())
    ),
    ("fee", _M, Sum("fee_micros"), ("Nätverksavgift", "Nettverksavgift", "Network fee")),
    (
        *("imported_cost", _M, Sum("imported_cost_micros")),
        ("Importerad kostnad", "Importert kostnad", "Imported cost"),
    ),
    ("commission_pending", _M, _PENDING, ("Väntande provision", "Ventende provisjon", "Pending commission")),
    (
        "commission_approved",
        _M,
        _APPROVED,
        ("Godkänd provision", "Godkjent provisjon", "Approved commission"),
    ),
    ("commission_declined", _M, _DECLINED, ("Nekad provision", "Avvist provisjon", "Declined commission")),
    ("ctr", _R, Quotient(_CLICKS, _IMPRESSIONS), ("Klickfrekvens", "Klikkfrekvens", "Click-through rate")),
    ("viewability", _R, Quotient(Sum("viewables"), _IMPRESSIONS), ("Synlighet", "Synlighet", "Viewability")),
    (
        "cvr",
        _R,
        Quotient(_CONVERSIONS, _CLICKS),
        ("Konverteringsgrad", "Konverteringsgrad", "Conversion rate"),
    ),
    (
        *("ecpm", _P, Quotient(_COST, _IMPRESSIONS, times=1000)),
        ("Kostnad per tusen visningar", "Kostnad per tusen visninger", "Cost per thousand impressions"),
    ),
    ("cpc", _P, Quotient(_COST, _CLICKS), ("Kostnad per klick", "Kostnad per klikk", "Cost per click")),
    ("cpl", _P, Quotient(_COST, _LEADS), ("Kostnad per lead", "Kostnad per lead", "Cost per lead")),
    (
        *("cpa", _P, Quotient(_COST, _CONVERSIONS)),
        ("Kostnad per konvertering", "Kostnad per konvertering", "Cost per conversion"),
    ),
    (
        "roas",
        _R,
        Quotient(_REVENUE, _COST),
        ("Intäkt per kostnad", "Inntekt per kostnad", "Return on ad spend"),
    ),
    (
        "roi",
        _R,
        Quotient(Minus(_REVENUE, _COST), _COST),
        ("Avkastning", "Avkastning", "Return on investment"),
    ),
    ("aov", _P, Quotient(_REVENUE, _SALES), ("Snittorder", "Snittordre", "Average order value")),
    (
        *("epc", _P, Quotient(Plus((_PENDING, _APPROVED)), _CLICKS)),
        ("Intjänat per klick", "Opptjent per klikk", "Earnings per click"),
    ),
    (
        *("approval_rate", _R, Quotient(_APPROVED, Plus((_APPROVED, _DECLINED)))),
        ("Godkännandegrad", "Godkjenningsgrad", "Approval rate"),
    ),
]

METRICS: Final[dict[str, Metric]] = {
    name: Metric(name, unit, formula, Words(*words)) for name, unit, formula, words in _TABLE
}
