"""Tables to the bytes of a file, and a second pair of eyes that reads those bytes and trusts nothing.

Bytes in memory only: no disk, no database.

The way of an export: columns -> table -> canary -> writing -> scanning. A family's own record: subject -> scanning.
"""
