"""The template tags of operations."""
