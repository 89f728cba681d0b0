# Everything that is done here has a target. Plain `make` lists them.

.DEFAULT_GOAL := help
.PHONY: help run setup test check texts browser programs pictures bench chaos clean

BIN := .venv/bin
CODE := bot handlers storage tests
UV := .ci/uv
LOCK := uv.lock pyproject.toml
WORKERS ?= 2
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist loadgroup
CZECH := bot/locales/cs/messages.po
TEXT_CALLS := $(addprefix -k ,t n:1,2 plain plain_n:1,2 label gettext_noop)

# Tools keep caches at home; where nothing can be written there, they get a home in .tools.
ifeq ($(shell probe=$$(mktemp -d "$${HOME:?}/.paprsek.XXXXXX" 2>/dev/null) && rmdir "$$probe" && echo yes),)
export HOME := $(CURDIR)/.tools/home
endif

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: .venv/.can-run ## start Paprsek; without a token in a sandbox with a chat page (PORT=8080)
	@exec $(BIN)/python -m bot run

setup: .venv/.can-test ## build .venv from uv.lock, for running and for working on it
	@echo "Ready: .venv is as uv.lock says."

test: .venv/.can-test browser programs ## all checks and all tests
	$(static-checks)
	$(PYTEST) tests/browser || $(PYTEST) --last-failed tests/browser # a busy machine may miss a beat
	$(PYTEST)

check: .venv/.can-test ## the checks and the quick tests, without a browser
	$(static-checks)
	$(PYTEST) -m "not chaos"

texts: .venv/.can-test ## bring new and changed texts into the Czech catalogue, then check it
	@mkdir -p build
	$(BIN)/pybabel -q extract --no-default-keywords $(TEXT_CALLS) --no-location \
		--sort-output -w 100 -o build/messages.pot bot handlers
	$(BIN)/pybabel -q update -l cs -i build/messages.pot -o $(CZECH) -w 100 \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pytest tests/house/test_texts.py

browser: .venv/.can-test ## find or install a Chromium for the tests
	@.ci/browser

programs: ## find or install what only some tests want
	@.ci/programs

pictures: .venv/.can-test browser ## take the pictures of the README anew
	$(BIN)/python -m tests.browser.pictures

bench: .venv/.can-test ## measure updates a second, beside another framework
	$(BIN)/python -m tests.benchmarks

chaos: .venv/.can-test programs ## kill the real process again and again; nothing may be lost or doubled
	@export CHAOS=1 SEED=$${SEED:-$$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')}; echo "SEED=$$SEED"; \
	$(BIN)/pytest -m "chaos and quiet" -v -s; alone=$$?; \
	$(PYTEST) -m "chaos and not quiet" && exit $$alone

clean: ## remove what was built; your data stays
	rm -rf .venv .tools build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

define static-checks
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
endef

.venv/.can-run: $(LOCK)
	$(UV) sync --frozen --inexact --no-default-groups
	@touch $@

.venv/.can-test: $(LOCK)
	$(UV) sync --frozen --all-groups
	@touch .venv/.can-run $@
