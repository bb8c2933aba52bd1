#!/bin/sh
# Every tier that can run here, in order of cost. Installs nothing. What is skipped is said aloud, at the end as well.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed="" skipped=""

tier() {  # tier NAME COMMAND...
    name=$1; shift
    printf '\n== %s\n' "$name"
    "$@" || failed="$failed $name"
}

tier lint sh -c "$bin/ruff check . && $bin/ruff format --check ."
tier types $bin/mypy
tier map $bin/lint-imports
tier core-and-rooms $bin/pytest -q -n 2 -m "not slow and not browser" --durations=5
tier slow $bin/pytest -q -n 2 -m "slow and not browser" --durations=5

if command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
    tier browser $bin/pytest -q -m browser
else
    skipped="$skipped browser(no-Chromium:_apt-get_install_chromium)"
fi

echo
[ -z "$skipped" ] || echo "SKIPPED:$skipped" | tr _ ' '
if [ -n "$failed" ]; then
    echo "FAILED:$failed" >&2
    exit 1
fi
echo "All tiers that can run here passed."
