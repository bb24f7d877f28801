"""`utfall follow`: what was settled becomes the list of orders that people read, and the change feed."""

from typing import Final

import click

from utfall.cli.control_plane import configure
from utfall.cli.installation import settings_of
from utfall.cli.processes import follow as end_with_parent
from utfall.cli.processes import stopped_by_signals, supervised_option
from utfall.cli.showing import count, say, tell

FOLLOW_EPILOG: Final = """
\b
Examples:
  utfall follow               until SIGTERM; utfall up runs it
  utfall follow --once        read what waits, and end
  utfall follow --rebuild     make the list of orders anew from the book, and go on

The list holds nothing that is not in the book: rebuilding it changes nothing and tells nobody anything twice.
"""


@click.command(epilog=FOLLOW_EPILOG)
@click.option("--once", is_flag=True, help="Read what waits, and end.")
@click.option("--rebuild", is_flag=True, help="Empty the list of orders first.")
@supervised_option
@click.pass_context
def follow(context: click.Context, /, *, once: bool, rebuild: bool, supervised: bool) -> None:
    """The list of orders and the change feed alone: what was settled, for people to read, until SIGTERM."""
    settings = settings_of(context)
    end_with_parent(supervised)
    configure(settings)
    from utfall.portal.conversions import projecting  # its tables need a configured Django
    from utfall.workers.follow import catch_up, run_follower

    if rebuild:
        projecting.forget_all()
    path = settings.book_path.absolute()
    if once:
        say(f"read {count(catch_up(path, tell))} receipts")
        return
    run_follower(path, stopped_by_signals(), interval_ms=settings.follow_interval_ms, say=tell)
