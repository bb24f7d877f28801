"""Filters for the pages of banking."""
