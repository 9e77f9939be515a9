# The one list of commands: `make` prints it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
T ?= tests
# All tests share three workers, on two cores too, since many wait for another process; unit tests
# never wait, so they share two; any other part runs in this process.
WORKERS := $(if $(filter tests,$(T)),-n 3 --dist worksteal,$(if $(filter tests/unit,$(T)),-n 2 --dist worksteal))

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Two stamps: what `make play` needs, and what tests and tools need besides.
# Either is made again only when its lock file or pyproject.toml changes.
.venv/.run-installed: requirements.lock pyproject.toml
	@echo "Installing into .venv (once; about a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev-installed: requirements-dev.lock requirements.lock pyproject.toml
	@echo "Installing into .venv with tests and tools (once; a minute or two)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch .venv/.run-installed $@

.PHONY: setup
setup: .venv/.dev-installed ## Only install, tests and tools included

.PHONY: play
play: .venv/.run-installed ## Try it in the browser: bot, local Bot API server, chat page; no token
	@$(BIN)/counterpoint playground

.PHONY: tour
tour: .venv/.run-installed ## The same story told in the terminal, checked as it goes
	@$(BIN)/counterpoint playground --tour

.PHONY: run
run: .venv/.run-installed ## Run the bot with config/ and your environment
	@$(BIN)/counterpoint run

.PHONY: test
test: .venv/.dev-installed ## Set up, then all tests but browser and slow; a part with T=tests/unit
	@$(BIN)/python -m pytest $(T) $(WORKERS) -m "not browser and not slow" -q

.PHONY: coverage
coverage: .venv/.dev-installed ## The same tests, watched: which lines they reach, and the floors (slow)
	@$(BIN)/python -m pytest tests -n 4 --dist worksteal --cov --cov-report= -m "not browser and not slow" -q
	@$(BIN)/python tests/coverage_floor.py

.PHONY: test-browser
test-browser: .venv/.dev-installed ## The playground's page in a Chromium
	@$(BIN)/python -m pytest tests/browser -m browser -q

.PHONY: soak
soak: .venv/.dev-installed ## The long campaigns: properties on many examples, faults by chance
	@$(BIN)/python -m pytest tests/unit --hypothesis-profile=thorough -n 2 -q
	@$(BIN)/python -m pytest $(T) -m slow -q

.PHONY: bench
bench: .venv/.dev-installed ## How fast it is, beside its peers in the same run
	@$(BIN)/python -m tests.benchmarks

.PHONY: matching
matching: .venv/.dev-installed ## How well follows find briefs, on the labelled set
	@$(BIN)/python -m tests.matching_report

.PHONY: check
check: .venv/.dev-installed ## Format, lint, types, package boundaries, Dockerfile; read only
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports --no-logo
	@$(BIN)/hadolint Dockerfile
	@echo "check: all well"

.PHONY: fix
fix: .venv/.dev-installed ## Format and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

.PHONY: migration
migration: .venv/.dev-installed ## Draft a migration from the tables: NAME="what it adds"
	@test -n "$(NAME)" || { echo 'say what it does: make migration NAME="what it adds"' >&2; exit 2; }
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	  export COUNTERPOINT_DATABASE__URL="sqlite:///$$folder/draft.db"; \
	  $(BIN)/counterpoint migrate && $(BIN)/counterpoint migrate --draft "$(NAME)"

.PHONY: image-steps
image-steps: ## Do what the Dockerfile says, without Docker; needs Python 3.11
	@$(PYTHON) .ci/image_steps.py

.PHONY: lock
lock: ## Make both lock files again from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --universal --generate-hashes --no-header -q \
	  --extra playground --group build -o requirements.lock
	@uv pip compile pyproject.toml --universal --generate-hashes --no-header -q \
	  --extra playground --extra charts --group build --group dev \
	  -c requirements.lock -o requirements-dev.lock

.PHONY: clean
clean: ## Remove what can be made again
	@rm -rf .venv build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
