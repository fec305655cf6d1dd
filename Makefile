# Everything runs in .venv, made on first use with the pinned versions of constraints.txt.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: check test test-spark lint types contracts ci fidelity bench bench-decisions bench-networks bench-size bench-usage demo-usage clean

check: $(READY)  ## judge the four built-in scenarios
	$(BIN)/scenarios check

test: $(READY)  ## the whole test suite
	$(BIN)/python -m pytest -n 2

test-spark: $(READY)  ## the tests that need Spark, which is large; Java 17 or newer has to be there
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[spark]'
	$(BIN)/python -m pytest tests/usage/test_engines.py -k spark

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

ci: lint types contracts test

fidelity: $(READY)  ## measure what the emulated account shows, property by property, and write it down
	cd tests && ../$(BIN)/python -m fidelity.table

bench: $(READY)  ## check beside cfn-lint
	$(BIN)/python benchmarks/against_cfn_lint.py

bench-decisions: $(READY)  ## access decisions a second
	$(BIN)/python benchmarks/decisions.py

bench-networks: $(READY)  ## the ways of every workload in a large network
	$(BIN)/python benchmarks/networks.py

bench-size: $(READY)  ## time and memory of deploy and check by the template's size
	$(BIN)/python benchmarks/sizes.py

bench-usage: $(READY)  ## logs beside decompression, jq and DuckDB
	$(BIN)/python benchmarks/logs.py

demo-usage: $(READY)  ## the audit template in the emulator, calls of Bedrock, and who made them, read from its log bucket
	PYTHONPATH=demo $(BIN)/python -m audited

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
