"""The app's pages within an organisation."""

from utfall.portal.feeds import feed_pages, product_pages
from utfall.portal.feeds.listed import pages

PAGES = (feed_pages, product_pages)
"""Importing them registered their pages."""

__all__ = ["PAGES", "pages"]
