"""A process that holds keys lets nobody look into it."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKED = """
import ctypes, os, resource
from safeconduct.config.deployment.memory import keep_memory_off_the_disk
keep_memory_off_the_disk()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0], oct(os.umask(0)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_it_dumps_no_core_is_not_looked_into_and_makes_files_its_own():
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0", "0o77"]
