"""The tests' settings for a subprocess that works on the databases of a race (both.py)."""

import os

from tests.races.both import databases
from tests.settings import *  # noqa: F403

# The kinds of jobs that `safeconduct work` knows in a race; a test names its own.
JOB_KINDS = os.environ.get("RACE_JOB_KINDS", "safeconduct.config.job_kinds.job_kinds")
DATABASES = databases({"default": os.environ["RACE_DEFAULT"], "keys": os.environ["RACE_KEYS"]})
