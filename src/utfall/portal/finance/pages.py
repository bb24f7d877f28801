"""The app's pages within an organisation."""

from utfall.portal.finance import house_pages, own_pages
from utfall.portal.finance.chapter import pages

PAGES = (house_pages, own_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
