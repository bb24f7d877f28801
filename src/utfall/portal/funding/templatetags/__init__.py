"""Filters for the pages of funding."""
