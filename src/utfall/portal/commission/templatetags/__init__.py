"""Tags for templates of this app and of others."""
