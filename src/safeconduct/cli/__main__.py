"""`python -m safeconduct.cli`: the same command line, where the script is not on the path."""

from safeconduct.cli import main

main()
