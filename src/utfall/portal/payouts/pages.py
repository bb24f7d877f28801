"""The app's pages within an organisation."""

from utfall.portal.payouts import batch_pages, own_pages, rate_pages
from utfall.portal.payouts.chapter import pages

PAGES = (own_pages, batch_pages, rate_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
