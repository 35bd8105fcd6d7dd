# Everything a newcomer needs: `make run` and `make test`. `make` alone lists the rest.

PORT ?= 8000
PY := .venv/bin/python
MANAGE := $(PY) manage.py
# Checks look at the code, never at anybody's data: settings of the tests, a database in memory.
INSPECT := env -u DATABASE_URL -u TEST_DATABASE_URL DJANGO_SETTINGS_MODULE=tests.settings

# With a SECRET_KEY of your own this is production; without one it is your own machine.
ifndef SECRET_KEY
export DEVELOPMENT ?= 1
endif
export PORT

# What has been compiled is kept: every command starts sooner.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench trust reset always
.DELETE_ON_ERROR:

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: export PACKED = 1
run: .venv/.runtime var/.loaded  ## install, load and serve on http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(PY) -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2>/dev/null \
		|| { echo "Port $(PORT) cannot be used here. Choose another: make run PORT=8001" >&2; exit 1; }
	@if [ "$${DEMONSTRATION:-$$DEVELOPMENT}" = 1 ]; then $(MANAGE) load_demonstration_reports; fi
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@echo "JPoA Tracker: http://127.0.0.1:$(PORT)/  (desk: /desk/, records: /admin/, API: /api/docs/; Ctrl-C stops it)"
	@$(MANAGE) work & worker=$$!; trap 'kill $$worker 2>/dev/null' EXIT; trap 'exit 0' INT TERM; \
		$(PY) -m gunicorn jpoa.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 \
		--timeout 120 --log-level error --no-control-socket

# What asks a page, an endpoint or a file is shared out between the engines; SHARED=0 asks all of it on both.
test: export SHARED ?= 1
test: .venv/.development  ## run every test on SQLite, then on PostgreSQL (or the server TEST_DATABASE_URL names)
	@echo "On SQLite:"
	@env -u TEST_DATABASE_URL $(PY) -m pytest -n 2 --dist worksteal $(ARGS)
	@echo "On PostgreSQL:"
	@$(PY) -m tests.postgres -n 2 --dist worksteal $(ARGS)

check: .venv/.development  ## look for anything out of order; changes nothing
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m bandit --quiet --configfile pyproject.toml --recursive commitments reporting operations jpoa
	$(PY) -m tests.gates
	$(INSPECT) $(PY) -m mypy .
	$(PY) -c 'from importlinter.cli import lint_imports_command as check; check()' --no-logo
	$(INSPECT) $(MANAGE) makemigrations --check --dry-run
	$(INSPECT) $(MANAGE) print_docs --check
	$(INSPECT) $(MANAGE) spectacular --fail-on-warn --validate --file /dev/null
	$(PY) -m djlint --lint --quiet .
	$(INSPECT) $(PY) -m tests.translations
	@echo "check --deploy, under production settings"
	@env -u DEVELOPMENT -u DEBUG -u DEMONSTRATION -u DATABASE_URL ALLOWED_HOSTS=tracker.example.org \
		SECOND_FACTOR_KEYS="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(MANAGE) check --deploy --fail-level WARNING

fix: .venv/.development  ## put in order what can be: format, printed docs, catalogues
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .
	$(INSPECT) $(MANAGE) print_docs
	$(INSPECT) $(PY) -m tests.translations --write

bench: .venv/.development  ## measure the API beside a careful plain one, on both databases, and the files of a report
	@$(PY) -m benchmarks $(ARGS)

trust: .venv/.development  ## try the two promises in full, on both databases: hours (ARGS=--reduced: minutes)
	@$(PY) -m tests.trust $(ARGS)

reset:  ## remove var/: the local database and its evidence files
	@echo "Removing var/ (the local database and its evidence files)."
	@rm -rf var

# --- What the commands above stand on ------------------------------------------------------------

PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input

.venv/.runtime: requirements.txt .venv/bin/pip
	@echo "Installing the pinned requirements (about a minute, once)."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.development: requirements-dev.txt requirements.txt .venv/bin/pip
	@echo "Installing what runs and what tests need (a minute or two, once)."
	@$(PIP) -r requirements-dev.txt
	@touch .venv/.runtime $@

# The first Python that is new enough, `python3` before all others. PYTHON=... names one.
.venv/bin/pip:
	@for python in $(PYTHON) python3 python3.11 python3.12 python3.13 python; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
		python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo "JPoA Tracker needs Python 3.11 or newer. Here: $$(python3 --version 2>/dev/null || echo none)." >&2; exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "This Python has no venv module. On Debian and Ubuntu: apt install python3-venv." >&2; exit 1; \
	fi; \
	"$$python" -m venv --clear .venv

# Loading is repeated when what it loads or how has changed, and whenever it cannot be known.
LOADED_FROM := $(shell find fixtures */migrations */management -type f ! -name '*.pyc')
SURE := $(if $(DATABASE_URL),,$(wildcard var/jpoa.sqlite3))

var/.loaded: .venv/.runtime $(LOADED_FROM) $(if $(SURE),,always)
	@$(MANAGE) migrate --verbosity 0
	@DEMONSTRATION=0 $(MANAGE) load_all
	@mkdir -p var && touch $@
