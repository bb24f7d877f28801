"""Filters for the pages of payouts."""
