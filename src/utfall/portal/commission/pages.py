"""The pages of commission: the editor, the review, the what-if, the history, and what publishers see."""

from utfall.portal.commission import editor_pages, offered_pages, preview_pages, review_pages
from utfall.portal.commission.registry import pages

__all__ = ["editor_pages", "offered_pages", "pages", "preview_pages", "review_pages"]
