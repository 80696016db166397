# `make demo` and `make test` are all that a fresh machine needs: Python >= 3.11, git and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 2  # processes that share the tests, a file at a time, each with engines of its own

.PHONY: demo test check fuzz clean

demo: $(VENV)/.installed  ## load the shipped articles and serve the pages and the API on 127.0.0.1:8000
	$(BIN)/diplograph demo

test: check  ## everything: lint, types, and all tests, with a real Neo4j that the suite fetches by itself
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/.installed-dev  ## lint and types alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fuzz: $(VENV)/.installed-dev  ## the API against its own description, with many more examples than `make test` tries
	DIPLOGRAPH_FUZZ_EXAMPLES=50 $(BIN)/python -m pytest tests/api/test_description.py --durations=1

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 demo" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

clean:  ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache build dist *.egg-info
