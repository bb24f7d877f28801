"""The look's tags and filters as Django finds them: all of `utfall.portal.look.library`."""

from utfall.portal.look import charts, figures, formats, forms, pieces, states, tables
from utfall.portal.look.library import register

__all__ = ["charts", "figures", "formats", "forms", "pieces", "register", "states", "tables"]
