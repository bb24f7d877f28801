"""A live program of side A, sealed in the test's own folder, and a way to import files into it."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings

from tests.portal.market import TwoTenants
from tests.portal.objects import take_part
from tests.portal.programs.drafts import live
from utfall.portal.access import Caller, Role
from utfall.portal.book import facade as book
from utfall.portal.imports import facade, tasks
from utfall.portal.imports.contracts import ImportView, Options, RowView, Verdict
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.site import SiteConfig, site
from utfall.portal.validation import facade as validation
from utfall.portal.work.running import do_next
from utfall.workers.follow import catch_up
from utfall.workers.seal import seal_now
from utfall.workers.settle import Settler, SettlerConfig

settings: Any = django_settings


@pytest.fixture
def own_site(own_site: SiteConfig, tmp_path: Path) -> Iterator[SiteConfig]:
    """The same, with snapshots and a portal's folder of its own."""
    settings.SITE = msgspec.structs.replace(settings.SITE, snapshots_dir=str(tmp_path / "snapshots"))
    yield settings.SITE
    validation.close()


@dataclass(frozen=True)
class Moving:
    """An advertiser who moves in from other networks."""

    market: TwoTenants
    program: int
    link: int

    def caller(self, role: Role = Role.OWNER) -> Caller:
        """Somebody of the advertiser's."""
        return self.market.a.advertiser.caller(role)

    def upload(self, text: str, name: str = "file.csv", caller: Caller | None = None) -> ImportView:
        """Send a file."""
        return facade.upload(
            caller or self.caller(),
            io.BytesIO(text.encode()),
            name,
            advertiser=self.market.a.advertiser.number,
        )

    def checked(self, text: str, caller: Caller | None = None, **options: Any) -> ImportView:
        """Send a file, take the suggested columns, and have its rows judged."""
        who = caller or self.caller()
        made = self.upload(text, caller=who)
        told = facade.mapping(who, made.id)
        columns = {one.name: one.column for one in told.fields}
        chosen: Options = replace(told.options, program=self.program, **options)
        facade.map_columns(who, made.id, columns, chosen)
        work_off()
        return facade.imported(who, made.id)

    def done(self, text: str, caller: Caller | None = None, **options: Any) -> ImportView:
        """Send a file and import what can be."""
        made = self.checked(text, caller, **options)
        return self.applied(made.id, caller)

    def applied(self, number: int, caller: Caller | None = None) -> ImportView:
        """Import what was judged."""
        facade.apply(caller or self.caller(), number)
        work_off()
        return facade.imported(caller or self.caller(), number)

    def undone(self, number: int) -> ImportView:
        """Take an import back."""
        facade.undo(self.caller(), number)
        work_off()
        return facade.imported(self.caller(), number)

    def rows(self, number: int) -> list[RowView]:
        """The rows of an import."""
        return list(facade.rows(self.caller(), number, limit=200).items)

    def verdicts(self, number: int) -> list[tuple[Verdict, str]]:
        """What the rows of an import were judged to be."""
        return [(one.verdict, one.code) for one in self.rows(number)]

    def seal(self) -> None:
        """Put what was agreed into force."""
        seal_now(Path(site().snapshots_dir))

    def settle(self) -> None:
        """Settle what waits, and note what came of it."""
        config = SettlerConfig(
            journal_dir=Path(site().journal_dir),
            book_path=Path(site().book_path),
            snapshots_dir=Path(site().snapshots_dir),
            keys_dir=Path(site().keys_dir),
        )
        with Settler(config) as settler:
            settler.settle_all()
        catch_up(Path(site().book_path), print)
        tasks.follow()

    def status(self, reference: str) -> str:
        """Where an order stands in the book."""
        found = book.open_book(Path(site().book_path), migrate=False)
        row = book.conversion(found, self.market.a.advertiser.number, "sale", reference)
        book.close_book(found)
        return row.status


def work_off() -> None:
    """Do all the work that waits."""
    while do_next():
        pass


@pytest.fixture
def moving(own_site: SiteConfig, market: TwoTenants) -> Moving:
    """Side A with a live program and its publisher as a partner with a link; sealed."""
    side = market.a
    program = live(side.advertiser.caller(), market.operator.caller(), side.advertiser.name).id
    take_part(side, program)
    link = links.create_link(
        side.publisher.caller(), LinkDraft(program=program, destination="https://acme.test/")
    )
    made = Moving(market, program, link.id)
    made.seal()
    time.sleep(0.01)  # what happens from now on happens after the link was made
    return made
