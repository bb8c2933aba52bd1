#!/bin/sh
# Writes requirements/*.txt anew: every version with its hashes, no host named. For maintainers; needs uv.
set -eu
cd "$(dirname "$0")/.."
lock() {
    UV_NO_CONFIG=1 uv pip compile pyproject.toml --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet "$@"
}
lock -o requirements/run.txt
lock --group dev -o requirements/dev.txt
# Spark has no wheel, so it is a list of its own, with the versions of the others.
lock --extra spark --constraint requirements/dev.txt -o requirements/spark.txt
if grep -nE 'https?://|--(extra-)?index-url|--find-links' requirements/*.txt; then
    echo "A requirements file names a host: remove the line above before committing." >&2
    exit 1
fi
