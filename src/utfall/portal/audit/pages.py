"""The app's pages within an organisation: the log, the approvals, and what the operator asks for."""

from utfall.portal.audit import approval_pages, log_pages
from utfall.portal.audit.listed import pages

PAGES = (log_pages, approval_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
