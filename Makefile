# Everything here works in a fresh clone: each target makes what it needs first.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VAR_DIR ?= var
export VAR_DIR

VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
MANAGE := $(RUN) manage.py
RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp
STATIC := $(VAR_DIR)/static.stamp
STATIC_SOURCES := $(shell find static portal/static_bundles.py 2>/dev/null)
# Settings of a running site must not reach the tests.
CLEAN_ENV := env -u DATABASE_URL -u PORTAL_ENV -u SECRET_KEY -u DEBUG -u HTTPS -u ALLOWED_HOSTS \
	-u REVIEW_REQUIRED
# One worker for each core, at most four: every one has a database and perhaps a browser.
WORKERS := $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1); [ $$n -le 4 ] || n=4; echo $$n)

.DEFAULT_GOAL := help
.PHONY: help run dev port prepare named editor test lint types eval bench-search weigh pictures messages checker lock clean ci

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: port prepare $(STATIC) ## serve the portal on 127.0.0.1:8000 (PORT= changes it), with sample content
	@printf '\n  Portal   http://%s:%s/\n  Editing  http://%s:%s/admin/\n' $(HOST) $(PORT) $(HOST) $(PORT)
	@printf '  Account  make editor NAME=yourname    (prints a password, once)\n\n'
	@exec $(RUN) -m granian --interface wsgi --host $(HOST) --port $(PORT) \
		--workers 1 --blocking-threads 4 --log-level warning portal.wsgi:application

dev: export DEBUG := true
dev: port prepare $(DEV) ## serve with automatic reloading and error pages that tell all
	@$(MANAGE) runserver $(HOST):$(PORT)

# The server would share a taken port with whatever listens there, without a word.
port: $(RUNTIME)
	@$(RUN) -c 'import socket, sys; s = socket.socket(); \
		s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); \
		s.bind((sys.argv[1], int(sys.argv[2])))' $(HOST) $(PORT) 2>/dev/null || { \
		echo 'Port $(PORT) of $(HOST) cannot be had; take another one: make run PORT=8001'; exit 2; }

prepare: $(RUNTIME)
	@$(MANAGE) migrate --noinput --verbosity 0
	@$(MANAGE) load_sample

editor: named prepare ## create an account that may write and publish: make editor NAME=yourname
	@$(MANAGE) create_editor "$(NAME)"

named:
	@[ -n "$(NAME)" ] || { echo 'Say whose account: make editor NAME=yourname'; exit 2; }

test: $(DEV) ## run every test on SQLite; on PostgreSQL, too, if PORTAL_TEST_POSTGRES_URL is set
	$(CLEAN_ENV) $(RUN) -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)
	@[ -z "$$PORTAL_TEST_POSTGRES_URL" ] || \
		$(CLEAN_ENV) DATABASE_URL="$$PORTAL_TEST_POSTGRES_URL" $(RUN) -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

lint: $(DEV) ## check style, formatting and the direction of imports
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(BIN)/lint-imports

types: $(DEV) ## check the types
	$(RUN) -m mypy .

eval: prepare ## measure the search on labelled questions: make eval ARGS=questions.tsv
	$(MANAGE) evaluate_search $(ARGS)

bench-search: $(RUNTIME) ## measure the speed of search on 100,000 made-up guides (or ARGS="--guides 10000")
	$(CLEAN_ENV) $(MANAGE) bench_search $(ARGS)

weigh: $(DEV) ## print what a first visit to each type of page costs in requests and bytes
	@$(CLEAN_ENV) $(RUN) -m tests.live.wire

pictures: $(DEV) ## take the pictures of the editors' handbook anew (needs Chromium)
	@$(CLEAN_ENV) $(RUN) -m tests.live.pictures "$${CHROMIUM:-$$(command -v chromium || command -v chromium-browser)}"

messages: $(DEV) ## collect the interface's strings and compile the translations (needs gettext)
	$(MANAGE) makemessages --all --no-obsolete --ignore .venv
	$(MANAGE) compilemessages --ignore .venv

checker: tests/html/node_modules/.stamp ## install the HTML checker that one test uses (needs npm and Java)

tests/html/node_modules/.stamp: tests/html/package-lock.json
	cd tests/html && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

lock: $(DEV) ## resolve the dependencies of pyproject.toml anew into requirements/*.txt
	$(RUN) -m piptools compile $(LOCK) --output-file requirements/runtime.txt pyproject.toml
	$(RUN) -m piptools compile $(LOCK) --extra dev --constraint requirements/runtime.txt \
		--output-file requirements/dev.txt pyproject.toml

LOCK := --upgrade --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--annotation-style=line --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

clean: ## remove what can be made again; guides, accounts and images stay
	rm -rf $(VENV) $(VAR_DIR)/static $(STATIC) .mypy_cache .pytest_cache .ruff_cache \
		.hypothesis tests/html/node_modules

ci: ## run everything that has to pass before a change is taken
	bash .ci/run

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Python 3.11 or newer is needed. Name yours: make PYTHON=python3.12'; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu:" \
			'apt install python3-venv'; exit 2; }
	@echo 'Making the environment in $(VENV) (once) …'
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements/runtime.txt | $(VENV)/bin/python
	@echo 'Installing what the portal needs (once) …'
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

# The development set holds the runtime set in the same versions.
$(DEV): requirements/dev.txt requirements/runtime.txt | $(VENV)/bin/python
	@echo 'Installing what the portal and its tests need (once) …'
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $(RUNTIME) $@

$(STATIC): $(STATIC_SOURCES) $(RUNTIME)
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch "$@"
