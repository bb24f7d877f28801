"""Terms: what was agreed. Programs with their versions, rules, limits, partners, links and codes, sealed.

Promises: a Snapshot is immutable, canonical and content-hashed; every answer takes the time it is asked for,
and answers with what was in force then; intervals are half-open, `[from, until)`.
Refuses: a market that refers to what it does not hold, and prices that are not whole micros per event.
"""

from utfall.terms.conditions import FIELDS, AllOf, AnyOf, Condition, Field, Not, Test, check_condition
from utfall.terms.limits import Limit, Measure, Over, Period
from utfall.terms.market import Market, Problem, check_market
from utfall.terms.parties import (
    MACRO,
    MACROS,
    Advertiser,
    ApiKey,
    Code,
    Enrolment,
    Group,
    Link,
    PromotionType,
    Publisher,
    TouchClass,
)
from utfall.terms.program import ChannelPolicy, Method, Program, ProgramTerms, Status, Windows
from utfall.terms.programfile import ProgramFileError, read_market
from utfall.terms.rules import (
    Flat,
    PerThousand,
    Portion,
    Price,
    Rule,
    Step,
    Tiered,
    TierMeasure,
    TierPeriod,
    prices_in,
)
from utfall.terms.shares import Override, Split
from utfall.terms.snapshot import InvalidSnapshot, Snapshot, load_snapshot, seal
from utfall.terms.zones import Zone

__all__ = [
    "FIELDS",
    "MACRO",
    "MACROS",
    "Advertiser",
    "AllOf",
    "AnyOf",
    "ApiKey",
    "ChannelPolicy",
    "Code",
    "Condition",
    "Enrolment",
    "Field",
    "Flat",
    "Group",
    "InvalidSnapshot",
    "Limit",
    "Link",
    "Market",
    "Measure",
    "Method",
    "Not",
    "Over",
    "Override",
    "PerThousand",
    "Period",
    "Portion",
    "Price",
    "Problem",
    "Program",
    "ProgramFileError",
    "ProgramTerms",
    "PromotionType",
    "Publisher",
    "Rule",
    "Snapshot",
    "Split",
    "Status",
    "Step",
    "Test",
    "TierMeasure",
    "TierPeriod",
    "Tiered",
    "TouchClass",
    "Windows",
    "Zone",
    "check_condition",
    "check_market",
    "load_snapshot",
    "prices_in",
    "read_market",
    "seal",
]
