"""The app's pages within an organisation."""

from utfall.portal.claims import acting_pages, claim_pages
from utfall.portal.claims.chapter import pages

PAGES = (claim_pages, acting_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
