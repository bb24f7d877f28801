"""The API's operations of partners: all that the pages can do."""

from utfall.portal.partners import market_endpoints, own_endpoints, partner_endpoints, sharing_endpoints
from utfall.portal.partners.chapter import endpoints

OPERATIONS = (partner_endpoints, market_endpoints, own_endpoints, sharing_endpoints)
"""Importing them registered their operations."""

__all__ = ["OPERATIONS", "endpoints"]
