"""Where a click lands: the link's destination or an allowed deep link, split where the token goes in."""

import re
from struct import Struct as Layout
from typing import Final, NamedTuple
from urllib.parse import quote, unquote_plus

from utfall.edge.template import NO_TEMPLATE, Template, template_of
from utfall.terms import Link

_URL: Final = re.compile(r"(https?)://([^/?#\\@:\s\[\]]+)(?::([0-9]{1,5}))?(?=[/?#]|$)", re.IGNORECASE)
_HOST: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_KEPT: Final = "%/:?#[]@!$&'()*+,;=~-._"
"""What stands in a URL as it is. All else is encoded, so that nothing can break out of a header line."""
_TOKEN_IDS: Final = Layout(">BIII")
_USUAL_PORTS: Final = (None, "80", "443")


class Split(NamedTuple):
    """A URL in two: the token goes between, and what each click adds. `plain` is the URL without these."""

    head: str
    tail: str
    plain: str


class Landing(NamedTuple):
    """All that a click on one link needs, computed once: who, where to, and the ids inside its token."""

    link: Link
    advertiser: int
    consent_required: bool
    valid_until: int
    home: Split
    host: str
    port: str | None
    token_ids: bytes
    template: Template


def landing_of(link: Link, advertiser: int, *, consent_required: bool, valid_until: int) -> Landing | None:
    """The landing of a link; None when its destination is no web address."""
    place = _place(link.destination)
    if place is None:
        return None
    high, low = divmod(link.id, 1 << 32)
    template = template_of(link)
    return Landing(
        link=link,
        advertiser=advertiser,
        consent_required=consent_required,
        valid_until=valid_until,
        home=split_at_token(place.url, link.parameter, template),
        host=place.host,
        port=place.port,
        token_ids=_TOKEN_IDS.pack(high, low, link.program, link.publisher),
        template=template,
    )


def deep_link(landing: Landing, url: str) -> Split | None:
    """The way to another page of the shop; None when it leads outside the allowed domains."""
    place = _place(url)
    if place is None or place.port not in (*_USUAL_PORTS, landing.port):
        return None
    allowed = (landing.host, *(_ascii_host(domain) or "" for domain in landing.link.domains))
    if place.host != landing.host and not any(_within(place.host, domain) for domain in allowed[1:]):
        return None
    return split_at_token(place.url, landing.link.parameter, landing.template)


def _within(host: str, domain: str) -> bool:
    return bool(domain) and (host == domain or host.endswith("." + domain))


class _Place(NamedTuple):
    url: str
    host: str
    port: str | None


def _place(url: str) -> _Place | None:
    """A URL as browsers will read it too: an unambiguous host, and everything after it safely encoded."""
    found = _URL.match(url)
    host = _ascii_host(found[2]) if found else None
    if found is None or host is None:
        return None
    port = f":{found[3]}" if found[3] else ""
    rest = quote(url[found.end() :], safe=_KEPT)
    path = rest if rest.startswith("/") else "/" + rest
    return _Place(f"{found[1].lower()}://{host}{port}{path}", host, found[3])


def _ascii_host(host: str) -> str | None:
    """
    >>> _ascii_host("Fjäll.example")
    'xn--fjll-moa.example'
    """
    try:
        name = host.rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        return None
    return name if _HOST.fullmatch(name) else None


def split_at_token(url: str, parameter: str, template: Template = NO_TEMPLATE) -> Split:
    """Cut a URL where its token goes: after the existing query, before the fragment and what a template adds.

    A parameter of that name from an earlier click (somebody shared the address of the page) is replaced, and
    so is one that the template has.

    >>> split_at_token("https://shop.example/a?b=1#c", "utfall")
    Split(head='https://shop.example/a?b=1&utfall=', tail='#c', plain='https://shop.example/a?b=1#c')
    """
    body, mark, fragment = url.partition("#")
    base, _, query = body.partition("?")
    replaced = {parameter, *template.names}
    kept = [part for part in query.split("&") if query and _name(part) not in replaced]
    head = f"{base}?{''.join(part + '&' for part in kept)}{parameter}="
    fixed = template.fixed[1:]
    plain = "&".join([*kept, fixed] if fixed else kept)
    end = mark + fragment
    return Split(head, template.fixed + end, (f"{base}?{plain}" if plain else base) + end)


def _name(part: str) -> str:
    name = part.partition("=")[0]
    return unquote_plus(name) if "%" in name or "+" in name else name
