"""`utfall load` and `utfall erase`: telling what happened from files, and forgetting whom it happened to."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utfall.cli.failures import FOUND
from utfall.cli.in_force import snapshot_in_force
from utfall.cli.installation import edge_config, settings_of
from utfall.cli.showing import as_json, count, progress, say, say_json, tell
from utfall.settings import Settings

if TYPE_CHECKING:
    from utfall.cli.money_plane import CaughtUp
    from utfall.workers.load import Tally
    from utfall.workers.rowfiles import RowFile

LOAD_EPILOG = """
\b
Examples:
  utfall load orders.csv
  utfall load 2026-10.jsonl.gz --no-settle
  utfall load export.dat --form csv --verdicts said.csv

A row without an id gets one made of its content and its number, so a file that is loaded twice counts once.
An interrupted load goes on where it stopped. Exit code 1: some rows were refused, and the verdicts say why.
"""


@click.command(epilog=LOAD_EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--form",
    type=click.Choice(["jsonl", "csv", "parquet"]),
    help="What the file is, if its name does not say.",
)
@click.option(
    "--verdicts",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write what is said of each row (.jsonl or .csv); FILE.verdicts.jsonl if not given.",
)
@click.option(
    "--history",
    is_flag=True,
    help="The rows tell of the past: each was received when it happened, or at its `received_at`.",
)
@click.option(
    "--settle/--no-settle", default=True, help="Settle and ship afterwards, unless `utfall up` does."
)
@as_json
@click.pass_context
def load(
    context: click.Context,
    /,
    *,
    file: Path,
    form: str | None,
    verdicts: Path | None,
    history: bool,
    settle: bool,
    as_json: bool,
) -> None:
    """Load events from a JSONL, CSV or Parquet file, with a verdict for each row."""
    from utfall.workers.load import progress_path, read_progress
    from utfall.workers.rowfiles import row_file

    settings = settings_of(context)
    rows = row_file(file, form)
    verdicts = verdicts or file.with_name(f"{file.name}.verdicts.jsonl")
    remembered = progress_path(settings.data_dir / "load", rows)
    before = read_progress(remembered)
    tally = (
        before
        if before.finished
        else _load(settings, rows, verdicts, remembered, quiet=as_json, history=history)
    )
    caught_up = catch_up_unless_up(settings, quiet=as_json) if settle else None
    _tell(tally, before, verdicts, caught_up, as_json=as_json)
    context.exit(FOUND if tally.refused else 0)


def _load(
    settings: Settings, rows: "RowFile", verdicts: Path, remembered: Path, *, quiet: bool, history: bool
) -> "Tally":
    from utfall.workers.load import Loader

    snapshot = snapshot_in_force(settings)
    with (
        Loader(edge_config(settings), snapshot, history=history) as loader,
        progress(rows.path.name, rows.size, quiet=quiet) as bar,
    ):
        return loader.load(
            rows,
            verdicts,
            remembered,
            lambda tally, position: bar(
                position, f"{count(tally.rows)} rows, {count(tally.refused)} refused"
            ),
        )


def catch_up_unless_up(settings: Settings, *, quiet: bool) -> "CaughtUp | None":
    """Settle and ship here, unless the processes of `utfall up` do it."""
    from utfall.cli.money_plane import catch_up
    from utfall.workers.supervise import running_state

    if running_state(settings.run_dir) is not None:
        return None
    with progress("settling", None, quiet=quiet) as bar:
        return catch_up(
            settings, lambda told, waiting: bar(told.seq, f"batch {told.seq}, {count(waiting)} wait")
        )


def _tell(
    tally: "Tally", before: "Tally", verdicts: Path, caught_up: "CaughtUp | None", *, as_json: bool
) -> None:
    if as_json:
        settled = caught_up._asdict() if caught_up else None
        numbers = {"rows": tally.rows, "accepted": tally.accepted, "refused": tally.refused}
        again = before.finished
        say_json(
            {
                **numbers,
                "reasons": tally.reasons,
                "again": again,
                "verdicts": str(verdicts),
                "settled": settled,
            }
        )
        return
    if before.finished:
        tell("This file was loaded before, and nothing of it was added again.")
    elif before.rows:
        tell(f"Continued after row {before.last_row}.")
    say(f"{count(tally.rows)} rows: {count(tally.accepted)} accepted, {count(tally.refused)} refused")
    for reason, number in tally.reasons.items():
        say(f"  {count(number)} {reason}")
    if verdicts.exists():
        say(f"verdicts: {verdicts}")
    if caught_up is not None:
        say(
            f"settled {count(caught_up.events)} events in {caught_up.batches} batches,"
            f" shipped {count(caught_up.rows)} rows"
        )


@click.command()
@click.option("--advertiser", type=click.IntRange(1), required=True, help="Whose customer it is.")
@click.option("--customer", required=True, help="The customer key, as the shop sends it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@click.pass_context
def erase(context: click.Context, /, *, advertiser: int, customer: str, yes: bool, as_json: bool) -> None:
    """Forget a customer: destroy the key that links and opens what is sealed of them.

    The journal keeps every byte, and a replay gives the same book; what was sealed can never be read again,
    and the same customer is a stranger next time. It cannot be undone.
    """
    from utfall.journal.keys import load_or_create_pepper
    from utfall.journal.vault import Vault, normalised_key

    settings = settings_of(context)
    try:
        normalised_key(customer)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--customer") from error
    if not yes and not as_json:
        click.confirm(
            f"Destroy the key of customer {customer!r} of advertiser {advertiser} for ever?", abort=True
        )
    erased = False
    if settings.vault_path.exists():
        with Vault(settings.vault_path, load_or_create_pepper(settings.keys_dir)) as vault:
            erased = vault.erase(advertiser, customer)
    if as_json:
        say_json({"erased": erased})
    else:
        say("Erased." if erased else "Nobody by that key is known: erased before, or never there.")
    context.exit(0 if erased else FOUND)
