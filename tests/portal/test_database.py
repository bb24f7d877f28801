"""A test begins with the installation that it asks for, whatever the one before left behind."""

from pathlib import Path

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from tests.portal import database
from tests.portal.tracking.settled import happen
from utfall.journal import StreamWriter
from utfall.portal.book.facade import is_begun
from utfall.portal.databases import CONVERSIONS, is_current
from utfall.portal.people.models import Organisation
from utfall.portal.site import site
from utfall.portal.validation import writing


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_nothing_that_a_test_wrote_is_there_for_the_next() -> None:
    """Tables, book, journal, snapshots and keys, and the stream that this process still held."""
    folder, book = Path(site().database_path).parent, Path(site().book_path)
    market = database.fresh_market()
    before = files(folder)
    happen(market.a)
    with writing.Written():
        pass  # held from here until the process ends, or the next test begins
    Organisation.objects.system().filter(pk=market.a.advertiser.organisation).update(name="Renamed")
    left = files(folder) - before
    assert is_begun(book)  # a file, or a schema of a server
    assert {name.split("/")[0] for name in left} >= {"journal", "keys", "settled-snapshots"}
    assert database.fresh_market() == market
    assert files(folder) == before
    assert not is_begun(book)
    assert (
        Organisation.objects.system().get(pk=market.a.advertiser.organisation).name
        == market.a.advertiser.name
    )
    with StreamWriter(Path(site().journal_dir), "portal-0"):
        pass
    database.fresh()
    assert not Organisation.objects.system().exists()
    database.leave()


def test_tables_are_current_until_there_is_a_migration_that_they_have_not_seen() -> None:
    """In any app, where all are asked; in the app alone that is asked about."""
    database.fresh()
    assert is_current("default")
    assert is_current(CONVERSIONS, CONVERSIONS)
    applied = MigrationRecorder(connections["default"]).migration_qs
    applied.filter(app="people").order_by("-name")[0].delete()
    assert not is_current("default")
    assert not is_current("default", "people")
    assert is_current("default", "programs")
    database.leave()
