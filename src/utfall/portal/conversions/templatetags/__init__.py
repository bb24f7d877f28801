"""The app's tags and filters."""
