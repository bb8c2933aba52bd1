"""Hold the trials beside a pack's rules against the rules: python try_rules.py FOLDER."""

import sys
from pathlib import Path

from safeconduct.core.rulebook.trial import differences
from safeconduct.packs import load
from safeconduct.packs.trials import load_trials

pack = Path(sys.argv[1])
operation = load(pack)
for trial in load_trials(pack / "rulebook", operation.rulebook):
    found = differences(trial, operation.rulebook, operation.schemes)
    print("otherwise:" if found else "holds:", trial.sentence, *found)
