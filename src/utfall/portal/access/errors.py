"""What an operation answers when it does not do what was asked.

Forbidden     the role does not allow it            403
NotFound      it does not exist, or is not yours    404
Refused       the rules do not allow it             422 (409 where how things stand now is in the way)
"""

from collections.abc import Sequence
from typing import NamedTuple, NoReturn

from django.utils.functional import Promise

Words = str | Promise
"""Text, or text that is translated when it is shown."""


class Problem(NamedTuple):
    """One thing that is wrong: its code for machines, a sentence for people, and the field to blame. `mend`:
    what to do about it, where the sentence does not say."""

    code: str
    sentence: Words
    field: str = ""
    mend: Words = ""


class Forbidden(Exception):
    """The caller's role does not allow this; `needed` names the permission or the kind that would."""

    def __init__(self, needed: str) -> None:
        super().__init__(needed)
        self.needed = needed


class NotFound(Exception):
    """There is nothing such that this caller may see."""


class Refused(Exception):
    """The rules do not allow this now; everything that is wrong, at once. `heading`: what a page says above
    it, where what is wrong is more than the status tells.
    """

    def __init__(self, problems: Sequence[Problem], *, status: int = 422, heading: Words = "") -> None:
        super().__init__("; ".join(f"{one.field or one.code}: {one.sentence}" for one in problems))
        self.problems = tuple(problems)
        self.status = status
        self.heading = heading


def refuse(
    code: str,
    sentence: Words,
    field: str = "",
    *,
    status: int = 422,
    mend: Words = "",
    heading: Words = "",
) -> NoReturn:
    """Refuse for one reason."""
    raise Refused([Problem(code, sentence, field, mend)], status=status, heading=heading)
