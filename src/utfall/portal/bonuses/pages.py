"""The app's pages within an organisation."""

from utfall.portal.bonuses import granting_pages
from utfall.portal.bonuses.chapter import pages

PAGES = (granting_pages,)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
