"""Programs by API: found, drafted, handed in, brought into another state; goals and the operator's rules."""

from typing import Any, Final

from utfall.events import Outcome
from utfall.portal.access import Kind, NotFound, Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.programs import answers, facade, schemas
from utfall.portal.programs.chapter import DOERS, endpoints
from utfall.portal.programs.contracts import (
    GoalProgress,
    GoalView,
    PolicyView,
    ProgramView,
    StartingPrice,
    State,
)
from utfall.portal.rest.facade import ApiRequest, Field, Listed, Paging, Query, listed

MANAGE: Final = Permission.MANAGE
Programs = Listed[answers.ProgramAnswer]


class Wanted(Paging):
    """Which of the own programs."""

    state: State | None = None
    search: str = Field("", max_length=100)


class Offered(Paging):
    """Which programs of the marketplace."""

    search: str = Field("", max_length=100)
    category: str = Field("", max_length=30)
    country: str = Field("", max_length=2)
    outcome: Outcome | None = None
    currency: str = Field("", max_length=3)


@endpoints.get("/programs", answers=Programs, summary="Programs")
def programs(request: ApiRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """An advertiser's own programs; for publishers, those they may see. Newest first."""
    found = facade.programs(
        request.caller, state=wanted.state, search=wanted.search, after=wanted.after, count=wanted.limit
    )
    return listed(found)


@endpoints.get("/marketplace/programs", answers=Programs, summary="Programs open to publishers")
def open_programs(request: ApiRequest, wanted: Query[Offered]) -> dict[str, Any]:
    """Live programs that a publisher can join or apply to."""
    told = wanted.dict(exclude={"after", "limit"})
    return listed(facade.open_programs(request.caller, **told, after=wanted.after, count=wanted.limit))


@endpoints.post(
    "/programs",
    answers=answers.ProgramAnswer,
    status=201,
    needs=MANAGE,
    kinds=DOERS,
    summary="Start a program",
)
def create(request: ApiRequest, body: schemas.NewProgram) -> ProgramView:
    """A draft with the usual terms of its kind of business."""
    return facade.create_draft(request.caller, **body.dict())


@endpoints.get("/programs/{int:program}", answers=answers.ProgramAnswer, summary="One program")
def program(request: ApiRequest, program: int) -> ProgramView:
    """A program with the terms that count now."""
    return facade.program(request.caller, program)


@endpoints.put(
    "/programs/{int:program}/profile",
    answers=answers.ProgramAnswer,
    needs=MANAGE,
    kinds=DOERS,
    summary="Change what a program says of itself",
)
def describe(request: ApiRequest, program: int, body: schemas.ProfileSaid) -> ProgramView:
    """None of it is a term, so it holds at once."""
    return facade.describe(request.caller, program, body.profile())


@endpoints.put(
    "/programs/{int:program}/place",
    answers=answers.ProgramAnswer,
    needs=MANAGE,
    kinds=DOERS,
    summary="Choose currency and time zone of a draft",
)
def place(request: ApiRequest, program: int, body: schemas.PlaceSaid) -> ProgramView:
    """Only while nothing was published."""
    return facade.place(request.caller, program, currency=body.currency, zone=body.zone)


@endpoints.put(
    "/programs/{int:program}/starting-price",
    answers=answers.ProgramAnswer,
    needs=Permission.PRICE,
    kinds=DOERS,
    summary="Choose the first commission of a draft",
)
def starting_price(request: ApiRequest, program: int, body: schemas.PriceSaid) -> ProgramView:
    """It becomes a rule when the program goes live."""
    currency = facade.program(request.caller, program).currency
    price = StartingPrice(currency=currency, **body.dict())
    return facade.set_starting_price(request.caller, program, price)


@endpoints.post(
    "/programs/{int:program}/submit",
    answers=answers.ProgramAnswer,
    needs=MANAGE,
    kinds=DOERS,
    summary="Hand a draft in",
)
def submit(request: ApiRequest, program: int) -> ProgramView:
    """For review, or straight into life where the operator reviews none."""
    return facade.submit(request.caller, program)


@endpoints.post(
    "/programs/{int:program}/state",
    answers=answers.ProgramAnswer,
    needs=MANAGE,
    kinds=DOERS,
    summary="Change the state",
)
def state(request: ApiRequest, program: int, body: schemas.StateSaid) -> ProgramView:
    """Pause, resume, close, take back; the operator approves and returns."""
    return facade.change_state(request.caller, program, body.state, body.why)


@endpoints.get(
    "/programs/{int:program}/goals", answers=list[answers.GoalAnswer], kinds=BUYERS, summary="Goals"
)
def goals(request: ApiRequest, program: int) -> list[GoalView]:
    """Every goal, the latest first."""
    return facade.goals(request.caller, program)


@endpoints.put(
    "/programs/{int:program}/goal",
    answers=answers.GoalAnswer,
    needs=MANAGE,
    kinds=DOERS,
    summary="Set the goal",
)
def set_goal(request: ApiRequest, program: int, body: schemas.GoalSaid) -> GoalView:
    """The goal that runs or comes is changed; one that is over stays."""
    return facade.set_goal(request.caller, program, body.draft())


@endpoints.delete(
    "/programs/{int:program}/goals/{int:goal}", needs=MANAGE, kinds=DOERS, summary="Give up a goal"
)
def remove_goal(request: ApiRequest, program: int, goal: int) -> None:
    """The log remembers it."""
    facade.remove_goal(request.caller, program, goal)


@endpoints.get(
    "/programs/{int:program}/progress",
    answers=answers.ProgressAnswer,
    kinds=BUYERS,
    summary="Progress and forecast of the goal",
)
def progress(request: ApiRequest, program: int) -> GoalProgress:
    """Fresh within seconds. Not found where there is no goal."""
    found = facade.progress(request.caller, program)
    if found is None:
        raise NotFound
    return found


OPERATORS: Final = frozenset({Kind.OPERATOR})


@endpoints.get(
    "/program-policy",
    answers=answers.PolicyAnswer,
    needs=Permission.OPERATE,
    kinds=OPERATORS,
    summary="The operator's rules for programs",
)
def policy(request: ApiRequest) -> PolicyView:
    """Whether programs are reviewed, and the usual fee."""
    return facade.policy()


@endpoints.put(
    "/program-policy",
    answers=answers.PolicyAnswer,
    needs=Permission.OPERATE,
    kinds=OPERATORS,
    summary="Change the operator's rules for programs",
)
def set_policy(request: ApiRequest, body: schemas.PolicySaid) -> PolicyView:
    """They hold for programs that are started from now on."""
    wanted = PolicyView(review_needed=body.review_needed, fee_ppm=body.fee_ppm)
    return facade.set_policy(request.caller, wanted)
