# Everything runs from .venv; var/ holds what a run leaves behind.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install sync up down clean-state test simulate chaos bench fmt golden lock handbook

PYTHON ?= python3
SEED ?= 1
POSTS ?= 10000
JOBS ?= 2
DOCUMENTS ?= 2000
RUNS ?= 1
EXECUTOR ?= local
WORKERS ?= 2
VENV := .venv
RUN := $(VENV)/bin/python -m
ON = --executor $(EXECUTOR) --workers $(WORKERS)
PIP := $(RUN) pip --quiet --disable-pip-version-check
LOCKED := $(VENV)/.lock-installed
INSTALLED := $(VENV)/.project-installed
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

sync: $(INSTALLED) ## Bring tonight's documents of every administration into the books, and show the report
	@$(RUN) local $(ON) sync

up: $(INSTALLED) ## Start Airflow and the emulators in the background: make up EXECUTOR=celery WORKERS=4
	@$(RUN) local $(ON) up

down: ## Stop what `make up` started
	@if [ -x $(VENV)/bin/python ]; then $(RUN) local down; fi

clean-state: down ## Forget var/: databases, emulated books, logs, reports
	@if [ -x $(VENV)/bin/python ]; then $(RUN) local clean-state; fi

test: $(INSTALLED) ## Check format, lint, types and import contracts, run every test; unit tests cover what is pure
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(VENV)/bin/lint-imports
	$(RUN) mypy
	@$(RUN) local browser
	$(RUN) pytest -n 2 -m unit --cov
	$(RUN) pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not unit"

simulate: $(INSTALLED) ## Play made-up mishaps until so much was posted: make simulate SEED=1 POSTS=10000 JOBS=2
	@PYTHONPATH=plugins $(RUN) adversary simulate --seed $(SEED) --posts $(POSTS) --jobs $(JOBS) \
		$(if $(PLAYED),--played $(PLAYED))

chaos: $(INSTALLED) ## Kill what can be killed during real nights: make chaos SEED=1 DOCUMENTS=2000 EXECUTOR=local
	@PYTHONPATH=plugins $(RUN) chaos --seed $(SEED) --documents $(DOCUMENTS) --executor $(EXECUTOR)

bench: $(INSTALLED) ## Measure speed, calls and growth: make bench RUNS=3 FULL=1
	@PYTHONPATH=plugins $(RUN) bench --runs $(RUNS) $(if $(FULL),--full)

fmt: $(INSTALLED) ## Format the code and apply the safe fixes
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

golden: $(INSTALLED) ## Write the expected payloads again; read the difference before you commit it
	$(RUN) pytest -n 0 --renew-golden -m golden

handbook: $(INSTALLED) ## Write the reference pages again from the code, and build the handbook in var/handbook
	@PYTHONPATH=plugins $(RUN) handbook
	@NO_MKDOCS_2_WARNING=1 $(RUN) mkdocs build --strict

lock: $(INSTALLED) ## Resolve requirements.lock again from requirements-dev.txt
	$(RUN) uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
		--custom-compile-command "make lock" requirements-dev.txt -o requirements.lock

install: $(INSTALLED) ## Only set up .venv

$(LOCKED): requirements.lock
	@set -e; chosen=; \
	for candidate in "$(PYTHON)" python3.13 python3.12 python3.11; do \
		if "$$candidate" -c '$(SUPPORTED)' 2>/dev/null; then chosen="$$candidate"; break; fi; \
	done; \
	if [ -z "$$chosen" ]; then \
		echo "No Python 3.11, 3.12 or 3.13 found; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Say which: make PYTHON=/path/to/python3.12" >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$chosen" -V)"; \
	rm -rf $(VENV); \
	"$$chosen" -m venv $(VENV) || { echo "That Python cannot make an environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@{ $(PIP) install uv && $(RUN) uv pip install --quiet --require-hashes --compile-bytecode -r requirements.lock; } \
		|| { echo "uv could not install; trying pip, which takes longer"; $(PIP) install --require-hashes -r requirements.lock; }
	@touch $@

$(INSTALLED): $(LOCKED) pyproject.toml
	@$(RUN) uv pip install --quiet --no-deps -e . || $(PIP) install --no-deps -e .
	@touch $@
