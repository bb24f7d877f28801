"""Who is paid for an order: docs/algorithms/attribution.md in code."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from utfall.engine.months import month_of
from utfall.engine.state import Bond, BookSlice, OrderState, StoredTouch
from utfall.events import ClickRef
from utfall.terms import ChannelPolicy, Code, Method, ProgramTerms, Snapshot, Status, TouchClass


class Elimination(StrEnum):
    """The rule that took a candidate out; shown in the receipt."""

    UNKNOWN_LINK = "unknown_link"
    OTHER_PROGRAM = "other_program"
    PROGRAM_NOT_ACTIVE = "program_not_active"
    AFTER_ORDER = "after_order"
    AFTER_CHECKOUT = "after_checkout"
    NOT_ENROLLED = "not_enrolled"
    LINK_EXPIRED = "link_expired"
    METHOD_NOT_USED = "method_not_used"
    CHANNEL_POLICY = "channel_policy"
    OUTSIDE_WINDOW = "outside_window"
    LOST_TO_METHOD = "lost_to_method"
    LOST_TO_CLASS = "lost_to_class"
    LOST_TO_LATER = "lost_to_later"
    WRITTEN_ONCE = "written_once"


ELIMINATIONS: Final[dict[Elimination, str]] = {
    Elimination.UNKNOWN_LINK: "Its link or code is not known.",
    Elimination.OTHER_PROGRAM: "It belongs to another advertiser or program.",
    Elimination.PROGRAM_NOT_ACTIVE: "The program was not active when the order was placed.",
    Elimination.AFTER_ORDER: "It happened after the order.",
    Elimination.AFTER_CHECKOUT: "It happened after the checkout began; it keeps a claim and takes nothing.",
    Elimination.NOT_ENROLLED: "The publisher was not approved in the program at that time.",
    Elimination.LINK_EXPIRED: "The link was not valid at that time.",
    Elimination.METHOD_NOT_USED: "The program does not attribute by this method.",
    Elimination.CHANNEL_POLICY: "The program's policy for the order's channel excludes it.",
    Elimination.OUTSIDE_WINDOW: "It is older than the look-back window of its class.",
    Elimination.LOST_TO_METHOD: "A method that stands before it in the program's order won.",
    Elimination.LOST_TO_CLASS: "A touch of a higher class won.",
    Elimination.LOST_TO_LATER: "A later touch of the same class won.",
    Elimination.WRITTEN_ONCE: "The order was attributed before this touch was known.",
}


class Candidate(Struct, frozen=True, gc=False):
    """A touch or code that might have earned the order."""

    id: str
    method: Method
    touch_class: TouchClass
    at: int
    program: int
    publisher: int
    link: int | None
    device: str | None = None
    country: str | None = None
    sub: tuple[str, ...] = ()
    month: int | None = None


class Judged(Struct, frozen=True, gc=False):
    """A candidate with what eliminated it; the winner has none."""

    candidate: Candidate
    elimination: Elimination | None


def candidates(order: OrderState, book: BookSlice, terms: Snapshot) -> list[Candidate]:
    """Everything that might have earned an order, each once, in a fixed order."""
    named = [_touch(_clicked(ref, book), terms) for ref in order.clicks]
    named += _identified(order, book, terms)
    named += _codes(order, terms)
    if book.bonds and order.customer is not None:
        named += _bonds(order, book.bonds.get((order.advertiser, order.customer), {}), terms)
    if len(named) < 2:
        return named
    found: dict[str, Candidate] = {}
    for candidate in named:
        found.setdefault(candidate.id, candidate)
    return sorted(found.values(), key=lambda candidate: (candidate.at, candidate.id))


def _clicked(ref: ClickRef, book: BookSlice) -> StoredTouch:
    """The click of a token as it was stored, or what the token alone tells of it.

    The token is signed and decides whose it is: anybody who may send clicks can send one with another's id.
    """
    stored = book.touches.get(ref.id)
    if stored is not None and stored.is_click and stored.link == ref.link:
        return stored
    return StoredTouch(ref.id, ref.at, True, ref.link, ref.program, ref.publisher)


def _identified(order: OrderState, book: BookSlice, terms: Snapshot) -> list[Candidate]:
    found: list[Candidate] = []
    for identity in (order.visitor, order.customer):
        if identity is not None:
            touches = book.identities.get((order.advertiser, identity))
            if touches:
                found += [_touch(touch, terms) for touch in touches]
    return found


def _touch(touch: StoredTouch, terms: Snapshot) -> Candidate:
    link = terms.links.get(touch.link) if touch.is_click else None
    click_class = terms.touch_class(link) if link else TouchClass.STANDARD
    return Candidate(
        id=touch.id,
        method="click" if touch.is_click else "view",
        touch_class=click_class if touch.is_click else TouchClass.VIEW,
        at=touch.at,
        program=touch.program,
        publisher=touch.publisher,
        link=touch.link,
        device=touch.device,
        country=touch.country,
        sub=touch.sub,
    )


def _codes(order: OrderState, terms: Snapshot) -> list[Candidate]:
    """The codes that the order's code is in the programs of its currency, or in any where none has it."""
    if not order.code:
        return []
    codes = terms.codes_at(order.advertiser, order.code, order.occurred_at)
    own = [code for code in codes if terms.programs[code.program].currency == order.currency]
    return [_coded(order, code) for code in own or codes]


def _coded(order: OrderState, code: Code) -> Candidate:
    return Candidate(
        id=f"code:{code.program}:{code.code.upper()}",
        method="code",
        touch_class=TouchClass.STANDARD,
        at=order.occurred_at,
        program=code.program,
        publisher=code.publisher,
        link=None,
    )


