# make demo    set up, crawl the fictional newspaper in fixtures/site, show what came out
# make test    set up, run all checks and tests
# make quick   set up, run the tests that start no processes, under a minute
# make nightly set up, run all tests, those at full size too, then kill and fuzz for an hour
# make coverage set up, run the tests of make test, show the lines and branches that they don't reach;
#               COVERED='not processes and not nightly' runs those of make quick
# make check   lint, types, import contracts
# make fuzz    fuzz all code that reads strangers' bytes, SECONDS=20 for each target
# make fuzz-glance  the same for a fixed number of inputs, which are the same each time; two minutes
# make pictures  make the pictures of the documentation anew; three minutes, needs chromium
# make docs    build the documentation as a site in build/docs
# make dist    build the packages for PyPI in dist/ and check them; it uploads nothing
# make clean   remove the environment and what the demo left
# PYTHON=/path/to/python3.11 chooses an interpreter, VENV=folder another place for the environment.

PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3 python 2>/dev/null) python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO_DATABASE := demo.db
DEMO_REPORT := demo.html
PYTEST := $(BIN)/python -m pytest -q
# Processes of tests, each with a PostgreSQL of its own; a file's tests stay together, since they share what it set up.
JOBS ?= auto
PARALLEL = --numprocesses=$(JOBS) --dist=loadscope

.PHONY: demo test quick nightly coverage check fuzz fuzz-glance pictures docs dist clean

demo: $(VENV)/.installed
	@rm -f $(DEMO_DATABASE)*
	@echo "Crawling the newspaper in fixtures/site (on 127.0.0.1) politely: half a minute."
	@echo "Two of its pages fail on purpose (404 and 500), so the crawl's exit code is 1."
	@$(BIN)/python fixtures/serve.py -- $(BIN)/newsspider crawl {site}/ --db $(DEMO_DATABASE) || test $$? -eq 1
	@$(BIN)/newsspider stats --db $(DEMO_DATABASE)
	@$(BIN)/newsspider report --db $(DEMO_DATABASE) -o $(DEMO_REPORT) --replace

test: check
	$(PYTEST) $(PARALLEL) -m "not nightly"

quick: $(VENV)/.installed-dev
	$(PYTEST) $(PARALLEL) -m "not processes and not nightly"

ROUNDS ?= 40
nightly: check
	$(PYTEST) $(PARALLEL)
	$(BIN)/python -m tests.killing.campaign $(ROUNDS)
	$(BIN)/python -m tests.killing.revisiting $(ROUNDS)
	$(MAKE) fuzz SECONDS=$(or $(NIGHTLY_SECONDS),120)

COVERED ?= not nightly
coverage: $(VENV)/.installed-dev
	@rm -f .coverage .coverage.*
	$(BIN)/python -m coverage run -m pytest -q $(PARALLEL) -m "$(COVERED)"
	@$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

SECONDS ?= 20
SEED ?= 0
fuzz: $(VENV)/.installed-fuzz
	nice $(BIN)/python tests/fuzz/run.py --seconds $(SECONDS) --seed $(SEED)

fuzz-glance: $(VENV)/.installed-fuzz
	nice $(BIN)/python tests/fuzz/run.py

pictures: $(VENV)/.installed-dev
	$(BIN)/python docs/pictures/make.py

docs: $(VENV)/.installed-dev
	@$(PIP) install --editable '.[dev,docs]'
	$(BIN)/zensical build --strict -f .zensical.toml

dist: $(VENV)/.installed-dev
	@$(PIP) install --editable '.[dev,dist]'
	@rm -rf dist
	$(BIN)/python -m build
	$(BIN)/twine check --strict dist/*

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing newsspider into $(VENV) …"
	@$(PIP) install --editable '.[report]'
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing newsspider and its development tools into $(VENV) …"
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-fuzz: $(VENV)/.installed-dev
	@$(PIP) install --editable '.[dev,fuzz]'
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "newsspider needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1 || echo not there)." \
		"Install one, or name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) $(DEMO_DATABASE)* $(DEMO_REPORT) build dist *.egg-info
