"""The app's tags and filters for templates."""
