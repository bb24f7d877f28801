"""Rows that are publishers: who is here already, who is founded, who is invited; and taking that back.

Who has no account here gets one that nobody has entered yet, and is a partner at once: the advertiser says
that they work together already. Who has one decides for themselves, and is only ever invited.
"""

from collections.abc import Mapping
from typing import Final

from django.utils import timezone

from utfall.portal.access import Caller, Kind, Permission, Refused, Role
from utfall.portal.access.times import to_ms
from utfall.portal.audit import facade as audit
from utfall.portal.changes import facade as changes
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import Filters
from utfall.portal.imports import contracts
from utfall.portal.imports.contracts import Verdict
from utfall.portal.imports.ground import Ground, Handled, Plain, host_of
from utfall.portal.imports.models import Known, Row, Transaction
from utfall.portal.imports.networks import ALIVE, PROMOTIONS, plain
from utfall.portal.links import facade as links
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import Party
from utfall.portal.sealing import facade as sealing
from utfall.terms import Enrolment, Market, Program, PromotionType, Publisher

LONGEST_NAME: Final = 120
KIND: Final = contracts.Kind.PUBLISHERS


def begin(ground: Ground) -> None:
    """The number that the chunk's first new publisher gets; its transaction holds the lock."""
    taken = [one.id for one in people.sealed_publishers()]
    ground.next_publisher = max(taken, default=0) + 1


def handle(ground: Ground, told: Mapping[str, str]) -> Handled:
    """One publisher."""
    external, name = told.get("external", ""), " ".join(told.get("name", "").split())
    if not external:
        raise Plain(Verdict.UNREADABLE, "external_missing")
    if not 2 <= len(name) <= LONGEST_NAME:
        raise Plain(Verdict.UNREADABLE, "name_missing")
    ground.once(external)
    known = ground.known.get((KIND.value, external))
    if known is not None and known.live:
        raise Plain(Verdict.HERE, "known_before")
    if plain(told.get("status", "")) not in ALIVE:
        raise Plain(Verdict.LEFT_OUT, "not_active_there")
    if known is not None:
        return _back(ground, known)
    party = _party(ground, name, told.get("website", ""))
    return _join(ground, external, party) if party else _found(ground, external, name, told)


def _party(ground: Ground, name: str, website: str) -> Party | None:
    """The publisher of this name or website that is here."""
    by_host = ground.by_host.get(host_of(website), []) if website else []
    by_name = ground.by_name.get(name.casefold(), [])
    both = [one for one in by_host if one in by_name]
    found = both or by_host or by_name
    if by_host and by_name and not both:
        raise Plain(Verdict.CONFLICT, "two_publishers")
    if len(found) > 1:
        mine = [one for one in found if one.number in ground.standings]
        if len(mine) != 1:
            raise Plain(Verdict.CONFLICT, "two_publishers")
        return mine[0]
    return found[0] if found else None


def _join(ground: Ground, external: str, party: Party) -> Handled:
    """Somebody who is here: a partner is noted, another is invited where that is wanted."""
    standing = ground.standings.get(party.number)
    code = "is_partner"
    if standing is not State.APPROVED:
        if not ground.options.letters:
            raise Plain(Verdict.CONFLICT, "publisher_known")
        if standing is not State.INVITED:
            partners.invite(ground.caller, ground.program.id, party.number)
        code = "is_invited"
    ground.note(KIND, external, party.number, party.name, own=False)
    return Handled(verdict=Verdict.NEW, code=code, made=party.number)


def _back(ground: Ground, known: Known) -> Handled:
    """A publisher whose import was undone: its partnership is resumed."""
    view = partners.partnership_in(ground.caller, ground.program.id, known.number)
    if view is not None and view.state is State.PAUSED:
        partners.resume(ground.caller, view.id)
    ground.note(KIND, known.external, known.number, known.name, own=known.source != 0)
    return Handled(verdict=Verdict.NEW, code="comes_back", made=known.number)


