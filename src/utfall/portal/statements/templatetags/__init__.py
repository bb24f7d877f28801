"""Words for the pages of statements and accounting."""
