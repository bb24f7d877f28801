"""The one way into the overview."""

from utfall.portal.overview.asking import asked_of
from utfall.portal.overview.assembling import mark, overview
from utfall.portal.overview.keeping import (
    change_view,
    first_view,
    open_first,
    remove_view,
    save_view,
    view,
    views,
)

__all__ = [
    "asked_of",
    "change_view",
    "first_view",
    "mark",
    "open_first",
    "overview",
    "remove_view",
    "save_view",
    "view",
    "views",
]
