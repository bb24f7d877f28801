"""The pages of operations."""

from utfall.portal.operations import (
    announcement_pages,
    fee_pages,
    health_pages,
    inbox_pages,
    tenant_pages,
)
from utfall.portal.operations.listed import pages

PAGES = (health_pages, inbox_pages, tenant_pages, fee_pages, announcement_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
