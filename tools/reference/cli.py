"""cli.md, from the help of every command."""

from collections.abc import Iterator

import click

from utfall.cli import command as root

INTRODUCTION = "What `utfall --help` and the help of each command say."
WIDTH = 100


def page() -> list[str]:
    sections = (
        paragraph for path, command in commands("utfall", root) for paragraph in section(path, command)
    )
    return ["# The command line", INTRODUCTION, *sections]


def commands(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, in the order that help lists them."""
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below, f"{path} lists {name} and does not have it"
            if not below.hidden:
                yield from commands(f"{path} {name}", below)


def section(path: str, command: click.Command) -> list[str]:
    context = click.Context(command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH)
    return [f"## {path}", f"```text\n{command.get_help(context)}\n```"]
