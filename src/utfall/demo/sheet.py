"""The sheet on which a market is written: what people and shops tell, and beside it what it really was.

Its events are *as told*: with the visitor's id, the address and the customer in clear, as a browser or a shop
sends them. `pseudonymised` makes of one what the journal holds.
"""

from hashlib import blake2b
from random import Random
from typing import Any

from msgspec.structs import replace

from utfall.demo.cast import Placed
from utfall.demo.chance import DAY_MS
from utfall.demo.truth import Incident, Label, Untold
from utfall.demo.visitors import Person
from utfall.events import AnyEvent, Click, ClickRef, Conversion, Impression, Source, event_id


class Sheet:
    """What was told so far, and the truth about it."""

    def __init__(self) -> None:
        self.told: list[AnyEvent] = []
        self.labels: dict[str, Label] = {}
        self.incidents: list[Incident] = []
        self.untold: list[Untold] = []

    def tell(self, event: AnyEvent, label: Label) -> None:
        """Something is told."""
        self.told.append(event)
        if label is not Label.HONEST:
            self.labels[event.id] = label

    def click(
        self,
        chance: Random,
        placed: Placed,
        person: Person,
        at: int,
        *,
        label: Label = Label.HONEST,
        robot: str | None = None,
        sub: str = "",
    ) -> ClickRef:
        """Somebody follows a link; what the landing page receives."""
        click = Click(**_touch(chance, placed, person, at, robot=robot, sub=sub))
        self.tell(click, label)
        return ClickRef(
            id=click.id,
            at=at,
            link=placed.link,
            program=placed.seller.program,
            publisher=placed.partner.number,
        )

    def view(self, chance: Random, placed: Placed, person: Person, at: int) -> None:
        """Somebody sees an advertisement."""
        self.tell(Impression(**_touch(chance, placed, person, at, robot=None, sub="")), Label.HONEST)


def _touch(
    chance: Random, placed: Placed, person: Person, at: int, *, robot: str | None, sub: str
) -> dict[str, Any]:
    return {
        "id": event_id(at, chance.randbytes(10)),
        "occurred_at": at,
        "received_at": at,
        "source": Source.EDGE,
        "advertiser": placed.seller.advertiser,
        "program": placed.seller.program,
        "publisher": placed.partner.number,
        "link": placed.link,
        "consent": person.consent,
        "visitor": person.visitor,
        "address": person.address,
        "device": person.agent.device,
        "os": person.agent.os,
        "browser": person.agent.browser,
        "robot": robot,
        "country": person.country,
        "sub": (sub,) if sub else (),
    }


def pseudonymised(event: AnyEvent) -> AnyEvent:
    """An event as the journal holds it: people are digests, and an address is one of its day."""
    if isinstance(event, Conversion):
        return replace(
            event,
            visitor=_digest("visitor", event.visitor),
            customer=_digest("customer", event.customer),
            address=_day_digest(event.address, event.received_at),
        )
    if isinstance(event, Click | Impression):
        return replace(
            event,
            visitor=_digest("visitor", event.visitor),
            address=_day_digest(event.address, event.received_at),
        )
    return event


def _digest(what: str, value: str | None) -> str | None:
    return blake2b(f"{what} {value}".encode(), digest_size=16).hexdigest() if value else None


def _day_digest(address: str | None, at: int) -> str | None:
    """Truncated to its network, then hashed under its day, as `utfall.journal.salts` does."""
    return _digest(f"day {at // DAY_MS}", address.rpartition(".")[0]) if address else None
