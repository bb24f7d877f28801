"""The browser of the browser's tests, for the components."""

from tests.browser.conftest import chromium, context, page, scheme, viewport, watch

__all__ = ["chromium", "context", "page", "scheme", "viewport", "watch"]
