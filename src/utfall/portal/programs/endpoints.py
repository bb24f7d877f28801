"""The API's operations of programs: all that the pages can do."""

from utfall.portal.programs import limit_endpoints, program_endpoints, terms_endpoints
from utfall.portal.programs.chapter import endpoints

OPERATIONS = (program_endpoints, terms_endpoints, limit_endpoints)
"""Importing them registered their operations."""

__all__ = ["OPERATIONS", "endpoints"]
