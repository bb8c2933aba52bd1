# Safeconduct. `make help` lists what there is; each needs only Python 3.11+, pip and make.
SHELL := /bin/sh
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup spark demo demo-once quick test lint types map browser lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup:  ## make .venv and install into it (done by the others where needed)
	@sh scripts/setup.sh

spark: setup  ## add Spark for `link --engine spark` and its tests (450 MB; wants Java 17 beside it)
	@sh scripts/setup_spark.sh

demo: setup  ## the main job on the shipped operation: build/demo/brief.html, then the desk at 127.0.0.1:8000
	@$(BIN)/safeconduct demo -o build/demo

demo-once: setup  ## the same, ending once the desk is made
	@$(BIN)/safeconduct demo -o build/demo --once

quick: setup lint types map  ## at every save: lint, types, map, and the quick tests
	@$(BIN)/pytest -q -n 2 --hypothesis-profile=quick -m "not slow and not browser and not spark"

test: setup  ## every tier that can run here; says aloud what it skips
	@sh scripts/test.sh

lint: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

map: setup
	@$(BIN)/lint-imports

lock:  ## for maintainers: write the hashed requirements anew (needs uv)
	@sh scripts/lock.sh

clean:  ## remove what was built; your own files stay
	@rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
