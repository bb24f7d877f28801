"""The API's operations of invoices: all that the pages can do."""

from utfall.portal.invoices import paper_endpoints, particulars_endpoints, run_endpoints
from utfall.portal.invoices.chapter import endpoints

OPERATIONS = (particulars_endpoints, paper_endpoints, run_endpoints)
"""Importing them registered their operations."""

__all__ = ["OPERATIONS", "endpoints"]
