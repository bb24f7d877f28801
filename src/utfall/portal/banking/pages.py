"""The app's pages within an organisation."""

from utfall.portal.banking import file_pages
from utfall.portal.banking.chapter import pages

PAGES = (file_pages,)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
