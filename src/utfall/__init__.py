"""Utfall: a self-hosted performance-marketing platform.

Events are what happened. Terms are what was agreed. Entries are what is owed. The engine is the one bridge
between them. Packages point down: `cli → workers → portal | edge → lake | journal → engine → terms → events →
money`; the four last are pure.
"""

__version__ = "0.1.0"
