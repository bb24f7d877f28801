"""The app's pages within an organisation."""

from utfall.portal.quality import finding_pages, publisher_pages, queue_pages
from utfall.portal.quality.chapter import pages

PAGES = (finding_pages, publisher_pages, queue_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
