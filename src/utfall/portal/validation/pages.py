"""The app's pages within an organisation."""

from utfall.portal.validation import batch_pages, order_pages, queue_pages
from utfall.portal.validation.chapter import pages

PAGES = (queue_pages, order_pages, batch_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
