"""Money that moves outside: what its events mean in the book. docs/algorithms/money.md in code. Pure."""
