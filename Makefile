.DEFAULT_GOAL := help
# A target's help is the text behind its `##`.

PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3 python 2>/dev/null) python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# pip compiles what it copies, but not a checkout. Where PYTHONDONTWRITEBYTECODE is set, each start would do it: 0.2 s.
COMPILE = $(BIN)/python -m compileall -q newsspider pipelines
DEMO_DATABASE := demo.db
DEMO_REPORT := demo.html
PYTEST := $(BIN)/python -m pytest -q
# Processes of tests, each with a PostgreSQL of its own; a file's tests stay together, since they share what it set up.
JOBS ?= auto
PARALLEL = --numprocesses=$(JOBS) --dist=loadscope

HELP = {target = $$1; sub(/:.*/, "", target); printf "  make %-12s %s\n", target, $$2}

.PHONY: help demo test quick nightly coverage check fuzz fuzz-glance pictures docs dist clean

help: ## this list
	@awk -F ' ## ' '/^[a-z-]+:.* ## / $(HELP)' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "  PYTHON=/path/to/python3.11 chooses an interpreter, VENV=folder another place for the environment."

demo: $(VENV)/.installed ## set up, crawl the fictional newspaper in fixtures/site, show the articles
	@rm -f $(DEMO_DATABASE)*
	@echo "Crawling the newspaper in fixtures/site (on 127.0.0.1) politely: half a minute."
	@echo "Two of its pages fail on purpose (404 and 500), so the crawl's exit code is 1."
	@$(BIN)/python fixtures/serve.py -- $(BIN)/newsspider crawl {site}/ --db $(DEMO_DATABASE) || test $$? -eq 1
	@$(BIN)/newsspider stats --db $(DEMO_DATABASE)
	@$(BIN)/newsspider report --db $(DEMO_DATABASE) -o $(DEMO_REPORT) --replace

test: check ## set up, run all checks and tests (15 minutes on two cores)
	$(PYTEST) $(PARALLEL) -m "not nightly"

quick: $(VENV)/.installed-dev ## set up, run the tests that start no processes (a minute)
	$(PYTEST) $(PARALLEL) -m "not processes and not nightly"

ROUNDS ?= 40
nightly: check ## run all tests at full size, then kill and fuzz (hours)
	$(PYTEST) $(PARALLEL)
	$(BIN)/python -m tests.killing.campaign $(ROUNDS)
	$(BIN)/python -m tests.killing.revisiting $(ROUNDS)
	$(MAKE) fuzz SECONDS=$(or $(NIGHTLY_SECONDS),120)

COVERED ?= not nightly
coverage: $(VENV)/.installed-dev ## show the lines and branches that tests don't reach (COVERED='not nightly')
	@rm -f .coverage .coverage.*
	$(BIN)/python -m coverage run -m pytest -q $(PARALLEL) -m "$(COVERED)"
	@$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

check: $(VENV)/.installed-dev ## lint, style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.suite.style

SECONDS ?= 20
SEED ?= 0
fuzz: $(VENV)/.installed-fuzz ## fuzz the code that reads strangers' bytes (SECONDS=20 per target)
	nice $(BIN)/python tests/fuzz/run.py --seconds $(SECONDS) --seed $(SEED)

fuzz-glance: $(VENV)/.installed-fuzz ## the same with a fixed number of inputs (two minutes)
	nice $(BIN)/python tests/fuzz/run.py

pictures: $(VENV)/.installed-dev ## make the pictures of the documentation again (three minutes, needs Chromium)
	$(BIN)/python docs/pictures/make.py

docs: $(VENV)/.installed-dev ## build the documentation as a site in build/docs
	@$(PIP) install --editable '.[dev,docs]'
	$(BIN)/zensical build --strict -f .zensical.toml

dist: $(VENV)/.installed-dev ## build the packages for PyPI in dist/ and check them; uploads nothing
	@$(PIP) install --editable '.[dev,dist]'
	@rm -rf dist
	$(BIN)/python -m build
	$(BIN)/twine check --strict dist/*

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing newsspider into $(VENV) …"
	@$(PIP) install --editable '.[report]'
	@$(COMPILE)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	@echo "Installing newsspider and its development tools into $(VENV) …"
	@$(PIP) install --editable '.[dev]'
	@$(COMPILE)
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

clean: ## remove the environment and the demo's files
	rm -rf $(VENV) $(DEMO_DATABASE)* $(DEMO_REPORT) build dist *.egg-info
