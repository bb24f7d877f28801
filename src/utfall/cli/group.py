"""The group of all commands: found by name, imported when used; and where failures become words."""

import os
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from utfall import __version__
from utfall.cli.failures import Failure, explained

EPILOG: Final = """
\b
Examples:
  utfall demo                          a small living market, and what it proves
  utfall publish market.toml --check   what would change, without changing it
  utfall up                            everything, until Ctrl-C
  utfall load orders.csv               events from a file, with a verdict per row
  utfall report --by month             what happened and what it cost

Exit codes: 0 done · 1 done, but something was refused or found · 2 wrong call · 3 not possible now.
"""


class Section(NamedTuple):
    """A heading of the help, and its commands with the module of each."""

    title: str
    commands: Mapping[str, str]


class Utfall(click.Group):
    """Commands by section."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        super().__init__(
            name="utfall",
            help="Self-hosted performance marketing: pay for outcomes, and prove every entry.",
            epilog=EPILOG,
            params=_options(),
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
            no_args_is_help=True,
            invoke_without_command=True,
            callback=_without_command,
        )
        self._sections = sections
        self._modules = {name: module for section in sections for name, module in section.commands.items()}

    def list_commands(self, context: click.Context) -> list[str]:
        """All commands, by section."""
        return list(self._modules)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of this name, imported now."""
        module = self._modules.get(name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(f"utfall.cli.{module}"), name.replace("-", "_"))
        return command

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was named; the nearest is suggested where there is none."""
        import difflib

        if arguments and arguments[0] not in self._modules and not arguments[0].startswith("-"):
            close = difflib.get_close_matches(arguments[0], self._modules, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise click.UsageError(f"No such command {arguments[0]!r}.{hint}", context)
        return super().resolve_command(context, arguments)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, section by section."""
        for section in self._sections:
            with formatter.section(section.title):
                formatter.write_dl(list(self._described(context, section)))

    def invoke(self, context: click.Context) -> Any:
        """Run a command; a failure that has words becomes them."""
        try:
            return super().invoke(context)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            context.exit(130)
        except BrokenPipeError:
            # Whoever read our output has had enough; nothing more is written, not even at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            context.exit(0)
        except (
            Exception
        ) as error:  # the outermost place there is: what has no words here is a bug and is raised
            words = explained(error)
            if words is None:
                raise
            raise Failure(words) from error

    def _described(self, context: click.Context, section: Section) -> Iterator[tuple[str, str]]:
        for name in section.commands:
            command = self.get_command(context, name)
            if command is not None and not command.hidden:
                yield name, command.get_short_help_str(80)


@click.pass_context
def _without_command(context: click.Context, /, **_: object) -> None:
    """A call that names no command is told which there are."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(2)


def _options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--data-dir"],
            type=click.Path(path_type=Path, file_okay=False),
            help="Folder of everything Utfall stores (setting data_dir).",
        ),
        click.Option(
            ["--config"],
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="Settings file; utfall.toml here, if there is one.",
        ),
        click.Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_version,
            help="Show the version.",
        ),
    ]


def _version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"utfall {__version__}")
        context.exit()
