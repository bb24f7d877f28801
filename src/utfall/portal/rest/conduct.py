"""How every operation is conducted: each step either raises its answer or lets the request pass on.

    language · key · rate · kind and scope · size · idempotency key · the operation, in one transaction

Nothing is read of a request's body before its key may do what it asks for, and nothing of one too large.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, NamedTuple

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from utfall.portal.access import Caller, Forbidden, Kind, NotFound, Permission
from utfall.portal.access.pages import BODY_BYTES, declared
from utfall.portal.people.facade import caller_of_key
from utfall.portal.rest import idempotency, limits, problems
from utfall.portal.rest.problems import Answer
from utfall.portal.rest.schemas import LARGEST_NUMBER

logger = logging.getLogger(__name__)
Run = Callable[..., HttpResponse]
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Operation(NamedTuple):
    """A registered operation of the API."""

    app: str
    name: str
    method: str
    path: str
    needs: Permission
    kinds: frozenset[Kind]
    bulk: bool
    takes: int = BODY_BYTES


class ApiRequest(HttpRequest):
    """A request that was admitted: it has a caller."""

    caller: Caller


def conducted(operation: Operation) -> Callable[[Run], Run]:
    """Put the steps in front of an operation's own run."""

    def around(run: Run) -> Run:
        known = queries_of(run)

        def steps(request: HttpRequest, /, **route: Any) -> HttpResponse:
            caller = admitted(operation, request)
            request.caller = caller  # type: ignore[attr-defined]
            if declared(request) > operation.takes:
                raise Answer("too_large")
            if any(isinstance(value, int) and value > LARGEST_NUMBER for value in route.values()):
                raise NotFound
            if unknown := sorted(set(request.GET) - known):
                return problems.unknown(unknown)
            if operation.method in SAFE:
                return run(request, **route)
            return _changing(request, caller, lambda: run(request, **route))

        return steps

    return around


def queries_of(run: Run) -> frozenset[str]:
    """The names that an operation knows in its query; `run` is the method of Ninja's operation."""
    models = getattr(run, "__self__").models  # noqa: B009  # a callable has no such attribute, a method has
    found: set[str] = set()
    for model in models:
        if model.__ninja_param_source__ == "query":
            found |= set(model.__ninja_flatten_map__)
    return frozenset(found)


def admitted(operation: Operation, request: HttpRequest) -> Caller:
    """The caller whose key may do this, or the answer to everybody else."""
    secret = _secret(request)
    caller = caller_of_key(secret) if secret else None
    if caller is None:
        _take(limits.addresses, limits.address_of(request), request)
        raise Answer("key_invalid" if secret else "key_missing", {"WWW-Authenticate": "Bearer"})
    _take(limits.keys, str(caller.key), request, limits.rate_of(caller.organisation))
    if caller.kind not in operation.kinds:
        raise NotFound
    if not caller.may(operation.needs):
        raise Forbidden(operation.needs.value)
    return caller


def _secret(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _take(buckets: limits.Buckets, who: str, request: HttpRequest, rate: limits.Rate | None = None) -> None:
    taken = buckets.take(who, rate)
    request.rate = taken  # type: ignore[attr-defined]
    if not taken.granted:
        raise Answer("rate_limited")


def _changing(request: HttpRequest, caller: Caller, run: Callable[[], HttpResponse]) -> HttpResponse:
    """One transaction around the change and the stored answer; a refusal leaves nothing behind."""
    mine = idempotency.begin(request, caller)
    if mine is not None and (before := idempotency.replayed(mine)) is not None:
        return before
    try:
        with transaction.atomic():
            answer = run()
            if answer.status_code >= 400:
                transaction.set_rollback(True)
            elif mine is not None:
                idempotency.keep(mine, answer)
    except Exception:
        if mine is not None:
            mine.delete()
        raise
    if mine is not None and answer.status_code >= 400:
        idempotency.keep(mine, answer)
    return answer


def answering(view: Run) -> Run:
    """What every address of the API does around its operations: language, problems, headers."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: Any, **route: Any) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            answer = _answer(view, request, *args, **route)
        answer.headers.setdefault("Content-Language", language)
        answer.headers.setdefault("Cache-Control", "no-store")
        taken: limits.Taken | None = getattr(request, "rate", None)
        for name, value in (taken.headers() if taken else {}).items():
            answer[name] = value
        patch_vary_headers(answer, ["Authorization", "Accept-Language"])
        return answer

    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered


def _answer(view: Run, request: HttpRequest, /, *args: Any, **route: Any) -> HttpResponse:
    try:
        answer = view(request, *args, **route)
    except Http404:
        return problems.general("not_found")
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return problems.general("too_large")
    except MultiPartParserError:
        return problems.general("malformed")
    except Exception as error:
        told = problems.of_exception(error)
        if told is None:
            logger.exception("%s %s failed", request.method, request.path)
            told = problems.general("internal")
        return told
    if isinstance(answer, HttpResponseNotAllowed):
        return problems.general("method_not_allowed", headers={"Allow": answer["Allow"]})
    return answer


def language_of(request: HttpRequest) -> str:
    """The language the client asks for by Accept-Language; a cookie says nothing here."""
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return "en"
