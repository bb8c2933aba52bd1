"""The product's settings with the cheapest crypto and databases in memory. Nothing else differs."""

import os

from safeconduct.config.settings import *  # noqa: F403
from safeconduct.config.settings import _database
from safeconduct.vault.costs import CHEAPEST

SECRET_KEY = "for tests alone"
PASSPHRASE_COST = CHEAPEST
STATIC_ROOT = None  # nothing is collected: the finders serve what the rooms hold
# Rooms run on PostgreSQL too: SAFECONDUCT_TEST_DATABASE=postgres://postgres@127.0.0.1/postgres
_postgres = os.environ.get("SAFECONDUCT_TEST_DATABASE")
DATABASES = {
    "default": _database(_postgres, ":memory:"),
    "keys": _database(_postgres and _postgres + "_keys", ":memory:"),
}
