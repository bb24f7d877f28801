"""The app's pages within an organisation."""

from utfall.portal.invoices import particulars_pages
from utfall.portal.invoices.chapter import pages

PAGES = (particulars_pages,)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
