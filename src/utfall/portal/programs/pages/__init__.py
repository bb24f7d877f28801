"""The pages of programs: the list, the wizard, one program with its tabs, review and policy."""

from utfall.portal.programs.pages import (
    drafting,
    grouping,
    limiting,
    listing,
    presenting,
    reading,
    showing,
    stating,
)
from utfall.portal.programs.pages.registry import pages

__all__ = [
    "drafting",
    "grouping",
    "limiting",
    "listing",
    "pages",
    "presenting",
    "reading",
    "showing",
    "stating",
]
