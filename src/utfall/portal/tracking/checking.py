"""The checklist of a tracking set-up, with traffic lights, each with what to do."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.people.contracts import OrganisationView
from utfall.portal.tracking.contracts import Check, Light, MethodHeard
from utfall.portal.tracking.heard import BAD_PPM, WARN_PPM, of_orders
from utfall.portal.tracking.reasons_words import reason_words

MANY: Final = 10
"""Orders without any click token from which on the shop seems to lose them."""
GRAVE: Final = {Light.BAD: 0, Light.WARN: 1, Light.GOOD: 2, Light.OFF: 3}


def checks_of(
    owner: OrganisationView, methods: Sequence[MethodHeard], domains: Sequence[str], keys: int | None
) -> Iterator[Check]:
    """Everything worth looking at, in the order of setting up."""
    orders = list(of_orders(methods))
    clicks = next(one for one in methods if one.method == "click")
    yield _clicks(clicks)
    yield _orders(orders)
    yield _tokens(orders, clicks)
    yield _refusals(orders)
    yield _secret(owner)
    yield _browsers(owner, orders)
    if keys is not None:
        yield _keys(keys)
    yield _domain(domains)


def light_of(checks: Sequence[Check]) -> Light:
    """The worst light of those that decide whether orders are counted."""
    return min((one.light for one in checks if one.key in ("orders", "refusals")), key=lambda one: GRAVE[one])


def silent_since(methods: Sequence[MethodHeard]) -> datetime | None:
    """Since when nothing was heard of orders that used to come; None while they do."""
    orders = [one for one in of_orders(methods) if one.last_at is not None]
    if not orders or not any(one.is_silent for one in orders):
        return None
    latest = max(one.last_at for one in orders if one.last_at is not None)
    return latest if all(one.is_silent for one in orders if one.last_at == latest) else None


def _clicks(clicks: MethodHeard) -> Check:
    if not clicks.count:
        more = _("They come by themselves once a publisher puts up a link.")
        return Check(key="clicks", light=Light.OFF, words=_("No click in the last 7 days"), more=more)
    more = _("Publishers' links lead to your shop, each with a click token in the address.")
    return Check(key="clicks", light=Light.GOOD, words=_("Clicks arrive"), more=more)


def _orders(orders: Sequence[MethodHeard]) -> Check:
    accepted = sum(one.accepted for one in orders)
    if silent_since(orders) is not None:
        more = _("Orders used to come regularly. Look whether a release of the shop took the tracking away.")
        return Check(key="orders", light=Light.BAD, words=_("Orders went silent"), more=more, page="snippets")
    if accepted:
        more = _("By at least one of the methods below.")
        return Check(key="orders", light=Light.GOOD, words=_("Orders arrive"), more=more)
    if any(one.refused for one in orders):
        more = _("Calls come, and the edge refuses them all. The debugger says why.")
        return Check(
            key="orders", light=Light.BAD, words=_("No order was accepted"), more=more, page="debugger"
        )
    more = _("Put a snippet on your thank-you page, or let your server call us.")
    return Check(key="orders", light=Light.WARN, words=_("No order heard of yet"), more=more, page="snippets")


def _tokens(orders: Sequence[MethodHeard], clicks: MethodHeard) -> Check:
    accepted, with_click = sum(one.accepted for one in orders), sum(one.with_click for one in orders)
    if with_click:
        more = _("So the publisher who sent the customer is found.")
        return Check(key="tokens", light=Light.GOOD, words=_("Orders carry click tokens"), more=more)
    if clicks.count and accepted >= MANY:
        more = _(
            "Visitors come by links, and no order says by which. Keep the token until the order is placed."
        )
        return Check(
            key="tokens",
            light=Light.BAD,
            words=_("No order carries a click token"),
            more=more,
            page="snippets",
        )
    more = _("Follow a link, buy, and see it here.")
    return Check(key="tokens", light=Light.OFF, words=_("No click token in an order yet"), more=more)


def _refusals(orders: Sequence[MethodHeard]) -> Check:
    count, refused = sum(one.count for one in orders), sum(one.refused for one in orders)
    share = refused * 1_000_000 // count if count else 0
    light = Light.BAD if share >= BAD_PPM else Light.WARN if share >= WARN_PPM else Light.GOOD
    if not count:
        return Check(
            key="refusals", light=Light.OFF, words=_("Nothing was refused"), more=_("And nothing came.")
        )
    if light is Light.GOOD:
        more = _("Fewer than one call in twenty is refused.")
        return Check(key="refusals", light=light, words=_("Calls are understood"), more=more)
    latest = next((one.last_reason for one in orders if one.last_reason), "")
    words = _("More calls are refused than should be")
    return Check(
        key="refusals", light=light, words=words, more=reason_words(latest).sentence, page="debugger"
    )


def _secret(owner: OrganisationView) -> Check:
    if owner.has_postback_secret:
        more = _("Only who knows it can call your postback address.")
        return Check(key="secret", light=Light.GOOD, words=_("A postback secret is set"), more=more)
    more = _("Without one anybody can tell of orders in your name, and nobody can approve or refund them.")
    return Check(
        key="secret", light=Light.WARN, words=_("There is no postback secret"), more=more, page="secret"
    )


def _browsers(owner: OrganisationView, orders: Sequence[MethodHeard]) -> Check:
    if not owner.accepts_pixel:
        more = _("What a browser tells can be forged; yours is not listened to.")
        return Check(key="browsers", light=Light.GOOD, words=_("Orders come from servers only"), more=more)
    by_server = any(one.accepted for one in orders if one.method != "browser")
    words = _("Browsers may tell of orders")
    if by_server:
        more = _("Your server tells of them already. Switch the browser off: what it tells can be forged.")
        return Check(key="browsers", light=Light.WARN, words=words, more=more, page="pixel")
    more = _("Good to begin with. Once your server tells of orders, switch this off: it can be forged.")
    return Check(key="browsers", light=Light.OFF, words=words, more=more, page="pixel")


def _keys(keys: int) -> Check:
    if keys:
        more = _("Your server can send orders in batches and amend them.")
        return Check(key="keys", light=Light.GOOD, words=_("An API key may send events"), more=more)
    more = _("Needed for the API only: make one with the scope events.")
    return Check(key="keys", light=Light.OFF, words=_("No API key may send events"), more=more, page="keys")


def _domain(domains: Sequence[str]) -> Check:
    if domains:
        more = _("Tag and cookies are first-party: browsers keep them longer, and blockers leave them alone.")
        return Check(
            key="domain", light=Light.GOOD, words=_("Tracking runs under your own domain"), more=more
        )
    more = _("With one, tag and cookies are first-party: browsers keep them longer.")
    return Check(key="domain", light=Light.OFF, words=_("No own tracking domain"), more=more, page="domains")
