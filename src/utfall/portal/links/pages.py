"""The app's pages within an organisation."""

from utfall.portal.links import code_pages, leak_pages, link_pages
from utfall.portal.links.listed import pages

PAGES = (link_pages, code_pages, leak_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
