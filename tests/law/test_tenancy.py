"""Nobody reaches what is another's: every page and every operation, as every role of every kind.

A new page or operation is visited without anybody remembering it; what it needs here is one object of each
kind that its route names (`tests/portal/objects.py`).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.law.conftest import Objects
from tests.law.visits import address_of, call, parameters_of, sample, undone, visit
from tests.portal.market import MARKER, Tenant, TwoTenants
from utfall.portal.access import Kind, Page, Permission, Role, all_pages
from utfall.portal.access.roles import OVERSEERS, grants_of
from utfall.portal.look.refusals import MISHAPS
from utfall.portal.people.callers import digest_of
from utfall.portal.people.models import ApiKey
from utfall.portal.rest import limits
from utfall.portal.rest.facade import Operation, all_operations

NO_METHOD = "QUERY"
MEMBERS = [(kind, role) for kind in Kind for role in Role]
OPENS = {200, 302, 303, 404, 409, 422}
"""What whoever is let in may be answered. That a page opens at all is checked for somebody, not for all."""

OPENED_ELSEWHERE: Mapping[str, str] = {
    "programs:draft": "a step of the wizard is for drafts; the market's program is live (test_pages.py)",
    "programs:example": "a step of the wizard is for drafts; the market's program is live (test_pages.py)",
    "reports:saved": "says that nothing has been measured yet, for this market has no lake (test_pages.py)",
    "overview:board": "says that nothing is new, for this market has no lake (test_pages.py)",
}
"""Pages that open for nobody in this market, with the reason and where they are seen to open."""

MAKERS: Mapping[str, str] = {
    "reports_remove": "one's own by anybody; what others share by whoever manages",
    "overview_change_view": "one's own by anybody; what others share by whoever manages",
    "overview_remove_view": "one's own by anybody; what others share by whoever manages",
    "work_cancel": "by whoever may start work of its kind, and by whoever manages",
}
"""Operations that ask for more or less by the thing that they are about."""

SHARED: Mapping[str, str] = {
    "partners:find": "publishers' profiles are there to be found by every advertiser",
    "partners:publisher": "publishers' profiles are there to be found by every advertiser",
}
"""Pages and operations that show everybody's, with the reason why they may."""


@pytest.fixture(autouse=True)
def _no_limit() -> Iterator[None]:
    limits.keys.forget()
    limits.addresses.forget()
    yield
    limits.keys.forget()
    limits.addresses.forget()


def tenant_of(market: TwoTenants, kind: Kind) -> Tenant:
    return {
        Kind.OPERATOR: market.operator,
        Kind.AUDITOR: market.auditor,
        Kind.ADVERTISER: market.a.advertiser,
        Kind.AGENCY: market.a.agency,
        Kind.PUBLISHER: market.a.publisher,
    }[kind]


