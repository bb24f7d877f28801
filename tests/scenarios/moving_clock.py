"""The clock that tests move is the one that the demo's year is lived by."""

from utfall.cli.demo_clock import Clock

__all__ = ["Clock"]
