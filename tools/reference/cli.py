"""cli.md, from the help of every command."""

from collections.abc import Iterator

import click

from utfall.cli import command as root

INTRODUCTION = "What `utfall --help` and the help of each command say."
WIDTH = 100


def page() -> list[str]:
    sections = (paragraph for context in contexts("utfall", root) for paragraph in section(context))
    return ["# The command line", INTRODUCTION, *sections]


def contexts(
    name: str, command: click.Command, parent: click.Context | None = None
) -> Iterator[click.Context]:
    """The command and all below it as a caller would reach them, in the order that help lists them.

    A command keeps the option of its help as its first context named it, so each has the context of a call.
    """
    context = click.Context(
        command,
        parent,
        info_name=name,
        terminal_width=WIDTH,
        **{**command.context_settings, "max_content_width": WIDTH},
    )
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found, f"{context.command_path} lists {below} and does not have it"
            if not found.hidden:
                yield from contexts(below, found, context)


def section(context: click.Context) -> list[str]:
    return [f"## {context.command_path}", f"```text\n{context.get_help()}\n```"]
