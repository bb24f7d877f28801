"""Template tags of the claims app."""
