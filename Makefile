# Two commands matter: `make demo` and `make test`. The rest is for those who work here.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin

CRASH_ROUNDS ?= 40
CRASH_TESTS := $(wildcard tests/simulation/test_*.py) tests/scenarios/test_lake_crash.py

.PHONY: help install demo test crash check bench real docs lock clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: .venv/.runtime ## create .venv from the pinned and hashed requirements

demo: install ## seed a small living market, start everything and say where to look
	$(BIN)/utfall demo

test: .venv/.test ## run every test
	$(BIN)/python -m pytest

crash: .venv/.test ## kill -9 edge, settler and lake writer under load, over 200 times, and fill the disk
	CRASH_ROUNDS=$(CRASH_ROUNDS) $(BIN)/python -m pytest -rP --durations=0 --durations-min=1 $(CRASH_TESTS)

check: .venv/.test ## lint, format, types, import laws, generated documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.reference --check

bench: .venv/.test ## measure against nginx and the recorded budgets (needs nginx and wrk)
	tools/apt.sh nginx wrk
	$(BIN)/python benchmarks/run.py

real: install ## run the main job on data nobody here made
	$(BIN)/python examples/real/run.py

docs: .venv/.test ## regenerate docs/reference
	$(BIN)/python -m tools.reference

lock: ## resolve requirements/*.txt anew (needs uv)
	tools/lock.sh

clean: ## remove the environment, caches and build products, never var/
	rm -rf .venv build dist src/utfall.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.python:
	tools/venv.sh
	touch $@

.venv/.runtime: .venv/.python requirements/runtime.txt pyproject.toml
	tools/venv.sh requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	touch $@

.venv/.test: .venv/.runtime requirements/test.txt
	tools/venv.sh requirements/test.txt
	touch $@
