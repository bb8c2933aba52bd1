#!/bin/sh
# Makes .venv and installs what the project needs, from hashed lists that name no host.
# Needs Python 3.11 or newer with pip or venv, and nothing else. Safe to run again.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Safeconduct needs Python 3.11 or newer. '$python' is: $("$python" --version 2>&1 || echo missing)." >&2
    echo "Install one (Debian, Ubuntu: apt-get install python3 python3-pip), or name it: make setup PYTHON=python3.12" >&2
    exit 1
fi

# Done already, and nothing that decides the result has changed since?
want=$(cat requirements/dev.txt pyproject.toml scripts/setup.sh | cksum)
if [ -x .venv/bin/safeconduct ] && [ "$(cat .venv/.safeconduct-setup 2>/dev/null)" = "$want" ]; then
    exit 0
fi

echo "Setting up .venv (once; a minute or two) ..."
if [ ! -x .venv/bin/python ]; then
    # A bare Debian has pip but not ensurepip: then the system's pip fills the new environment.
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv .venv
    else
        "$python" -m venv --without-pip .venv
    fi
fi
if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
elif "$python" -m pip --version >/dev/null 2>&1; then
    pip() { "$python" -m pip --disable-pip-version-check --python .venv/bin/python "$@"; }
else
    echo "No pip was found for '$python'. Debian, Ubuntu: apt-get install python3-pip (or python3-venv)." >&2
    exit 1
fi
pip install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
pip install --quiet --no-deps --no-build-isolation -e .
printf '%s' "$want" > .venv/.safeconduct-setup
echo "Ready: .venv/bin/safeconduct --help"
