"""Every change of the tables, in order; a change is added, never edited."""
