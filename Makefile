# make demo        see it work          make test        everything that is tested
# make setup       for development      make test-large  what needs minutes more
# make check       format, lint, types

# The first Python on this machine that is new enough.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
BIN := .venv/bin

.PHONY: demo setup check test test-large clean

demo: .venv/package
	$(BIN)/kg demo

setup: .venv/development

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: check
	sh tests/requirements.sh
	$(BIN)/pytest -m "not large"

test-large: setup
	$(BIN)/pytest -m large -s

clean:
	rm -rf .venv .cache demo.kg explorer.html

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "kg needs Python 3.11 or later; install it and try again"; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/package: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/development: .venv/bin/pip pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ .venv/package