def signed_in(tenant: Tenant, role: Role, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    client.force_login(get_user_model().objects.get(pk=tenant.users[role]))
    client.get(f"/{tenant.slug}/")  # what a first page notes of a browser, no visit has to note and take back
    return client


def key_client(tenant: Tenant, scopes: frozenset[Permission]) -> Client:
    """A key with these scopes, whoever would be allowed to make one."""
    secret = f"utf_law_{tenant.organisation}_{len(scopes)}"
    ApiKey.objects.system().create(
        organisation_id=tenant.organisation,
        name="law",
        prefix=secret[:10],
        digest=digest_of(secret),
        role=Role.OWNER.value,
        scopes=sorted(scopes),
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def pages(objects: Objects) -> list[Page]:
    """Every page that can be visited; the others fail the test below."""
    return [page for page in all_pages() if has_objects(page.route, objects)]


def operations(objects: Objects) -> list[Operation]:
    """Every operation that can be called; the others fail the test below."""
    return [operation for operation in all_operations() if has_objects(operation.path, objects)]


def has_objects(route: str, objects: Objects) -> bool:
    return all(name in objects.own and name in objects.foreign for name in parameters_of(route))


def name_of(one: Page | Operation) -> str:
    return f"{one.app}:{one.name}"


def offences(found: Iterator[str]) -> None:
    told = list(found)
    assert not told, "\n".join(told)


def test_there_is_an_object_of_every_kind_that_a_route_names(objects: Objects) -> None:
    routes = [page.route for page in all_pages()] + [operation.path for operation in all_operations()]
    wanting = {
        f"<{name}> of {route}"
        for route in routes
        for name in parameters_of(route)
        if name not in objects.own or name not in objects.foreign
    }
    assert not wanting, (
        f"add to tests/portal/<app>/objects.py (see tests/portal/objects.py): {sorted(wanting)}"
    )


@pytest.mark.parametrize(("kind", "role"), MEMBERS)
def test_a_page_admits_those_it_is_for_and_nobody_else(
    market: TwoTenants, objects: Objects, kind: Kind, role: Role
) -> None:
    """Asked with a method that no page takes: whoever is admitted is told so (405), all others before.

    Asked as a part of a page asks, to which a refusal is a sentence; the page that it is to others is drawn
    for everybody below, and for every page by the tests of what is another's.
    """
    tenant = tenant_of(market, kind)
    client = signed_in(tenant, role, headers={"HX-Request": "true"})

    def found() -> Iterator[str]:
        for page in pages(objects):
            status = visit(client, page, tenant.slug, objects.own, NO_METHOD).status_code
            expected = 404 if kind not in page.kinds else 405 if page.needs in grants_of(kind, role) else 403
            if status != expected:
                yield f"{name_of(page)} answers {status} instead of {expected}"

    offences(found())


def test_a_refusal_is_drawn_for_everybody(market: TwoTenants, objects: Objects) -> None:
    """Where a page is for another kind, and where it needs what a role has not."""

    def found() -> Iterator[str]:
        for kind, role in MEMBERS:
            tenant, grants = tenant_of(market, kind), grants_of(kind, role)
            client = signed_in(tenant, role)
            refusing = {
                404: next((page for page in pages(objects) if kind not in page.kinds), None),
                403: next(
                    (one for one in pages(objects) if kind in one.kinds and one.needs not in grants), None
                ),
            }
            assert refusing[404] is not None, f"every page is for {kind}"
            for status, page in refusing.items():
                if page is None:
                    continue
                answer = visit(client, page, tenant.slug, objects.own, NO_METHOD)
                words = str(MISHAPS[status].heading)
                if answer.status_code != status or words not in text_of(answer):
                    yield f"{name_of(page)} answers {role} of {kind} {answer.status_code} without “{words}”"

    offences(found())


@pytest.mark.parametrize("kind", list(Kind))
def test_a_page_breaks_for_nobody_it_is_for(market: TwoTenants, objects: Objects, kind: Kind) -> None:
    tenant = tenant_of(market, kind)
    client = signed_in(tenant, Role.OWNER)
    grants = grants_of(kind, Role.OWNER)

    def found() -> Iterator[str]:
        for page in pages(objects):
            if kind not in page.kinds or page.needs not in grants:
                continue
            for method in page.methods:
                status = visit(client, page, tenant.slug, objects.own, method).status_code
                if method != "GET" and status == 403:
                    continue  # a change may need more than its page does, never less
                if (wrong := judged(page, kind, grants, status)) is not None:
                    yield f"{name_of(page)} {method} answers {status}, {wrong}"

    offences(found())


def judged(one: Page | Operation, kind: Kind, grants: frozenset[Permission], status: int) -> str | None:
    """What is wrong with an answer, if anything."""
    if kind not in one.kinds:
        return None if status == 404 else "but it is not for this kind: 404"
    if one.needs not in grants:
        return None if status == 403 else f"but it needs {one.needs}: 403"
    return None if status in OPENS or status in {201, 202, 204, 207, 400} else "but this caller may"


def test_every_page_opens_for_somebody(market: TwoTenants, objects: Objects) -> None:
    clients = {kind: signed_in(tenant_of(market, kind), Role.OWNER) for kind in Kind}

    def found() -> Iterator[str]:
        for page in pages(objects):
            if "GET" not in page.methods or name_of(page) in OPENED_ELSEWHERE:
                continue
            statuses = {}
            for kind in sorted(page.kinds):
                slug = tenant_of(market, kind).slug
                statuses[kind] = visit(clients[kind], page, slug, objects.own, "GET").status_code
                if statuses[kind] in {200, 302, 303}:
                    break
            else:
                yield f"{name_of(page)} opens for nobody: {statuses}"

    offences(found())


@pytest.mark.parametrize("kind", [Kind.ADVERTISER, Kind.AGENCY, Kind.PUBLISHER])
def test_nothing_of_another_tenant_is_reached_on_a_page(
    market: TwoTenants, objects: Objects, kind: Kind
) -> None:
    tenant = tenant_of(market, kind)
    client = signed_in(tenant, Role.OWNER)

    def found() -> Iterator[str]:
        for page in pages(objects):
            owned = objects.are_owned(page.route)
            for method in page.methods:
                answer = visit(client, page, tenant.slug, objects.foreign, method)
                if owned and answer.status_code not in {403, 404, 422}:
                    yield f"{name_of(page)} {method} answers {answer.status_code} about what is another's"
                if name_of(page) not in SHARED and MARKER in text_of(answer):
                    yield f"{name_of(page)} {method} shows what is another's"

    offences(found())


@pytest.mark.parametrize("kind", [Kind.ADVERTISER, Kind.PUBLISHER])
def test_who_is_no_member_learns_nothing(market: TwoTenants, objects: Objects, kind: Kind) -> None:
    client = signed_in(tenant_of(market, kind), Role.OWNER)

    def found() -> Iterator[str]:
        for page in pages(objects):
            slug = market.b.advertiser.slug if kind is Kind.ADVERTISER else "nobody"
            answer = visit(client, page, slug, objects.foreign, page.methods[0])
            if answer.status_code != 404 or MARKER in text_of(answer):
                yield f"/{slug}/{page.route} answers {answer.status_code}"

    offences(found())


def test_whoever_is_not_signed_in_is_sent_to_sign_in(market: TwoTenants, objects: Objects) -> None:
    def found() -> Iterator[str]:
        for page in pages(objects):
            for slug in (market.b.advertiser.slug, "nobody"):
                answer = visit(Client(), page, slug, objects.foreign, page.methods[0])
                if answer.status_code != 302 or not answer["Location"].startswith("/account/login/"):
                    yield f"/{slug}/{page.route} answers {answer.status_code}"

    offences(found())


def test_a_page_takes_its_methods_and_no_others(market: TwoTenants, objects: Objects) -> None:
    clients = {kind: signed_in(tenant_of(market, kind), Role.OWNER) for kind in Kind}

    def found() -> Iterator[str]:
        for page in pages(objects):
            tenant = tenant_of(market, sorted(page.kinds)[0])
            client = clients[tenant.kind]
            for method in {"GET", "POST", "DELETE"} - set(page.methods):
                status = visit(client, page, tenant.slug, objects.own, method).status_code
                if status != 405:
                    yield f"{name_of(page)} {method} answers {status}"

    offences(found())


def test_a_change_needs_the_token_of_its_page(market: TwoTenants, objects: Objects) -> None:
    clients = {
        kind: signed_in(tenant_of(market, kind), Role.OWNER, enforce_csrf_checks=True) for kind in Kind
    }

    def found() -> Iterator[str]:
        for page in pages(objects):
            if "POST" not in page.methods:
                continue
            tenant = tenant_of(market, sorted(page.kinds)[0])
            status = visit(clients[tenant.kind], page, tenant.slug, objects.own, "POST").status_code
            if status != 403:
                yield f"{name_of(page)} answers {status} to a POST without its token"

    offences(found())


@pytest.mark.parametrize("kind", list(Kind))
def test_an_operation_is_open_to_those_it_is_for_and_to_nobody_else(
    market: TwoTenants, objects: Objects, kind: Kind
) -> None:
    tenant = tenant_of(market, kind)
    everything = grants_of(kind, Role.OWNER)
    clients = {scopes: key_client(tenant, scopes) for scopes in (everything, frozenset({Permission.LOOK}))}
    body = bodies(objects.own)

    def found() -> Iterator[str]:
        for operation in operations(objects):
            for scopes, client in clients.items():
                limits.keys.forget()
                status = call(client, operation, objects.own, body(operation)).status_code
                if status == 403 and operation.name in MAKERS and Permission.MANAGE not in scopes:
                    continue
                if (wrong := judged(operation, kind, scopes, status)) is not None:
                    yield f"{operation.name} answers {status}, {wrong}"

    offences(found())


@pytest.mark.parametrize("kind", [Kind.ADVERTISER, Kind.AGENCY, Kind.PUBLISHER])
def test_nothing_of_another_tenant_is_reached_by_an_operation(
    market: TwoTenants, objects: Objects, kind: Kind
) -> None:
    client = key_client(tenant_of(market, kind), grants_of(kind, Role.OWNER))
    body = bodies(objects.foreign)

    def found() -> Iterator[str]:
        for operation in operations(objects):
            limits.keys.forget()
            answer = call(client, operation, objects.foreign, body(operation))
            if objects.are_owned(operation.path) and answer.status_code not in {403, 404, 409, 422}:
                yield f"{operation.name} answers {answer.status_code} about what is another's"
            if name_of(operation) not in SHARED and MARKER in text_of(answer):
                yield f"{operation.name} shows what is another's"

    offences(found())


def test_an_operation_without_a_key_says_so(market: TwoTenants, objects: Objects) -> None:
    def found() -> Iterator[str]:
        for operation in operations(objects):
            limits.addresses.forget()
            answer = call(Client(), operation, objects.foreign)
            if answer.status_code != 401 or answer["Content-Type"] != "application/problem+json":
                yield f"{operation.name} answers {answer.status_code}"

    offences(found())


def test_an_address_of_the_api_takes_its_methods_and_no_others(market: TwoTenants, objects: Objects) -> None:
    client = key_client(market.operator, grants_of(Kind.OPERATOR, Role.OWNER))
    taken: dict[str, set[str]] = {}
    for operation in operations(objects):
        taken.setdefault(address_of(operation.path, objects.own), set()).add(operation.method)

    def found() -> Iterator[str]:
        for address, methods in taken.items():
            for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - methods:
                with undone():
                    answer = client.generic(method, f"/api/v1{address}")
                if answer.status_code != 405:
                    yield f"{method} {address} answers {answer.status_code}"

    offences(found())


def bodies(objects: Mapping[str, int | str]) -> Callable[[Operation], str | None]:
    """A body that fits, for each operation that takes one."""
    document = Client().get("/api/v1/openapi.json").json()
    by_name = {one["operationId"]: one for path in document["paths"].values() for one in path.values()}

    def body(operation: Operation) -> str | None:
        wanted = by_name[operation.name].get("requestBody")
        if wanted is None or "application/json" not in wanted["content"]:
            return None
        return json.dumps(sample(wanted["content"]["application/json"]["schema"], document, objects))

    return body


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode(errors="replace"))


def test_overseers_are_the_only_ones_who_see_everything() -> None:
    assert {Kind.OPERATOR, Kind.AUDITOR} == OVERSEERS
