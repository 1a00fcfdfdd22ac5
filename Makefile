# Needs python3 (3.11 or newer, with venv) and make. Everything else is installed into .venv, from requirements/.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check soak docs screens bench lock clean

PYTHON ?= python3
WORKERS ?= auto
VENV := .venv
PY := $(VENV)/bin/python
PAGES := $(wildcard README.md docs/*.md) policytracker/api/cells.py policytracker/api/claims.py \
	policytracker/api/conflicts.py policytracker/api/differences.py policytracker/api/digests.py \
	policytracker/api/explanations.py policytracker/api/quantities.py
MEASURED := events/*,policytracker/status/*

# One stamp a set-up, so that it runs again only when what it installs has changed.
RUNTIME := $(VENV)/.setup-runtime
DEV := $(VENV)/.setup-dev
BENCHED := $(VENV)/.setup-bench
PACKAGE := setup.cfg pyproject.toml

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

demo: $(RUNTIME) ## make a ledger from the history that comes with the project, and ask it
	@set -e; dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; export POLICYTRACKER_LEDGER="$$dir/demo.ledger"; \
	say() { printf '$$ policytracker %s\n' "$$*"; $(VENV)/bin/policytracker "$$@"; }; \
	tell() { printf '\n%s\n' "$$*"; }; \
	say init --demo; \
	tell 'Who may import the H200 on 28 January 2026, as known at noon?'; \
	say matrix --chip H200 --company Tencent --company Huawei --at 2026-01-28 --known 2026-01-28T12:00Z; \
	tell 'Why not Tencent?'; \
	say check Tencent H200 --at 2026-01-28 --known 2026-01-28T12:00Z || test $$? = 3; \
	tell 'What did the evening bring?'; \
	say diff Tencent H200 --at 2026-01-28 --known 2026-01-28T12:00Z --to-known 2026-01-28 --only status --only amounts; \
	tell 'And until today?'; \
	say timeline Tencent H200 --strip --from 2025-07
	@printf '\nIn a browser:  %s\n' '$(VENV)/bin/policytracker serve --demo'
	@printf 'To keep it:    %s\n' '$(VENV)/bin/policytracker --ledger demo.ledger init --demo'
	@printf 'To ask more:   %s\n' '$(VENV)/bin/policytracker --ledger demo.ledger why Tencent H200'

test: check ## what CI runs: the same as check

check: $(DEV) ## linter, formatter, types, import contracts, generated docs, tests, coverage
	@$(MAKE) --no-print-directory -j $(FIRST)
	$(PY) -m pytest -n $(WORKERS) --dist worksteal

# Side by side, before the tests: what only reads the files, and what takes one processor for long.
FIRST := compiled types style contracts pages coverage
.PHONY: $(FIRST)

$(FIRST): $(DEV)

style:
	$(VENV)/bin/ruff check --quiet .
	$(VENV)/bin/ruff format --quiet --check .

types:
	$(VENV)/bin/mypy

contracts:
	$(VENV)/bin/lint-imports --no-logo

pages:
	$(if $(PAGES),COLUMNS=80 $(PY) -m cogapp --check --diff -P $(PAGES))

# What numba compiles is compiled once for all processes of the tests.
compiled:
	$(PY) -m pytest -q -n 0 tests/index/test_cells.py tests/index/test_paths.py tests/index/test_selection.py

# The tests of what is measured are run here traced, with few examples: tracing takes twice the time, and the rest of
# the tests need none of it.
coverage:
	HYPOTHESIS_PROFILE=few $(PY) -m pytest -q -n 0 --cov --cov-report= \
		tests/events tests/status tests/test_core_is_the_contract.py policytracker/events policytracker/status
	$(VENV)/bin/coverage report --include='$(MEASURED)' --fail-under=95

# The processes of the fault tests want the machine for themselves, so these run one after another.
soak: $(DEV) ## the long form of the fault tests: kills, crashes, flipped bits, eight writers, fuzzed requests; prints what was counted
	POLICYTRACKER_SOAK=1 $(PY) -m pytest -n 0 -q -ra tests/faults tests/seals tests/fuzz tests/hostile \
		tests/postgres/test_failover.py tests/web/test_connections.py tests/web/test_fuzzed.py
	POLICYTRACKER_SOAK=1 HYPOTHESIS_PROFILE=soak $(PY) -m pytest -n $(WORKERS) -q -ra \
		tests/test_tracker_machine.py tests/test_core_is_the_contract.py tests/questions/test_naive_at_scale.py tests/cases/test_redacted_exports.py

docs: $(DEV) ## write the generated parts of README.md and docs/ and the manual pages anew, build the site in build/docs, measure the sentences
	$(if $(PAGES),COLUMNS=80 $(PY) -m cogapp -r -P $(PAGES))
	$(PY) -m docs.man_pages
	rm -rf build/docs
	$(PY) -m docs.site build/docs
	$(PY) -m docs.sentences

screens: $(DEV) ## take the pictures in docs/screens anew (needs Chromium, and a font with Chinese)
	$(PY) -m docs.screens

# `make bench SMALL=1` tries it on small ledgers; BENCH names other options of `python -m benchmarks`.
bench: $(BENCHED) ## measure, beside peers and version 0.1, and write benchmarks/RESULTS.md and BESIDE.md
	$(PY) -m benchmarks $(if $(SMALL),--small) $(BENCH)

# `make lock UPGRADE=--upgrade` takes newer releases.
LOCK := $(VENV)/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-options --build-deps-for editable $(UPGRADE)

lock: $(DEV) ## pin what setup.cfg asks for in requirements/, with hashes
	$(LOCK) --output-file requirements/runtime.txt setup.cfg
	$(LOCK) --extra dev --constraint requirements/runtime.txt --output-file requirements/dev.txt setup.cfg
	$(LOCK) --extra bench --constraint requirements/dev.txt --output-file requirements/bench.txt setup.cfg

clean: ## remove what was built, .venv included
	rm -rf $(VENV) build dist .coverage .coverage.* htmlcov .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache *.egg-info
	find events cli policytracker tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the set-up -----------------------------------------------------------------------------------------

$(PY):
	@command -v $(PYTHON) >/dev/null || { echo '$(PYTHON) is not installed: apt-get install python3 python3-venv' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or newer is needed; name one with: make PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo '$(PYTHON) cannot make a virtual environment: apt-get install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# $(call install,FILE): what FILE pins, then this checkout itself, so that an edit counts at once; both are compiled
# on all processors, which pip does on one, and not for a checkout: where Python is told to write no bytecode, every
# start would do so. The tests of other packages are not needed.
# The file names every package that is needed: pip asked to resolve it too would, in some versions, take a newer
# `coverage` for `coverage[toml]` and then refuse it for want of a hash.
define install
	@echo 'Installing $(1) into $(VENV) …'
	@$(PY) -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-compile --require-hashes -r $(1) \
		&& $(PY) -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-build-isolation -e . \
		|| { echo 'Set-up failed: pip could not install $(1), see above. Once mended, run make again.' >&2; exit 1; }
	@-$(PY) -m compileall -qq -j 0 -x '/tests/' $(VENV)/lib events cli policytracker
endef

$(RUNTIME): requirements/runtime.txt $(PACKAGE) | $(PY)
	$(call install,requirements/runtime.txt)
	@touch $@

$(DEV): requirements/dev.txt $(PACKAGE) | $(PY)
	$(call install,requirements/dev.txt)
	@touch $@ $(RUNTIME)

$(BENCHED): requirements/bench.txt $(DEV)
	$(call install,requirements/bench.txt)
	@touch $@
