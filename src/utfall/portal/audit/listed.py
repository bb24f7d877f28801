"""The app's pages, which its modules of pages register."""

from utfall.portal.access import Pages

pages = Pages("audit")
