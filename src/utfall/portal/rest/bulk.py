"""Many rows in one request: each in a savepoint of its own, each with its own verdict."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from ninja import Status

from utfall.portal.access import Forbidden, NotFound, Problem, Refused
from utfall.portal.rest.problems import GENERAL
from utfall.portal.rest.schemas import Rows, RowVerdict, Unfit, Verdicts

Row = TypeVar("Row")


def bulk(rows: Rows[Row], do: Callable[[Row], Any]) -> Status[Verdicts]:
    """Do each row; 200 where all were done, 207 where some or all were refused. What is done stays done."""
    with transaction.atomic():
        verdicts = [_verdict(index, row, do) for index, row in enumerate(rows.rows)]
    refused = sum(verdict.status >= 400 for verdict in verdicts)
    answer = Verdicts(rows=verdicts, done=len(verdicts) - refused, refused=refused)
    return Status(207 if refused else 200, answer)


def _verdict(index: int, row: Any, do: Callable[[Any], Any]) -> RowVerdict:
    if isinstance(row, Unfit):
        return _refused(index, 422, row.problems[0])
    try:
        with transaction.atomic():
            return RowVerdict(index=index, status=200, code="", sentence="", field="", result=do(row))
    except Refused as error:
        return _refused(index, error.status, error.problems[0])
    except Forbidden as error:
        return _refused(index, 403, Problem("forbidden", f"{GENERAL['forbidden'].sentence} ({error.needed})"))
    except NotFound:
        return _refused(index, 404, Problem("not_found", GENERAL["not_found"].sentence))


def _refused(index: int, status: int, problem: Problem) -> RowVerdict:
    return RowVerdict(
        index=index,
        status=status,
        code=problem.code,
        sentence=str(problem.sentence),
        field=problem.field,
        result=None,
    )
