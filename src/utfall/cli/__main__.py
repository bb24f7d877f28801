"""`python -m utfall.cli`: the same as the script, for processes that start each other."""

from utfall.cli import main

main()
