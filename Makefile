# Targets a newcomer needs. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash

# Debian compiles its Python with optimisations, pyenv does not: the tests take a sixth less processor time with it.
FOUND = $(shell for p in /usr/bin/python3.11 python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PYTHON ?= $(FOUND)
OWN_PYTHON = $(if $(filter windows,$(MAKECMDGOALS)),$(FOUND),$(PYTHON))
BIN := .venv/bin
ONCE ?=
SMALL ?=
PARTS ?=
TRAINER ?=
FLIPS ?= 5000
SHA256 ?=
INSTALL = $(BIN)/pip install --quiet --disable-pip-version-check
LOCK_FILES = requirements.lock requirements-trainer.lock requirements-test.lock

.PHONY: help demo test smoke lint check build trainer bench faults siege flips mutants reference scripts lock lock-check windows clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/runtime: requirements.lock pyproject.toml
	@test -n "$(OWN_PYTHON)" || { echo "Python 3.11 or newer with venv and pip is needed (on Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Making the environment in .venv (about a minute, once) ..."
	@test -x $(BIN)/python || $(OWN_PYTHON) -m venv .venv
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/trainer: .venv/runtime requirements-trainer.lock
	@$(INSTALL) --require-hashes --requirement requirements.lock --requirement requirements-trainer.lock
	@touch $@

.venv/testing: .venv/runtime $(LOCK_FILES) tests/needs.py tests/credentials/verifiers/package-lock.json tests/site/floor/package-lock.json psm_course/site/scripts/package-lock.json
	@$(INSTALL) --require-hashes $(LOCK_FILES:%=--requirement %)
	@$(BIN)/python -m tests.setup testing
	@touch $@

.venv/bench: .venv/testing
	@$(BIN)/python -m tests.setup bench
	@touch $@

demo: .venv/runtime ## the whole main job on a made-up cohort, then serve it (ONCE=1: do not serve)
	@$(BIN)/psm demo $(if $(ONCE),--once)

# Each process of the tests would rewrite every test file for itself; collected once beside the linters, they are rewritten already.
test: .venv/testing ## everything that must hold, a real browser included
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest --collect-only -qq > /dev/null & \
	$(MAKE) --no-print-directory lint; style=$$?; wait; exit $$style
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

flips: .venv/testing ## flip thousands of bits of a register, one at a time: the check has to name each that changes anything
	@PSM_FLIPS=$(FLIPS) $(BIN)/python -m pytest --quiet --numprocesses auto tests/registrar/soundness/test_flips.py

smoke: .venv/bench .venv/trainer ## every other target once, in its smallest form, in a copy of this checkout
	@$(BIN)/python -m tests.smoke

lint: .venv/testing ## style and types
	@$(BIN)/mypy & types=$$!; \
	$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check . && $(BIN)/python -m tests.scripts lint; style=$$?; \
	wait $$types && exit $$style

check: .venv/runtime ## proof-read the course content
	@$(BIN)/psm check

build: .venv/runtime ## build the course site into var/site
	@$(BIN)/psm build

trainer: .venv/trainer ## open a copy of the lessons in JupyterLab, as a trainer does (TRAINER=02: the lesson to begin with)
	@$(BIN)/psm trainer $(TRAINER)

bench: .venv/bench ## measure, beside a baseline, and print a table (SMALL=1: only go through every step; PARTS=: some of it)
	@$(BIN)/python -m tests.bench $(if $(SMALL),--small) $(PARTS)

faults: .venv/testing ## cut the power, kill and fill up an office, many times over (SMALL=1: only go through every step)
	@$(BIN)/python -m tests.faults $(if $(SMALL),--small)

siege: .venv/testing ## phones that hand in while a hostile hall does its worst: nothing lost or doubled, and how long it takes (SMALL=1: briefly)
	@$(BIN)/python -m tests.load.siege $(if $(SMALL),--small)

mutants: .venv/testing ## change one thing of the code at a time, in a copy: does a test notice? (SMALL=1: a handful)
	@$(BIN)/python -m tests.mutants $(if $(SMALL),--small)

reference: .venv/runtime ## write anew what is made from the code: schema, format page, pictures, lists
	@$(BIN)/python -m psm_course.content.reference
	@$(BIN)/python book/maintaining/draw.py
	@$(BIN)/python book/maintaining/lists.py

scripts: .venv/testing ## make the site's script files and style sheets anew from their modules (psm_course/site/generated)
	@$(BIN)/python -m tests.scripts bundle

LOCKED = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command "make lock" pyproject.toml --extra build --extra office --extra publish --extra site
# What a lock file pins, as a constraint and as what the next one leaves out.
BEYOND = $$(for lock in $(1); do echo "-c $$lock"; sed -nE 's/^([^= ]+)==.*/--no-emit-package \1/p' $$lock; done)

lock: ## resolve the dependencies anew (needs uv), with hashes and no addresses; a later file holds only what is new
	$(LOCKED) -o requirements.lock
	$(LOCKED) --extra trainer $(call BEYOND,requirements.lock) -o requirements-trainer.lock
	$(LOCKED) --extra trainer --extra test $(call BEYOND,requirements.lock requirements-trainer.lock) -o requirements-test.lock

lock-check: .venv/testing ## does every locked package have a wheel for each platform?
	@$(BIN)/python -m tests.platforms

windows: .venv/runtime ## make the folder for Windows in var/windows/PSM (PYTHON=python-3.13…-embed-amd64.zip SHA256=… as python.org says it)
	@$(BIN)/python -m tests.windows "$(PYTHON)" "$(SHA256)"

clean: ## remove everything made here but the office's register and records
	rm -rf .venv var/build var/site var/demo _build .mypy_cache .pytest_cache .ruff_cache .hypothesis
