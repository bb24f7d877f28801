# Two commands matter: `make demo` and `make test`. The rest is for those who work here.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin

# So that what starts many processes compiles nothing twice.
unexport PYTHONDONTWRITEBYTECODE

# Two more than there are cores: tests of processes and pages wait about as long as they work.
TEST_PROCESSES ?= $(shell expr $$(nproc) + 2)
CRASH_ROUNDS ?= 40
CRASH_TESTS := $(wildcard tests/simulation/test_*.py) tests/scenarios/test_lake_crash.py

.PHONY: help install demo test crash check types laws bench real docs pictures words lock clean made browser server

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: .venv/.runtime made ## create .venv from the pinned and hashed requirements, and what the pages load

demo: install ## seed a small living market, start everything and say where to look
	$(BIN)/utfall demo

test: .venv/.test made browser server ## run every test, on all cores
	$(BIN)/python -m pytest --numprocesses=$(TEST_PROCESSES) --dist=worksteal

crash: .venv/.test ## kill -9 edge, settler and lake writer under load, over 200 times, and fill the disk
	CRASH_ROUNDS=$(CRASH_ROUNDS) $(BIN)/python -m pytest -rP --durations=0 --durations-min=1 $(CRASH_TESTS)

check: types laws ## lint, format, types, import laws, generated documents

# The slowest by itself, so that `make --jobs=2` does everything else meanwhile.
types: .venv/.test
	$(BIN)/mypy

laws: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m tools.reference --check
	$(BIN)/python -m tools.client --check

bench: .venv/.test ## measure against nginx and the recorded budgets (needs nginx and wrk)
	tools/apt.sh nginx wrk
	$(BIN)/python benchmarks/run.py

real: install ## run the main job on data nobody here made
	$(BIN)/python examples/real/run.py

docs: .venv/.test ## regenerate docs/reference and the API's client
	$(BIN)/python -m tools.reference
	$(BIN)/python -m tools.client

pictures: .venv/.test made browser ## take the pictures of docs/pictures from a running demo
	$(BIN)/python -m tools.pictures $(NAMES)

words: .venv/.runtime ## bring the catalogues in src/**/locale up to date with the strings of the source
	$(BIN)/python -m tools.catalogues extract
	$(BIN)/python -m tools.catalogues check

lock: .venv/.runtime ## resolve requirements/*.txt and frontend/package-lock.json anew (needs uv)
	tools/lock.sh
	$(BIN)/python -m tools.assets lock

clean: ## remove the environment, caches and build products, never var/
	rm -rf .venv build dist frontend/node_modules src/utfall/portal/look/static/vendor src/utfall.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

# Files that are made of others and not kept in git: what browsers load, and compiled catalogues. Both write only what changed.
made: .venv/.runtime
	@$(BIN)/python -m tools.assets
	@$(BIN)/python -m tools.catalogues compile

browser:
	@tools/apt.sh chromium-headless-shell

server:
	@tools/apt.sh postgresql

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
