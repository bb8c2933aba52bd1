#!/bin/sh
# Adds Spark to .venv: for `safeconduct link --engine spark` and its tests. 450 MB to load, 500 MB on the disk.
# Java 17 or newer is needed beside it (Debian: apt-get install default-jre-headless). Safe to run again.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

if .venv/bin/python -c 'import pyspark' 2>/dev/null; then
    exit 0
fi
if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
else
    pip() { "$python" -m pip --disable-pip-version-check --python .venv/bin/python "$@"; }
fi
echo "Adding Spark to .venv (once; some minutes) ..."
# The one package without a wheel: its source is checked against its hash all the same, and built here.
pip install --quiet --require-hashes -r requirements/spark.txt
.venv/bin/python -c 'import pyspark; print("Ready: Spark", pyspark.__version__)'
