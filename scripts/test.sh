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
tier core-and-rooms $bin/pytest -q -n 2 -m "not slow and not browser and not spark" --durations=5
tier slow $bin/pytest -q -n 2 -m "slow and not browser and not spark" --durations=5

# The rooms with a database, again on PostgreSQL where one answers (races run on both by themselves).
rooms=""
for room in vault journal jobs people cases cases_pages exports intake matching triage flow config desk; do rooms="$rooms tests/rooms/$room"; done
postgres=${SAFECONDUCT_TEST_POSTGRES:-postgres://postgres@127.0.0.1:5432/postgres}
if $bin/python -c "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3)" "$postgres" 2>/dev/null; then
    tier postgresql env SAFECONDUCT_TEST_DATABASE="$postgres" \
        $bin/pytest -q -n 2 -m "not slow and not browser and not spark" $rooms
else
    skipped="$skipped; postgresql, races on it too (none answers: set SAFECONDUCT_TEST_POSTGRES)"
fi

if ! $bin/python -c "import pyspark" 2>/dev/null; then
    skipped="$skipped; spark (not installed: make spark)"
elif [ "$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')" -lt 17 ] 2>/dev/null ||
    ! "${JAVA_HOME:+$JAVA_HOME/bin/}java" -version >/dev/null 2>&1; then
    skipped="$skipped; spark (no Java 17 or newer: apt-get install default-jre-headless)"
else
    tier spark $bin/pytest -q -m spark --durations=5 tests/core
fi

if command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
    # Named, since to collect every test takes a while; a guard holds that no test of this tier stands elsewhere.
    tier browser $bin/pytest -q -n 2 --dist loadfile -m browser tests/browser tests/rooms/reports
else
    skipped="$skipped; browser (no Chromium: apt-get install chromium)"
fi

echo
[ -z "$skipped" ] || echo "SKIPPED:${skipped#;}"
if [ -n "$failed" ]; then
    echo "FAILED:$failed" >&2
    exit 1
fi
echo "All tiers that can run here passed."
