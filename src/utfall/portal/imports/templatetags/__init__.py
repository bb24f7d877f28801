"""Words of imports, for templates."""
