# The front door: `make serve` runs the site, `make test` checks and tests it. Both work alone.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PY_FILES := cms pages graphql website tests manage.py
SYSTEM_PACKAGES := chromium gettext

.DEFAULT_GOAL := help
.PHONY: help serve test check format types imports schema messages migrations lock system verify

help: ## Show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: .venv/.runtime .env ## Run the site on 127.0.0.1:8000 (PORT=... changes it)
	@PORT=$(PORT) $(BIN)/python manage.py serve

test: check ## Check everything, then run the tests
	$(BIN)/pytest

check: .venv/.development system ## Linters, types, layers, migrations, schema, messages, deployment
	$(BIN)/ruff check $(PY_FILES)
	$(BIN)/ruff format --check $(PY_FILES)
	$(BIN)/mypy
	$(BIN)/djlint cms pages website --lint --check --quiet
	PYTHONPATH=.:graphql $(BIN)/lint-imports
	$(TEST_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(TEST_ENV) $(BIN)/python manage.py export_schema --check
	$(TEST_ENV) $(BIN)/python manage.py compile_catalogues --check
	$(DEPLOY_ENV) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/.development ## Format Python and templates
	$(BIN)/ruff check --fix $(PY_FILES)
	$(BIN)/ruff format $(PY_FILES)
	$(BIN)/djlint cms pages website --reformat --quiet

schema: .venv/.development .env ## Write graphql/schema.graphql
	$(BIN)/python manage.py export_schema

messages: .venv/.development .env system ## Collect the messages of our code into locale/
	$(BIN)/python manage.py makemessages -l th --no-location --no-obsolete --no-wrap \
		-i ".venv*" -i "var*" -i "tests*" -i "locale*"
	sed -i '/^"POT-Creation-Date/d' locale/th/LC_MESSAGES/django.po

verify: .venv/.runtime .env ## Recompute every hash, signature and file of the public record
	$(BIN)/python manage.py verify_publications

lock: .venv/.development ## Compile requirements*.in into pinned requirements*.txt
	$(BIN)/pip-compile -q --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host \
		--no-emit-find-links -o requirements.txt requirements.in
	$(BIN)/pip-compile -q --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host \
		--no-emit-find-links -o requirements-dev.txt requirements-dev.in

# Settings for commands that touch no data, and for the deployment check.
TEST_ENV := DJANGO_SETTINGS_MODULE=tests.settings
DEPLOY_ENV := DJANGO_SETTINGS_MODULE=cms.settings DATA_DIR=var/check HTTPS=1 \
	SECRET_KEY=check-only-7f3kq0z9x2m5v8b1n4c6l0j3h5g7f9d2s4a6p8o0i2u4y6t8r0e2w4 SIGNATURE_KEY=check

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "Python 3.11, 3.12 or 3.13 is needed (PYTHON=python3.12 make ...)"; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/.runtime: .venv/bin/python requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.development: .venv/.runtime requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Keys of this machine: made once, never committed.
.env: .venv/bin/python
	@umask 077; $(BIN)/python -c "import secrets; \
		print('SECRET_KEY=' + secrets.token_urlsafe(50)); \
		print('SIGNATURE_KEY=' + secrets.token_urlsafe(50)); \
		print('HTTPS=0')" > .env
	@echo "Wrote .env with new keys"

# What the tests need besides Python: a browser and the message tools.
system:
	@if ! command -v chromium >/dev/null || ! command -v msgfmt >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq --no-install-recommends $(SYSTEM_PACKAGES) >/dev/null; \
		else \
			echo "The tests need $(SYSTEM_PACKAGES). Install them as root:"; \
			echo "  apt-get install $(SYSTEM_PACKAGES)"; exit 1; \
		fi; \
	fi
