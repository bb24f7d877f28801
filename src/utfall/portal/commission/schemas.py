"""What the API is sent about rules and answers: the price and the condition as typed, tagged unions."""

from typing import Annotated, Any, Literal

import msgspec
from pydantic import Discriminator, RootModel, StrictBool, StrictInt, StrictStr
from pydantic import Field as Limited

from utfall.events import Outcome
from utfall.portal.commission.checking import ACTION_CHARS, MOST_RULES, NAME_CHARS
from utfall.portal.commission.contracts import Change, Remark, RuleChange, RuleDraft, RuleView
from utfall.portal.commission.plain import plain
from utfall.portal.rest.facade import Field, Micros, Moment, Number, Ppm, Schema, Strict
from utfall.terms import Condition, Price, TierMeasure, TierPeriod
from utfall.terms.market import LARGEST_CAP, MOST_STEPS


class SharePrice(Strict):
    """A share of each order line."""

    type: Literal["share"]
    ppm: Ppm = Field(description="Parts per million: 8 % is 80000.")


class FlatPrice(Strict):
    """An amount for each order, or for each unit sold."""

    type: Literal["flat"]
    micros: Micros = Field(description="Millionths of the program's currency.")
    per: Literal["order", "unit"] = "order"


class ThousandPrice(Strict):
    """An amount per thousand impressions, views or clicks."""

    type: Literal["per_thousand"]
    micros: Micros


class PriceStep(Strict):
    """What is paid from some point of the period on."""

    start: Annotated[int, Limited(ge=0, le=LARGEST_CAP)] = Field(
        description="Millionths of the program's currency, or a number of orders; the first is 0."
    )
    price: Annotated[SharePrice | FlatPrice, Discriminator("type")]


class TieredPrice(Strict):
    """A price in steps: what is paid rises with what is counted in a period."""

    type: Literal["tiered"]
    measure: TierMeasure = Field(description="What is counted: orders, their amount, or the commission.")
    period: TierPeriod = Field(description="In the program's time zone.")
    steps: list[PriceStep] = Field(min_length=1, max_length=MOST_STEPS)
    shared: bool = Field(False, description="Count all whom the rule is for together.")
    retroactive: bool = Field(False, description="A step that is reached holds for the whole period.")


AnyPrice = Annotated[SharePrice | FlatPrice | ThousandPrice | TieredPrice, Discriminator("type")]
Typed = StrictBool | StrictInt | Annotated[StrictStr, Limited(max_length=200)]


class OneTest(Strict):
    """One field against a value; against a list with `in`, `not_in` and `between`."""

    type: Literal["test"]
    field: str = Field(max_length=60, description="Such as line.category; the guide lists them.")
    op: str = Field(max_length=20, description="eq, ne, in, not_in, lt, le, gt, ge, between, starts_with, …")
    value: Typed | Annotated[list[Typed], Limited(max_length=1000)]


class AllCondition(Strict):
    """True when every part is."""

    type: Literal["all"]
    of: list["AnyCondition"] = Field(min_length=1, max_length=100)


class AnyOfCondition(Strict):
    """True when some part is."""

    type: Literal["any"]
    of: list["AnyCondition"] = Field(min_length=1, max_length=100)


class NotCondition(Strict):
    """True when its part is false; unknown when that is unknown."""

    type: Literal["not"]
    of: "AnyCondition"


AnyCondition = Annotated[OneTest | AllCondition | AnyOfCondition | NotCondition, Discriminator("type")]


class ConditionTree(RootModel[AnyCondition]):
    """A condition: tests joined by all, any and not."""


class RuleBody(Strict):
    """A rule as it is wanted; its place in the list is its precedence."""

    name: str = Field(min_length=1, max_length=NAME_CHARS)
    outcome: Outcome
    price: AnyPrice
    when: ConditionTree | None = None
    action: str = Field("", max_length=ACTION_CHARS, description="Only outcomes with this name.")
    group: Number | None = Field(None, description="Only publishers in this partner group.")
    publisher: Number | None = Field(None, description="Only this publisher.")
    ends_at: Moment | None = Field(None, description="When it stops paying by itself.")
    rule: Number | None = Field(None, description="The rule in force that it goes on from.")

    def draft(self) -> RuleDraft:
        """As the facade takes it."""
        return RuleDraft(
            name=self.name,
            outcome=self.outcome,
            price=msgspec.convert(self.price.model_dump(), Price),
            when=msgspec.convert(self.when.model_dump(), Condition) if self.when else None,
            action=self.action,
            group=self.group,
            publisher=self.publisher,
            ends_at=self.ends_at,
            rule=self.rule,
        )


