"""The core: facts in, decisions with reasons out.

Pure Python, fully typed: no web, no database, no disk, no network, no clock (time comes in as `at=` or `on=`).
"""
