"""Failures that people can mend, in their words, with exit code 3. All else is a bug and shows itself."""

from typing import Final

import click

from utfall.portal.drivers import refusals

NOT_NOW: Final = 3
FOUND: Final = 1


class Failure(click.ClickException):
    """Something that is not possible here and now."""

    def __init__(self, message: str, exit_code: int = NOT_NOW) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # a class variable there, an instance's here


_OURS: Final = (
    "utfall.settings",
    "utfall.terms",
    "utfall.journal",
    "utfall.lake",
    "utfall.portal",
    "utfall.workers",
    "utfall.edge",
    "utfall.cli",
)


def explained(error: Exception) -> str | None:
    """A sentence for a failure that is not a bug; None for one that is.

    >>> explained(FileNotFoundError(2, "No such file or directory", "a.toml"))
    'a.toml: No such file or directory'
    >>> explained(KeyError("x")) is None
    True
    """
    if isinstance(error, OSError):
        named = f"{error.filename}: " if error.filename else ""
        return f"{named}{error.strerror or error}"
    if type(error).__module__.startswith(_OURS) and not isinstance(error, AssertionError):
        return str(error)
    # Django says the same in a class of its own that is not imported here, since that takes its time.
    if isinstance(error, refusals()) or isinstance(error.__cause__, refusals()):
        return f"the database refused: {error}"
    return None
