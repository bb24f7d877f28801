"""`utfall move`: the portal's tables from their file into the PostgreSQL database of the settings."""

from typing import Final

import click

from utfall.cli.control_plane import configure
from utfall.cli.failures import Failure
from utfall.cli.installation import settings_of
from utfall.cli.showing import count, say

EPILOG: Final = """
\b
Examples:
  UTFALL_DATABASE=postgresql://utfall@/utfall utfall move

Nothing may run meanwhile. The book is not copied but settled again from the journal: utfall settle --once.
"""


@click.command(epilog=EPILOG)
@click.pass_context
def move(context: click.Context, /) -> None:
    """Copy the portal's tables from their file into the database of the settings, all or nothing."""
    settings = settings_of(context)
    if not settings.database:
        raise Failure("no database is set to move to: UTFALL_DATABASE=postgresql://…")
    if not settings.portal_path.exists():
        raise Failure(f"there is no {settings.portal_path} to move")
    configure(settings)
    from utfall.portal.moving import NotEmpty, move  # its tables need a configured Django

    try:
        rows = move(settings.portal_path.absolute())
    except NotEmpty as error:
        raise Failure(f"{error}: this database is in use; move into a new one") from error
    say(f"{count(rows)} rows are in the database now; next: utfall settle --once")
