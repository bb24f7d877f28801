"""What an endpoint may be: an address that may be called, kinds there are, a program that the caller sees."""

import ipaddress
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Problem, Refused
from utfall.portal.changes.contracts import Kind as Change
from utfall.portal.outside import Unreachable
from utfall.portal.outside.fetching import checked, is_public
from utfall.portal.programs import facade as programs
from utfall.portal.webhooks.contracts import AT_ONCE_MOST, EndpointDraft, Form
from utfall.portal.webhooks.macros import GAP, is_plain, template_problems

LONGEST_URL: Final = 2000
LONGEST_DESCRIPTION: Final = 120
METHODS: Final = ("GET", "POST")
REASONS: Final = {
    "scheme": _("Write a whole address, such as https://shop.example/hook."),
    "credentials": _("An address with a name or a password in it leaks it; use the signature instead."),
    "port": _("Use port 443, or one above 1023."),
}


def refuse_unfit(caller: Caller, draft: EndpointDraft, reachable: Sequence[str]) -> None:
    """Refused with everything that is wrong with a draft."""
    found = [*address_problems(draft.url, reachable), *_form_problems(caller, draft)]
    if len(draft.description) > LONGEST_DESCRIPTION or not draft.description.isprintable():
        found.append(
            Problem("description_malformed", _("Describe it in at most 120 characters."), "description")
        )
    known = {one.value for one in Change}
    if strange := [kind for kind in draft.kinds if kind not in known]:
        sentence = _("There is no kind of change called %(name)s.") % {"name": strange[0]}
        found.append(Problem("kind_unknown", sentence, "kinds"))
    if not 1 <= draft.at_once <= AT_ONCE_MOST:
        found.append(Problem("at_once_out_of_range", _("Send between 1 and 10 at once."), "at_once"))
    if draft.program is not None and not _sees(caller, draft.program):
        found.append(Problem("program_unknown", _("There is no such program among yours."), "program"))
    if found:
        raise Refused(found)


def address_problems(url: str, reachable: Sequence[str] = ()) -> list[Problem]:
    """What is wrong with an address; its gaps, if it has any, are looked at by `template_problems`."""
    if not url.strip():
        return [Problem("url_missing", _("Say which address to call."), "url")]
    if len(url) > LONGEST_URL:
        return [Problem("url_too_long", _("An address has at most 2000 characters."), "url")]
    if not url.isascii():
        sentence = _("Write letters beyond a-z as an address has them: %C3%A5 for å.")
        return [Problem("url_not_ascii", sentence, "url")]
    bare = GAP.sub("x", url)
    try:
        parts = checked(bare)
    except Unreachable as error:
        return [Problem(f"url_{error.code}", REASONS.get(error.code, REASONS["scheme"]), "url")]
    host = parts.hostname or ""
    if _is_inner(host) and not _is_allowed(host, reachable):
        sentence = _("This address is not on the internet: we call public addresses only.")
        return [Problem("url_private", sentence, "url")]
    if "." not in host and ":" not in host and not _is_allowed(host, reachable):
        return [Problem("url_scheme", REASONS["scheme"], "url")]
    if parts.scheme != "https" and not _is_allowed(host, reachable):
        return [Problem("url_plain", _("Use https, so that nobody on the way reads or changes it."), "url")]
    return []


def _is_inner(host: str) -> bool:
    """Whether an address as it is written is one that only this machine's surroundings reach."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _literal(host)
    return address is not None and not is_public(address)


def _is_allowed(host: str, reachable: Sequence[str]) -> bool:
    """Whether the installation names the network of this host among those that may be reached."""
    address = _literal("127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host)
    networks = [ipaddress.ip_network(network) for network in reachable]
    return address is not None and any(address in network for network in networks)


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _form_problems(caller: Caller, draft: EndpointDraft) -> list[Problem]:
    """What a webhook or a postback may not be."""
    if draft.method not in METHODS:
        return [Problem("method_unknown", _("A postback is sent by GET or by POST."), "method")]
    if draft.form is Form.POSTBACK:
        if caller.kind is not Kind.PUBLISHER and not caller.sees_all:
            return [Problem("postback_publisher", _("Postbacks are for publishers; make a webhook."), "form")]
        return template_problems(draft.url)
    if draft.method != "POST":
        return [Problem("method_unknown", _("A webhook is sent by POST."), "method")]
    if not is_plain(draft.url):
        return [Problem("macro_in_webhook", _("A webhook's address has no macros; a postback's has."), "url")]
    return []


def _sees(caller: Caller, program: int) -> bool:
    try:
        programs.program(caller, program)
    except NotFound:
        return False
    return True