class RulesBody(Strict):
    """A whole list of rules, the first with precedence."""

    rules: list[RuleBody] = Field(max_length=MOST_RULES)


class RulesChange(RulesBody):
    """A list of rules that takes the place of those in force."""

    effective_from: Moment | None = Field(None, description="Now or later; null: now.")
    why: str = Field("", max_length=1000)


class ProgramRules(RulesChange):
    """The rules of one of several programs."""

    program: Number


class PreviewBody(RulesBody):
    """What a list of rules would have paid."""

    days: int = Field(90, ge=1, le=90, description="How far to look back.")


class RuleAnswer(Schema):
    """A rule and when it is in force."""

    id: int
    program: int
    name: str
    outcome: Outcome
    price: AnyPrice
    when: ConditionTree | None
    action: str
    group: int | None
    publisher: int | None
    ends_at: Moment | None
    effective_from: Moment
    effective_until: Moment | None
    replaces: int | None
    created_by: str
    words: str = Field(description="The rule as a sentence, in the language of the request.")


class ChangeAnswer(Schema):
    """What becomes of one rule."""

    change: Change
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    was: int | None = Field(description="Its place before, from 1.")
    place: int | None = Field(description="Its place after, from 1.")


class ChangedAnswer(Schema):
    """What a change did; where `proposal` is set, it waits for a second person and did nothing yet."""

    changes: list[ChangeAnswer]
    effective_from: Moment
    proposal: int | None


class RevisionAnswer(Schema):
    """A change of rules that was made."""

    id: int
    program: int
    made_at: Moment
    made_by: str
    why: str
    effective_from: Moment
    changes: list[ChangeAnswer]


class RemarkAnswer(Schema):
    """What the linter says. `rules`: places in the list, from 1; the first is the one it is about."""

    code: str
    weight: str
    sentence: str
    mend: str
    rules: list[int]
    since: Moment | None
    until: Moment | None


class OfferedAnswer(Schema):
    """A rule that can apply to the publisher, in words."""

    id: int
    name: str
    words: str
    outcome: Outcome
    price: str
    effective_from: Moment
    effective_until: Moment | None
    is_own: bool


class OfferAnswer(Schema):
    """What a program pays the publisher now, and what comes later."""

    program: int
    now: list[OfferedAnswer]
    later: list[OfferedAnswer]
    changes_at: Moment | None


class PreviewStarted(Schema):
    """The number of the work that settles again."""

    preview: int


class PreviewAnswer(Schema):
    """A what-if and how far it is. `report` is null until it is done, or where nothing happened."""

    preview: int
    state: str
    percent: int
    said: str
    error: str
    since: Moment
    until: Moment
    report: dict[str, Any] | None


def rule_answer(view: RuleView, words: str) -> dict[str, Any]:
    """A rule as it is answered."""
    return {
        **plain(view.draft),
        "ends_at": view.draft.ends_at,
        "id": view.id,
        "program": view.program,
        "effective_from": view.effective_from,
        "effective_until": view.effective_until,
        "replaces": view.replaces,
        "created_by": view.created_by,
        "words": words,
    }


def change_answer(one: RuleChange) -> dict[str, Any]:
    """What becomes of a rule, as it is answered."""
    return {
        "change": one.change,
        "before": plain(one.before) if one.before else None,
        "after": plain(one.after) if one.after else None,
        "was": one.was,
        "place": one.place,
    }


def remark_answer(one: Remark) -> dict[str, Any]:
    """A remark as it is answered."""
    return {
        "code": one.code,
        "weight": one.weight,
        "sentence": one.sentence,
        "mend": one.mend,
        "rules": [int(key) for key in one.keys],
        "since": one.since,
        "until": one.until,
    }
