"""One consistent copy of both databases while the desk is serving, and the way back. docs/decisions/0014-deployment.md.

A backup is one age file. Inside, compressed, are lines of JSON: a manifest, then every table as a line with its
columns and one line for each row, then a last line with the count of lines and the SHA-256 of all that came before.
Nothing of it is ever on disk in clear.
"""
