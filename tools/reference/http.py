"""http.md, from the edge's routes, the fields it reads and the statuses it answers."""

from collections.abc import Iterable, Iterator

from tools.reference.markdown import code, prose, table
from utfall.edge.answers import status_of
from utfall.edge.application import ROUTES, Route
from utfall.edge.fields import FIELDS, PARAMETERS, Field
from utfall.edge.media import BUNDLE_TYPES, TYPES
from utfall.events import REASONS, Reason

INTRODUCTION = """
What the edge answers. Nothing is acknowledged before it is durable in the journal, and nothing that was
refused is answered 200. A refusal is JSON: `verdict`, `reason`, the `field` to blame, a `sentence` and how to
`mend` it.
"""
# The reasons that the edge itself can give; all others are decided when events are settled.
AT_THE_DOOR = tuple(REASONS)[: tuple(REASONS).index(Reason.DUPLICATE_EVENT)]
NAMES = {
    "/c/": "/c/{key}",
    "/i/": "/i/{key}",
    "/s2s/": "/s2s/{advertiser}",
    "/p/": "/p/{advertiser}",
    "/m/": "/m/{name}",
}
SUFFIXES = {route.path: route.suffix for route in reversed(ROUTES)}
"""The ending of a path; where one is asked for in two ways, that of the first."""
TAG = """
The tag sends one object with the same fields to `/p/{advertiser}`, as `text/plain` (or `application/json`),
and reads the verdict: 202 with the event's id, or the refusal. The answer is for every origin and no cookie
is read; the image stays for pages without scripts.
"""
MEDIA = """
`{sha256}.{ext}` is a file: ALONE. `{sha256}/{path}` is a file of an HTML5 creative, which may also be
BUNDLED; each is answered with a policy that puts it in a sandbox without an origin. `Range` is answered 206
or 416, what a cache has already 304, and everything else 404.
"""
BATCH = """
The body is `{"events": [row, …]}` or the list alone; the key goes into `Authorization: Bearer …`. The answer
counts `accepted` and `refused` and has one verdict per row, in order: 200 when all rows are durable, 207 when
some are, 422 when none is. A verdict on a click holds the `token` for its landing page.
"""


def page() -> list[str]:
    return [
        "# HTTP",
        prose(INTRODUCTION),
        table(("path", "methods", "what it does"), (row(route) for route in ROUTES)),
        *(part for path, fields in PARAMETERS.items() for part in section(path, fields)),
        "## /m/{name}",
        prose(media()),
        "## /v1/events",
        prose(BATCH),
        *(part for kind, fields in FIELDS.items() for part in (f"### {kind}", fields_table(fields))),
        "## Statuses of refusals",
        prose("A request as a whole may also meet 405, 408 (body too slow), 414 (address too long) and 429."),
        table(("reason", "status", "what it means"), statuses()),
    ]


def media() -> str:
    also = (ext for ext in BUNDLE_TYPES if ext not in TYPES)
    return MEDIA.replace("ALONE", ", ".join(TYPES)).replace("BUNDLED", ", ".join(also))


def section(path: str, fields: Iterable[Field]) -> Iterator[str]:
    yield f"## {NAMES[path]}{SUFFIXES[path]}"
    if path == "/p/":
        yield prose(TAG)
    yield fields_table(fields)


def row(route: Route) -> tuple[str, str, str]:
    words = prose(route.endpoint.__doc__)
    return code(NAMES.get(route.path, route.path) + route.suffix), ", ".join(route.methods), words


def fields_table(fields: Iterable[Field]) -> str:
    rows = ((", ".join(code(name) for name in (field.name, *field.also)), field.words) for field in fields)
    return table(("field", "what it says"), rows)


def statuses() -> Iterator[tuple[str, str, str]]:
    for reason in AT_THE_DOOR:
        if reason is not Reason.UNKNOWN_ORDER:
            yield code(reason.value), str(status_of(reason)), REASONS[reason].sentence
