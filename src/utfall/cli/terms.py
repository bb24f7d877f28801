"""`utfall publish`: putting terms in force, and seeing first what that changes."""

from pathlib import Path

import click

from utfall.cli.differences import Difference, differences
from utfall.cli.failures import Failure
from utfall.cli.in_force import snapshot_or_none
from utfall.cli.installation import settings_of
from utfall.cli.showing import as_json, say, say_json, tell
from utfall.terms import InvalidSnapshot, Market, ProgramFileError, seal
from utfall.terms.snapshot import content_hash

_SHOWN = 40
_SIGNS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow")}
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)

PUBLISH_EPILOG = """
\b
Examples:
  utfall publish market.toml --check     what would change; nothing is written
  utfall publish market.toml             seal it and put it in force, at once and everywhere
"""


def market_of(path: Path) -> Market:
    """The market of a program file; a Failure that names every problem."""
    from utfall.workers.publish import read_program_file

    try:
        return read_program_file(path)
    except ProgramFileError as error:
        raise Failure(f"{path} cannot be published:\n{error}") from error


@click.command(epilog=PUBLISH_EPILOG)
@click.argument("file", type=_FILE)
@click.option("--check", is_flag=True, help="Only show what would change.")
@as_json
@click.pass_context
def publish(context: click.Context, /, *, file: Path, check: bool, as_json: bool) -> None:
    """Seal a program file and put it in force; what happened before keeps the terms of its time."""
    from utfall.workers import publish as publishing

    settings = settings_of(context)
    market = market_of(file)
    before = snapshot_or_none(settings)
    try:
        name = content_hash(seal(market))
        if not check:
            publishing.publish(market, settings.snapshots_dir)
    except InvalidSnapshot as error:
        raise Failure(f"{file} cannot be published:\n{error}") from error
    found = differences(before.market if before else Market(), market)
    if as_json:
        changes = [each._asdict() for each in found]
        say_json({"snapshot": name, "published": not check, "changes": changes})
        return
    _show(found)
    if before is not None and before.hash == name:
        say("This is what is in force already.")
    elif check:
        say(f"Sound. It would be snapshot {name[:12]}…; nothing was published.")
    else:
        say(f"Snapshot {name[:12]}… is in force.", bold=True)


def _show(found: list[Difference]) -> None:
    for each in found[:_SHOWN]:
        sign, colour = _SIGNS[each.change]
        say(f"{sign} {each.what} {each.which}" + (f": {each.how}" if each.how else ""), colour=colour)
    if len(found) > _SHOWN:
        tell(f"… and {len(found) - _SHOWN} more (--json lists all)")
