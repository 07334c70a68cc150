# `make demo` shows everything, `make run` is for use, `make test` proves it. Each sets itself up.
# Needs Python 3.11 or newer and make; PYTHON=/path/to/python3.12 chooses one.

SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
PIP := $(PY) -m pip --disable-pip-version-check -qq install --require-hashes

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo run test lint types lock bench bench-matching

help:
	@echo "make demo   set up, start everything, import the reference case, show what to look at"
	@echo "make run    set up and start everything"
	@echo "make test   set up and run every check and test"
	@echo "make setup | lint | types | bench | bench-matching | lock"

setup: $(READY)
setup-dev: $(READY_DEV)

# An environment without pip is one whose making was cut short.
define venv
@$(PY) -m pip --version >/dev/null 2>&1 || PYTHON="$(PYTHON)" bin/make-venv $(VENV)
endef

$(READY): requirements.lock
	$(venv)
	@echo "Installing packages into $(VENV) ..."
	@$(PIP) -r requirements.lock
	@touch $@

# The larger set holds the smaller one, so either way the app runs.
$(READY_DEV): requirements-dev.lock
	$(venv)
	@echo "Installing packages and developers' tools into $(VENV) ..."
	@$(PIP) -r requirements-dev.lock
	@touch $(READY) $@

demo: setup
	@exec $(PY) manage.py run --demo

run: setup
	@exec $(PY) manage.py run

lint: setup-dev
	@$(PY) -m ruff check .

types: setup-dev
	@$(PY) -m mypy .

test: lint types
	@$(PY) -m pytest

bench: setup-dev
	@$(PY) -m bench

bench-matching: setup-dev
	@$(PY) -m bench.matching

# Hashes come from the public index, for every platform, whatever this machine's pip is set to.
LOCK := $(VENV)/lock
COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= PIP_INDEX_URL= $(LOCK)/bin/pip-compile \
	--quiet --generate-hashes --strip-extras --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

lock: setup-dev
	@test -x $(LOCK)/bin/pip-compile || { $(PY) -m venv $(LOCK) && $(LOCK)/bin/pip --quiet install pip-tools; }
	@$(COMPILE) --output-file requirements.lock pyproject.toml
	@$(COMPILE) --extra s3 --constraint requirements.lock --output-file requirements-s3.lock pyproject.toml
	@$(COMPILE) --extra dev --extra bench --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
