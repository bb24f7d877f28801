"""The app's pages within an organisation."""

from utfall.portal.creatives import gallery_pages, making_pages
from utfall.portal.creatives.listed import pages

PAGES = (gallery_pages, making_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
