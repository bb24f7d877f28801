"""Schemathesis over the whole OpenAPI document, against a real server: no 5xx, nothing undocumented."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.browser.serving import served
from tests.law.conftest import Objects, laid_out
from tests.portal import database
from tests.portal.market import Tenant, TwoTenants
from tests.portal.rates import rate
from utfall.portal.access import Kind, Role
from utfall.portal.access.roles import grants_of
from utfall.portal.people.callers import digest_of
from utfall.portal.people.models import ApiKey

EXAMPLES_IN_ALL = 600
"""Shared by all operations, so that it takes as long however many there are; each has two at least."""
PATIENCE_S = 120
"""An answer that takes longer is broken; how long one takes is not asked here."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PREFERRED = (Kind.ADVERTISER, Kind.PUBLISHER, Kind.OPERATOR, Kind.AGENCY)


@pytest.fixture
def laid() -> Iterator[tuple[TwoTenants, Objects]]:
    """The market with everything in it."""
    yield laid_out()
    database.leave()


@pytest.fixture
def address(laid: tuple[TwoTenants, Objects]) -> Iterator[str]:
    """The portal behind a real server, whose limits are out of the way."""
    with (
        served() as address,
        override_settings(ALLOWED_HOSTS=["localhost"]),
        rate(burst=10**9, per_second=1.0),
    ):
        yield address


def key_of(tenant: Tenant, number: int) -> str:
    """A new key for each operation: one of them revokes keys."""
    secret = f"utf_schema_{number}"
    ApiKey.objects.system().create(
        organisation_id=tenant.organisation,
        name="schema",
        prefix=secret[:10],
        digest=digest_of(secret),
        role=Role.OWNER.value,
        scopes=sorted(grants_of(tenant.kind, Role.OWNER)),
    )
    return secret


def examine(operation: Any, base: str, secret: str, objects: Mapping[str, int | str], examples: int) -> None:
    """Send what the schema allows and what it forbids; half of the time about something that exists."""

    @settings(
        max_examples=examples,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
        derandomize=True,
        database=None,
    )
    @given(case=operation.as_strategy(), exists=st.booleans())
    def holds(case: Any, exists: bool) -> None:
        if exists:
            case.path_parameters |= {name: objects[name] for name in case.path_parameters if name in objects}
        headers = {"Authorization": f"Bearer {secret}"}
        response = case.call(base_url=base, headers=headers, timeout=PATIENCE_S)
        case.validate_response(response, checks=CHECKS, headers=headers)

    holds()


@pytest.mark.slow
def test_no_operation_breaks_or_answers_what_it_does_not_document(
    address: str, laid: tuple[TwoTenants, Objects]
) -> None:
    market, objects = laid
    tenants = {
        Kind.ADVERTISER: market.a.advertiser,
        Kind.PUBLISHER: market.a.publisher,
        Kind.OPERATOR: market.operator,
        Kind.AGENCY: market.a.agency,
    }
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", timeout=PATIENCE_S)
    schema.validate()
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    examples = max(2, EXAMPLES_IN_ALL // len(found))
    faults = []
    for number, operation in enumerate(found):
        kinds = operation.definition.raw["x-kinds"]
        kind = next(one for one in PREFERRED if one in kinds)
        try:
            examine(operation, address, key_of(tenants[kind], number), objects.own, examples)
        except (Exception, BaseExceptionGroup) as error:
            faults.append(f"{operation.label}: {error} {getattr(error, 'exceptions', '')}"[:600])
    assert not faults, "\n\n".join(faults)
