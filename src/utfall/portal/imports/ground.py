"""What rows are judged on: the program, what is known of the network's ids, and who is a partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils import timezone

from utfall.portal.access import Caller, Kind
from utfall.portal.access.times import to_ms
from utfall.portal.imports import contracts
from utfall.portal.imports.contracts import Options, Verdict
from utfall.portal.imports.models import Import, Known, Transaction
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State as Standing
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import Party
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.sealing.facade import terms_in_force
from utfall.terms import Enrolment, Link, Snapshot

EVERY: Final = 200
MOST_PARTIES: Final = 100_000


class Plain(Exception):
    """A row that is not taken over: what it is, and why."""

    def __init__(self, verdict: Verdict, code: str) -> None:
        super().__init__(code)
        self.verdict, self.code = verdict, code


@dataclass(slots=True, kw_only=True)
class Handled:
    """What a row came to. `transaction` is stored with its chunk; then `made` is its number."""

    verdict: Verdict
    code: str = ""
    said: str = ""
    external: str = ""
    label: str = ""
    made: int | None = None
    currency: str = ""
    amount_micros: int | None = None
    theirs_micros: int | None = None
    ours_micros: int | None = None
    transaction: Transaction | None = None


@dataclass(kw_only=True)
class Ground:
    """All that the rows of one import have in common. A rehearsal is taken back afterwards."""

    caller: Caller
    source: Import
    options: Options
    is_rehearsal: bool
    seen: set[str] = field(default_factory=set)
    enrolments: list[Enrolment] = field(default_factory=list)
    stored: list[Handled] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    next_publisher: int = 0
    in_book: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    before: Mapping[str, Transaction] = field(default_factory=dict)

    @cached_property
    def program(self) -> ProgramView:
        """The program that is imported into, of the import's advertiser."""
        return programs.program(self.caller, self.options.program or 0)

    @cached_property
    def zone(self) -> tzinfo:
        """Whose clock days without an offset are of."""
        return ZoneInfo(self.options.zone)

    @cached_property
    def terms(self) -> Snapshot | None:
        """The terms in force, for prices."""
        return terms_in_force()

    @cached_property
    def links_by_publisher(self) -> dict[int, list[Link]]:
        """The program's links as they are sealed, by the partner they are of."""
        found: dict[int, list[Link]] = {}
        for one in self.terms.market.links if self.terms is not None else ():
            if one.program == self.program.id:
                found.setdefault(one.publisher, []).append(one)
        return found

    @cached_property
    def now_ms(self) -> int:
        """When this began."""
        return to_ms(timezone.now())

    @cached_property
    def known(self) -> dict[tuple[str, str], Known]:
        """What ids of this network are here, by kind and id."""
        rows = Known.objects.of(self.caller).filter(
            advertiser=self.source.advertiser, program=self.program.id, network=self.source.network
        )
        return {(one.kind, one.external): one for one in rows}

    @cached_property
    def parties(self) -> list[Party]:
        """Every publisher of the installation that does business."""
        return people.find_parties(Kind.PUBLISHER, limit=MOST_PARTIES)

    @cached_property
    def by_name(self) -> dict[str, list[Party]]:
        """Publishers by their names."""
        found: dict[str, list[Party]] = {}
        for one in self.parties:
            found.setdefault(one.name.casefold(), []).append(one)
        return found

    @cached_property
    def by_host(self) -> dict[str, list[Party]]:
        """Publishers by their websites' hosts."""
        found: dict[str, list[Party]] = {}
        for one in self.parties:
            if host := host_of(one.website):
                found.setdefault(host, []).append(one)
        return found

    @cached_property
    def standings(self) -> dict[int, Standing]:
        """How publishers stand in the program."""
        found: dict[int, Standing] = {}
        after = None
        while True:
            part = partners.partnerships(self.caller, program=self.program.id, after=after, count=EVERY)
            found |= {one.publisher: one.state for one in part.items}
            after = part.following
            if after is None:
                return found

    @cached_property
    def partners_by_name(self) -> dict[str, int]:
        """Partners of the program by name, where a name is only one's."""
        named: dict[str, list[int]] = {}
        for number, party in people.parties(Kind.PUBLISHER, self.standings).items():
            named.setdefault(party.name.casefold(), []).append(number)
        return {name: numbers[0] for name, numbers in named.items() if len(numbers) == 1}

    def once(self, key: str) -> None:
        """Refuse what an earlier row of the file was about."""
        if key in self.seen:
            raise Plain(Verdict.CONFLICT, "twice")
        self.seen.add(key)

    def publisher_of(self, told: Mapping[str, str]) -> int:
        """The partner that a row names: by the network's id, by name, or the one whose rows they all are."""
        external, name = told.get("publisher", ""), told.get("publisher_name", "")
        known = self.known.get((contracts.Kind.PUBLISHERS.value, external)) if external else None
        if known is not None and known.live:
            return known.number
        if name and (number := self.partners_by_name.get(name.casefold())):
            return number
        if self.options.partner is not None and not external and not name:
            return self.options.partner
        if external or name:
            raise Plain(Verdict.CONFLICT, "publisher_unknown")
        raise Plain(Verdict.UNREADABLE, "publisher_missing")

    def as_partner(self, publisher: int) -> Caller:
        """The importer acting for a partner of its own program, and nobody else; the log names who did."""
        return replace(
            self.caller,
            kind=Kind.PUBLISHER,
            number=publisher,
            advertisers=frozenset(),
            publishers=frozenset({publisher}),
        )

    def note(self, kind: contracts.Kind, external: str, number: int, name: str, *, own: bool = True) -> None:
        """Remember what an id of the network is here; `own`: this import made it."""
        row, _is_new = Known.objects.of(self.caller).update_or_create(
            advertiser=self.source.advertiser,
            program=self.program.id,
            network=self.source.network,
            kind=kind.value,
            external=external,
            defaults={
                "number": number,
                "name": name[:200],
                "source": self.source.pk if own else 0,
                "live": True,
            },
        )
        if not self.is_rehearsal:
            self.known[kind.value, external] = row


def host_of(website: str) -> str:
    """The host of a website as people write it, without its www.

    >>> host_of("https://www.Blog.example/about"), host_of("blog.example"), host_of("")
    ('blog.example', 'blog.example', '')
    """
    try:
        host = urlsplit(website if "://" in website else f"https://{website}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""
