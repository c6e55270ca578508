# Every command does its own set-up, in .venv, from hashed lock files; `make` alone lists the commands.

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
BASE ?= main

.DEFAULT_GOAL := help
.PHONY: help map test lint eval bench docs sbom compare screenshot notebooks tables lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s%s\n", $$1, $$2 }' Makefile

map: .venv/.run ## map the five articles of seeds/ into out/
	$(BIN)/mapper run seeds/ --out out/
	@echo "Open it in a browser: file://$(CURDIR)/out/map.html"

test: .venv/.dev ## run the tests, the map in Chromium among them
	@.ci/chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: .venv/.dev ## check style, types, and who imports whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

eval: .venv/.run ## score the gazetteer, and runs against the gold annotations; fails below a floor
	$(BIN)/mapper gazetteer eval --descriptions tests/eval/descriptions.csv --floors tests/eval/floors.json
	$(BIN)/mapper eval seeds --gold tests/eval/seeds-gold --floors tests/eval/floors.json
	$(BIN)/mapper eval tests/eval/original --floors tests/eval/floors.json
	$(BIN)/mapper eval tests/eval/holdout --floors tests/eval/floors.json

bench: .venv/.run ## measure start-up, runs, look-ups and weight
	$(BIN)/python tests/bench/bench.py

docs: .venv/.dev ## build the site of docs/ into build/site, links and all checked; needs no network
	SOURCE_DATE_EPOCH=0 NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet -f .ci/site/mkdocs.yml
	@echo "Open it in a browser: file://$(CURDIR)/build/site/index.html"

sbom: .venv/.dev ## list what an installation holds, with licences, in .ci/sbom.cdx.json; to be done after `make lock`
	$(PIP) "cyclonedx-bom>=7.0"
	.ci/sbom $(BIN)/python

compare: .venv/.run ## print claims and events gained and lost since BASE (default: main)
	$(BIN)/python tests/bench/compare.py $(BASE)

screenshot: .venv/.dev map ## make docs/map.png anew
	@.ci/chromium
	$(BIN)/python docs/screenshot.py out/map.html docs/map.png place=AF0912

tables: .venv/.run ## make docs/columns.md and docs/schemas/ anew from data/coding/columns.csv
	$(BIN)/python docs/tables.py

notebooks: .venv/.dev ## run the notebooks and keep what they show
	$(BIN)/python tests/kept_notebooks.py

lock: .venv/.dev ## choose newest versions and write them, with hashes, into the lock files
	$(PIP) uv
	$(BIN)/uv pip compile --quiet --upgrade $(LOCKING) --extra build -o .ci/requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade $(LOCKING) --extra build --extra dev --extra test \
		-c .ci/requirements.txt -o .ci/requirements-dev.txt

# one resolution for every platform and every Python from 3.11 on; no index is named, pip asks the one it is set up for
LOCKING := pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

clean: ## remove what the other commands made
	rm -rf .venv out dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find mapper tests data docs -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up: each step leaves a stamp, and is repeated when what it depends on has changed ---

.venv/.made: .ci/venv .ci/python
	.ci/venv .venv
	@touch $@

.venv/.run: .venv/.made .ci/requirements.txt pyproject.toml
	@echo "Installing what the map needs into .venv (once, about a minute) ..."
	$(PIP) --require-hashes -r .ci/requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run .ci/requirements-dev.txt
	@echo "Installing what the tests need into .venv (once, about a minute) ..."
	$(PIP) --require-hashes -r .ci/requirements-dev.txt
	@touch $@
