# The front door: `make serve` runs the site, `make test` checks and tests it. Both work alone.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PY_FILES := benchmarks clients cms pages graphql website tests manage.py
GRAPHIQL := graphql/content_api/static/content_api/graphiql
NPM_QUIET := --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1
SYSTEM_PACKAGES := chromium gettext poppler-utils

.DEFAULT_GOAL := help
.PHONY: help serve test test-clients fuzz check format types imports schema messages migrations lock system verify bench \
	graphiql npm

help: ## Show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: .venv/.runtime .env graphiql ## Run the site on 127.0.0.1:8000 (PORT=... changes it)
	@PORT=$(PORT) $(BIN)/python manage.py serve

test: check ## Check everything, then run the tests
	$(BIN)/pytest -m "not clients"

test-clients: .venv/.development system npm ## Run the clients of the API (npm) against a real server
	@$(MAKE) --no-print-directory clients/node_modules/.development graphiql
	$(BIN)/pytest tests/clients -rP

fuzz: .venv/.development ## Ask the API 5,000 questions that Schemathesis makes of the schema
	FUZZ_OPERATIONS=$${FUZZ_OPERATIONS:-5000} $(BIN)/pytest -m fuzz

bench: .venv/.development ## Measure the API beside a hand-written view (benchmarks/README.md)
	$(BIN)/python -m benchmarks.api

check: .venv/.development system ## Linters, types, layers, migrations, schema, messages, deployment
	$(BIN)/ruff check $(PY_FILES)
	$(BIN)/ruff format --check $(PY_FILES)
	$(BIN)/mypy
	$(BIN)/djlint cms graphql pages website --lint --check --quiet
	PYTHONPATH=.:graphql $(BIN)/lint-imports
	$(TEST_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(TEST_ENV) $(BIN)/python manage.py export_schema --check
	$(TEST_ENV) $(BIN)/python manage.py release_schema --check
	$(TEST_ENV) $(BIN)/python manage.py compile_catalogues --check
	$(DEPLOY_ENV) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/.development ## Format Python and templates
	$(BIN)/ruff check --fix $(PY_FILES)
	$(BIN)/ruff format $(PY_FILES)
	$(BIN)/djlint cms graphql pages website --reformat --quiet

schema: .venv/.development .env ## Write graphql/schema.graphql and graphql/operations.json
	$(BIN)/python manage.py export_schema

messages: .venv/.development .env system ## Collect the messages of our code into locale/
	$(BIN)/python manage.py makemessages -l th --no-location --no-obsolete --no-wrap \
		-i ".venv*" -i "var/*" -i "tests*" -i "locale*"
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

# The people's face of the API. Where npm is missing, or cannot reach its registry, the site starts
# without it: /graphql/ then lists the stored operations.
graphiql: ## Build GraphiQL for /graphql/ (needs npm)
	@if [ ! -f $(GRAPHIQL)/graphiql.js ] && ! command -v npm >/dev/null; then \
		echo "No GraphiQL at /graphql/: it needs npm (Debian and Ubuntu: apt-get install npm)"; \
	else \
		$(MAKE) --no-print-directory $(GRAPHIQL)/graphiql.js \
			|| echo "No GraphiQL at /graphql/: npm failed, see above"; \
	fi

$(GRAPHIQL)/graphiql.js: clients/package-lock.json
	@[ -d clients/node_modules/graphiql ] || (cd clients && npm ci --omit=dev $(NPM_QUIET))
	@mkdir -p $(GRAPHIQL)
	@cp clients/node_modules/react/umd/react.production.min.js $(GRAPHIQL)/react.js
	@cp clients/node_modules/react-dom/umd/react-dom.production.min.js $(GRAPHIQL)/react-dom.js
	@# Without the links to source maps, which are not copied.
	@for kind in css js; do sed -E '$$s@(//|/[*])# sourceMappingURL=.*$$@@' \
		clients/node_modules/graphiql/graphiql.min.$$kind >$(GRAPHIQL)/graphiql.$$kind || exit 1; done

clients/node_modules/.development: clients/package-lock.json
	cd clients && npm ci $(NPM_QUIET)
	@touch $@

npm:
	@if ! command -v npm >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; \
		else \
			echo "The clients need Node.js 18 or newer and npm: apt-get install nodejs npm"; exit 1; \
		fi; \
	fi

# Keys of this machine: made once, never committed.
.env: .venv/bin/python
	@umask 077; $(BIN)/python -c "import secrets; \
		print('SECRET_KEY=' + secrets.token_urlsafe(50)); \
		print('SIGNATURE_KEY=' + secrets.token_urlsafe(50)); \
		print('HTTPS=0')" > .env
	@echo "Wrote .env with new keys"

# What the tests need besides Python: a browser, the message tools, a second reader of PDF.
system:
	@if ! command -v chromium >/dev/null || ! command -v msgfmt >/dev/null \
			|| ! command -v pdftotext >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq --no-install-recommends $(SYSTEM_PACKAGES) >/dev/null; \
		else \
			echo "The tests need $(SYSTEM_PACKAGES). Install them as root:"; \
			echo "  apt-get install $(SYSTEM_PACKAGES)"; exit 1; \
		fi; \
	fi
