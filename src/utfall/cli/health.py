"""`utfall doctor` and `utfall check`: whether this machine can do it, and whether what was done holds."""

import click

from utfall.cli.failures import FOUND
from utfall.cli.installation import settings_of
from utfall.cli.showing import as_json, say, say_json

_COLOURS = {"ok": "green", "note": "yellow", "wrong": "red"}


@click.command()
@as_json
@click.pass_context
def doctor(context: click.Context, /, *, as_json: bool) -> None:
    """Look at machine, folder, journal, keys and processes. Exit code 1 if something is wrong."""
    from utfall.cli.examination import examine

    found = []
    for each in examine(settings_of(context)):
        found.append(each)
        if not as_json:
            say(f"{each.level:<6} {each.what:<18} {each.found}", colour=_COLOURS[each.level])
            if each.mend:
                say(f"{'':<6} {'':<18} → {each.mend}")
    if as_json:
        say_json([each._asdict() for each in found])
    context.exit(FOUND if any(each.level == "wrong" for each in found) else 0)


@click.command()
@click.option("--quiet", is_flag=True, help="Say only what does not hold.")
@as_json
@click.pass_context
def check(context: click.Context, /, *, quiet: bool, as_json: bool) -> None:
    """Ask everything that must always be true of journal, book, receipts and lake. Exit code 1 on findings.

    Settlement may go on meanwhile.
    """
    from utfall.cli.invariants import asked

    found = []
    for each in asked(settings_of(context)):
        found.append(each)
        if not as_json and not (quiet and each.holds):
            say(
                f"{'holds' if each.holds else 'FAILS':<6} {each.check}",
                colour="green" if each.holds else "red",
            )
            for words in each.findings:
                say(f"{'':<6} → {words}")
            if each.note:
                say(f"{'':<6} ({each.note})")
    holds = all(each.holds for each in found)
    if as_json:
        say_json({"holds": holds, "checks": [{**each._asdict(), "holds": each.holds} for each in found]})
    elif not quiet:
        say("Everything holds." if holds else "Something does not hold.", bold=True)
    context.exit(0 if holds else FOUND)