def _found(ground: Ground, external: str, name: str, told: Mapping[str, str]) -> Handled:
    """An account for somebody who has none here."""
    if ground.caller.kind is not Kind.OPERATOR and people.approval_is_needed():
        raise Plain(Verdict.CONFLICT, "operator_needed")
    number = ground.next_publisher
    ground.next_publisher += 1
    promotion = PromotionType(PROMOTIONS.get(plain(told.get("promotion", "")), "content"))
    people.adopt(Market(publishers=(Publisher(id=number, name=name, promotion_type=promotion),)))
    ground.enrolments.append(
        Enrolment(program=ground.program.id, publisher=number, starts_at=to_ms(timezone.now()))
    )
    if ground.caller.kind is Kind.OPERATOR:
        _describe(ground, number, told)
    audit.record(
        ground.caller,
        action="import.publisher",
        subject=f"import {ground.source.pk}",
        before=None,
        after={"publisher": number, "name": name, "network": ground.source.network, "id": external},
        advertiser=ground.source.advertiser,
        publisher=number,
    )
    ground.note(KIND, external, number, name)
    return Handled(verdict=Verdict.NEW, made=number)


def _describe(ground: Ground, number: int, told: Mapping[str, str]) -> None:
    """What only the operator may say of others: where they are, and who owns the account."""
    found = people.tenants(ground.caller, words=str(number), kind=Kind.PUBLISHER, limit=200).items
    key = next(one.id for one in found if one.number == number)
    country = told.get("country", "").upper()
    people.change_organisation(
        ground.caller,
        people.Particulars(
            website=told.get("website") or None, country=country if len(country) == 2 else None
        ),
        organisation=key,
    )
    if ground.options.letters and told.get("email"):
        people.invite(ground.caller, told["email"], Role.OWNER, organisation=key)


def end(ground: Ground) -> None:
    """The partnerships of a chunk's new publishers, together."""
    if not ground.enrolments:
        return
    program = ground.program
    stub = Program(
        id=program.id,
        advertiser=program.advertiser,
        name=program.name,
        currency=program.currency,
        zone=program.zone,
        versions=(),
    )
    partners.adopt(Market(programs=(stub,), enrolments=tuple(ground.enrolments)))
    for one in ground.enrolments:
        view = partners.partnership_in(ground.caller, program.id, one.publisher)
        assert view is not None, "it was made just now"
        changes.tell(
            changes.Kind.PARTNERSHIP_APPROVED,
            subject=f"partnership:{view.id}",
            advertiser=program.advertiser,
            publisher=one.publisher,
            program=program.id,
            body={"state": view.state.value, "group": None, "reason": "import"},
        )
    ground.enrolments.clear()
    sealing.touch()


def undo(ground: Ground, row: Row) -> str:
    """Pause a partner that the import made, unless something depends on it; why not, or nothing."""
    known = ground.known.get((KIND.value, row.external))
    if known is None or not known.live:
        return ""
    if known.source == 0:
        known.delete()
        return ""
    if known.source != ground.source.pk:
        return "was_here"
    if why := _needed(ground.caller, ground.program.id, known.number):
        return why
    view = partners.partnership_in(ground.caller, ground.program.id, known.number)
    if view is not None and view.state is State.APPROVED:
        try:
            partners.pause(ground.caller, view.id, why=f"import {ground.source.pk} undone")
        except Refused:
            return "not_paused"
    known.live = False
    known.save(update_fields=["live"])
    return ""


def _needed(caller: Caller, program: int, publisher: int) -> str:
    """What depends on a partner."""
    if people.correspondents(Kind.PUBLISHER, publisher, Permission.LOOK):
        return "has_people"
    if links.links(caller, program=program, publisher=publisher, count=1).items:
        return "has_links"
    if links.codes(caller, program=program, publisher=publisher, count=1).items:
        return "has_codes"
    if conversions.counted(caller, Filters(program=program, publisher=publisher)).orders:
        return "has_orders"
    if Transaction.objects.of(caller).filter(program=program, publisher=publisher).exists():
        return "has_history"
    return ""
