"""The app's pages within an organisation."""

from utfall.portal.tracking import debugger_pages, receipt_pages, setup_pages
from utfall.portal.tracking.listed import pages

PAGES = (setup_pages, debugger_pages, receipt_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