def _bonds(order: OrderState, bonds: Mapping[int, Bond], terms: Snapshot) -> list[Candidate]:
    """The bonds of an order's customer, but one that the order itself made. `at` is when a bond was made."""
    return [
        Candidate(
            id=f"recurring:{bond.program}:{bond.order}",
            method="recurring",
            touch_class=bond.touch_class,
            at=bond.at,
            program=bond.program,
            publisher=bond.publisher,
            link=bond.link,
            month=month_of(bond, order.occurred_at, terms),
        )
        for _, bond in sorted(bonds.items())
        if bond.order != order.id and bond.program in terms.programs
    ]


def attribute(order: OrderState, found: list[Candidate], terms: Snapshot) -> list[Judged]:
    """Judge every candidate; at most one is left without an elimination, and it is the winner."""
    if order.publisher is not None:
        return [Judged(one, None if one.id == order.touch else Elimination.WRITTEN_ONCE) for one in found]
    judged = [Judged(one, _eliminate(order, one, terms)) for one in found]
    left = [one.candidate for one in judged if one.elimination is None]
    if not left or len(judged) == 1:
        return judged
    best = min(left, key=lambda one: _rank(order, one, terms))
    return [
        one if one.elimination or one.candidate is best else Judged(one.candidate, _lost(one.candidate, best))
        for one in judged
    ]


def winner_of(judged: list[Judged]) -> Candidate | None:
    """The one without an elimination, if there is one."""
    for one in judged:
        if one.elimination is None:
            return one.candidate
    return None


def _eliminate(order: OrderState, candidate: Candidate, terms: Snapshot) -> Elimination | None:
    """The first reason against a candidate."""
    if why := _known(order, candidate, terms):
        return why
    version = terms.programs[candidate.program].terms_at(order.occurred_at)
    if version is None or version.status is not Status.ACTIVE:
        return Elimination.PROGRAM_NOT_ACTIVE
    return (
        _untimely(order, candidate)
        or _unknown(order, candidate, terms)
        or _unwanted(order, candidate, version)
    )


def _known(order: OrderState, candidate: Candidate, terms: Snapshot) -> Elimination | None:
    program = terms.programs.get(candidate.program)
    if program is None or (candidate.link is not None and candidate.link not in terms.links):
        return Elimination.UNKNOWN_LINK
    if program.advertiser != order.advertiser or order.program_asked not in (None, candidate.program):
        return Elimination.OTHER_PROGRAM
    return None


def _untimely(order: OrderState, candidate: Candidate) -> Elimination | None:
    if candidate.method == "code":
        return None
    if candidate.at > order.occurred_at:
        return Elimination.AFTER_ORDER
    if order.checkout_at is not None and candidate.at >= order.checkout_at:
        return Elimination.AFTER_CHECKOUT
    return None


def _unknown(order: OrderState, candidate: Candidate, terms: Snapshot) -> Elimination | None:
    """A bond outlasts its link, but not the partnership."""
    recurs = candidate.method == "recurring"
    at = order.occurred_at if recurs else candidate.at
    if terms.enrolment_at(candidate.program, candidate.publisher, at) is None:
        return Elimination.NOT_ENROLLED
    if recurs:
        return None
    if candidate.link is not None and not terms.links[candidate.link].holds_at(candidate.at):
        return Elimination.LINK_EXPIRED
    return None


_METHODS_OF_POLICY: Final[dict[ChannelPolicy, frozenset[str]]] = {
    ChannelPolicy.NONE: frozenset(),
    ChannelPolicy.ANY: frozenset({"code", "click", "view", "recurring"}),
    ChannelPolicy.CLICK: frozenset({"code", "click", "recurring"}),
    ChannelPolicy.VIEW: frozenset({"view"}),
}


def _unwanted(order: OrderState, candidate: Candidate, version: ProgramTerms) -> Elimination | None:
    """What the program's own terms have against it: the method, the order's channel, the age."""
    method = candidate.method
    if method not in version.attribution:
        return Elimination.METHOD_NOT_USED
    policy = version.channels.get(order.channel or "", version.channel_default)
    if method not in _METHODS_OF_POLICY[policy]:
        return Elimination.CHANNEL_POLICY
    if method == "code":
        return None
    if method == "recurring":
        return None if candidate.month is not None else Elimination.OUTSIDE_WINDOW
    window_ms = version.windows.of(candidate.touch_class) * 1000
    return None if order.occurred_at - candidate.at < window_ms else Elimination.OUTSIDE_WINDOW


_CLASS_RANK: Final[dict[TouchClass, int]] = {
    TouchClass.STANDARD: 0,
    TouchClass.INCENTIVE: 0,
    TouchClass.SOFT: 1,
    TouchClass.VIEW: 2,
}


def _rank(order: OrderState, candidate: Candidate, terms: Snapshot) -> tuple[int, int, int, int]:
    version = terms.programs[candidate.program].terms_at(order.occurred_at)
    assert version is not None, "an inactive program was eliminated before"
    method = version.attribution.index(candidate.method)
    return (method, _CLASS_RANK[candidate.touch_class], -candidate.at, -_number(candidate.id))


def _number(identifier: str) -> int:
    """An id as a number, so that the greater one can be preferred."""
    return int.from_bytes(identifier.encode().ljust(64, b"\0")[:64], "big")


def _lost(candidate: Candidate, best: Candidate) -> Elimination:
    if candidate.method != best.method:
        return Elimination.LOST_TO_METHOD
    if _CLASS_RANK[candidate.touch_class] != _CLASS_RANK[best.touch_class]:
        return Elimination.LOST_TO_CLASS
    return Elimination.LOST_TO_LATER
