"""The app's pages within an organisation."""

from utfall.portal.reports import builder_pages, kept_pages
from utfall.portal.reports.listed import pages

PAGES = (builder_pages, kept_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
