"""The one way into the change feed."""

from utfall.portal.changes.contracts import Kind
from utfall.portal.changes.reading import changes, kept, latest
from utfall.portal.changes.telling import forget, tell, tell_decided

__all__ = ["Kind", "changes", "forget", "kept", "latest", "tell", "tell_decided"]
