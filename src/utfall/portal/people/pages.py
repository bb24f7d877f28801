"""The app's pages within an organisation: people, keys, particulars, mandates; for operators the tenants."""

from utfall.portal.people import (
    key_pages,
    mandate_pages,
    member_pages,
    organisation_pages,
    tenant_pages,
)
from utfall.portal.people.listed import pages

PAGES = (member_pages, mandate_pages, key_pages, organisation_pages, tenant_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
