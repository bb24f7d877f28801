"""Filters for the pages of invoices."""
