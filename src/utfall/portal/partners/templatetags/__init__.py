"""Tags and filters of the partners app."""
