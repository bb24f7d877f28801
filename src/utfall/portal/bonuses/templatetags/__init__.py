"""Filters of the pages of bonuses."""
