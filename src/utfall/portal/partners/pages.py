"""The pages of partners: for advertisers who decide about them, and for publishers who promote."""

from utfall.portal.partners import (
    finding_pages,
    market_pages,
    own_pages,
    partner_pages,
    property_pages,
    review_pages,
    sharing_pages,
)
from utfall.portal.partners.chapter import pages

PAGES = (partner_pages, review_pages, finding_pages, market_pages, own_pages, property_pages, sharing_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
