"""Tags of the app's own templates."""
