"""Packs: an operation as data. `load` reads one and checks it; `available` says which ship with the product."""

from safeconduct.packs.loading import available, load

__all__ = ["available", "load"]
