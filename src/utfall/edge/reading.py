"""One row being read: from whom, when, under which terms, and by which means."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from utfall.edge.agents import Agent
from utfall.edge.rows import Row
from utfall.edge.sender import Sender
from utfall.edge.snapshots import consent_required
from utfall.events import Consent
from utfall.journal.vault import Subject
from utfall.terms import Snapshot

DAY_MS: Final = 86_400_000


class Subjects(Protocol):
    """Who knows customers again: `utfall.journal.vault.Vault`."""

    def subjects(self, customers: Sequence[tuple[int, str]]) -> list[Subject]:
        """The subject of each (advertiser, customer key), durable when it is new."""


class Means(NamedTuple):
    """What reading a row takes beside the terms: secrets, salts, chance, the reading of user agents."""

    secrets: Mapping[int, bytes]
    mint_token: Callable[[str, int, int, int], str]
    event_id: Callable[[int], str]
    visitor_digest: Callable[[str], str]
    address_digest: Callable[[str, int], str | None]
    classify: Callable[[str], Agent]
    subjects: Subjects | None
    consent_default: str = "deny"


class Reading(NamedTuple):
    """One row being read: from whom, when, under which terms, and by which means."""

    row: Row
    sender: Sender
    now: int
    snapshot: Snapshot
    means: Means

    def may_identify(self, consent: Consent, programs: Sequence[int], at: int) -> bool:
        """Whether a person may be known again: with consent, or where no program concerned asks for it."""
        if consent is not Consent.UNKNOWN:
            return consent is Consent.GRANTED
        if not programs:
            return self.means.consent_default == "grant"
        return not any(consent_required(self.snapshot, program, at) for program in programs)

    def address(self, address: str | None) -> str | None:
        """The digest of an address under the salt of the day it reached us."""
        return self.means.address_digest(address, self.now // DAY_MS) if address else None


@lru_cache(maxsize=1)
def programs_by_advertiser(snapshot: Snapshot) -> dict[int, tuple[int, ...]]:
    """The programs of each advertiser, by id."""
    found: dict[int, list[int]] = {}
    for program in snapshot.programs.values():
        found.setdefault(program.advertiser, []).append(program.id)
    return {advertiser: tuple(programs) for advertiser, programs in found.items()}
