"""What every app's `endpoints.py` builds with.

from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Paging, Strict, listed
"""

from ninja import Field, Query, Schema, Status

from utfall.portal.rest.bulk import bulk
from utfall.portal.rest.conduct import ApiRequest, Operation
from utfall.portal.rest.operations import Endpoints
from utfall.portal.rest.schemas import (
    Amount,
    Listed,
    Micros,
    Moment,
    Number,
    Paging,
    Ppm,
    Rows,
    Strict,
    Verdicts,
    listed,
)


def all_operations() -> tuple[Operation, ...]:
    """Every operation of the API."""
    from utfall.portal.rest.open_urls import api

    return tuple(one for chapter in api.chapters for one in chapter.operations)


__all__ = [
    "Amount",
    "ApiRequest",
    "Endpoints",
    "Field",
    "Listed",
    "Micros",
    "Moment",
    "Number",
    "Operation",
    "Paging",
    "Ppm",
    "Query",
    "Rows",
    "Schema",
    "Status",
    "Strict",
    "Verdicts",
    "all_operations",
    "bulk",
    "listed",
]
