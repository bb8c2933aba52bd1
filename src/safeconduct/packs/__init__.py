"""Packs: an operation as data. `load` reads one and checks it; `available` says which ship with the product.

`load_caseload_model` reads what a fictional caseload of the operation is drawn from, where a rehearsal asks for it.
"""

from safeconduct.packs.caseload import load_caseload_model
from safeconduct.packs.folders import available
from safeconduct.packs.loading import load

__all__ = ["available", "load", "load_caseload_model"]
