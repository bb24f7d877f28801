"""Partner groups, budgets and caps by API."""

from dataclasses import asdict
from typing import Any, Final

from utfall.portal.access import Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.programs import answers, facade, schemas
from utfall.portal.programs.chapter import DOERS, endpoints
from utfall.portal.programs.contracts import GroupView, LimitUse, LimitView
from utfall.portal.programs.sentences import Named, limit_says, named_in
from utfall.portal.rest.facade import ApiRequest

MANAGE: Final = Permission.MANAGE
PRICE: Final = Permission.PRICE


@endpoints.get(
    "/programs/{int:program}/groups",
    answers=list[answers.GroupAnswer],
    kinds=BUYERS,
    summary="Partner groups",
)
def groups(request: ApiRequest, program: int) -> list[GroupView]:
    """The program's groups by name."""
    return facade.groups(request.caller, program)


@endpoints.post(
    "/programs/{int:program}/groups",
    answers=answers.GroupAnswer,
    status=201,
    needs=MANAGE,
    kinds=DOERS,
    summary="Create a partner group",
)
def create_group(request: ApiRequest, program: int, body: schemas.GroupSaid) -> GroupView:
    """Until partners are moved into it, it changes nothing."""
    return facade.create_group(request.caller, program, body.name, body.description)


@endpoints.put(
    "/programs/{int:program}/groups/{int:group}",
    answers=answers.GroupAnswer,
    needs=MANAGE,
    kinds=DOERS,
    summary="Rename or describe a partner group",
)
def change_group(request: ApiRequest, program: int, group: int, body: schemas.GroupSaid) -> GroupView:
    """Who is in it and what it earns stays."""
    return facade.change_group(request.caller, program, group, body.name, body.description)


@endpoints.get(
    "/programs/{int:program}/limits",
    answers=list[answers.LimitAnswer],
    kinds=BUYERS,
    summary="Budgets and caps",
)
def limits(request: ApiRequest, program: int) -> list[dict[str, Any]]:
    """Budgets first."""
    found = facade.limits(request.caller, program)
    names, currency = named_in(found), facade.program(request.caller, program).currency
    return [_told(one, currency, names) for one in found]


@endpoints.get(
    "/programs/{int:program}/limits/use",
    answers=list[answers.UseAnswer],
    kinds=BUYERS,
    summary="What is used of budgets and caps",
)
def uses(request: ApiRequest, program: int) -> list[LimitUse]:
    """Of each limit's current period; of caps per publisher, the fullest."""
    return list(facade.uses(request.caller, program).values())


@endpoints.post(
    "/programs/{int:program}/limits",
    answers=answers.LimitedAnswer,
    status=201,
    needs=PRICE,
    kinds=DOERS,
    summary="Add a budget or cap",
)
def add_limit(request: ApiRequest, program: int, body: schemas.LimitSaid) -> dict[str, Any]:
    """It counts from the next outcome on."""
    return _answer(request, program, facade.add_limit(request.caller, program, body.draft()))


@endpoints.put(
    "/programs/{int:program}/limits/{int:limit}",
    answers=answers.LimitedAnswer,
    needs=PRICE,
    kinds=DOERS,
    summary="Change the height of a limit",
)
def change_limit(request: ApiRequest, program: int, limit: int, body: schemas.HeightSaid) -> dict[str, Any]:
    """What it counts never changes: for that, add another one."""
    return _answer(request, program, facade.change_limit(request.caller, program, limit, **body.dict()))


@endpoints.post(
    "/programs/{int:program}/limits/{int:limit}/remove",
    answers=answers.LimitedAnswer,
    needs=PRICE,
    kinds=DOERS,
    summary="Take a limit away",
)
def remove_limit(request: ApiRequest, program: int, limit: int, body: schemas.Why) -> dict[str, Any]:
    """From the next outcome on nothing stops there."""
    return {"proposal": facade.remove_limit(request.caller, program, limit, why=body.why)}


def _answer(request: ApiRequest, program: int, found: LimitView | int) -> dict[str, Any]:
    if isinstance(found, int):
        return {"proposal": found}
    currency = facade.program(request.caller, program).currency
    return {"limit": _told(found, currency, named_in([found]))}


def _told(limit: LimitView, currency: str, names: Named) -> dict[str, Any]:
    return {**asdict(limit), "words": limit_says(limit, currency, names)}
