"""The app's pages within an organisation."""

from utfall.portal.funding import terms_pages
from utfall.portal.funding.chapter import pages

PAGES = (terms_pages,)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
