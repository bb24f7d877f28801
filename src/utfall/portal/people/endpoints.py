"""The API's operations of people: all that the pages can do but signing in."""

from utfall.portal.people import own_endpoints, tenant_endpoints
from utfall.portal.people.chapter import endpoints

OPERATIONS = (own_endpoints, tenant_endpoints)
"""Importing them registered their operations."""

__all__ = ["OPERATIONS", "endpoints"]
