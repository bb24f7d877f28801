"""The app's pages within an organisation."""

from utfall.portal.statements import accounting_pages, income_pages, statement_pages, vat_pages
from utfall.portal.statements.chapter import pages

PAGES = (statement_pages, accounting_pages, income_pages, vat_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
