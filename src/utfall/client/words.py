"""Words of a closed list that may grow: a newer portal's word is kept as it is, and is no error."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word the portal knows. `Word("new one")` is a word too, though it has no name here."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = value
        unknown._value_ = value
        return unknown
