"""The app's pages within an organisation."""

from utfall.portal.invoices import paper_pages, particulars_pages, run_pages
from utfall.portal.invoices.chapter import pages

PAGES = (particulars_pages, paper_pages, run_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
