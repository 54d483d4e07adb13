# `make demo` and `make test` are all a newcomer needs: both make .venv and install the package.
PYTHON ?= python3
OLDEST_KERAS = $(shell sed -n 's/.*"keras>=\([0-9.]*\)".*/\1/p' pyproject.toml)
BIN = .venv/bin
export TF_CPP_MIN_LOG_LEVEL ?= 3

.PHONY: demo test test-oldest lint bench clean

demo: .venv/demo
	$(BIN)/python examples/quickstart.py

test: .venv/test
	$(BIN)/python -m pytest

# The oldest Keras that pyproject.toml allows, beside the same TensorFlow.
test-oldest: .venv/test .oldest/keras-$(OLDEST_KERAS)
	PYTHONPATH=.oldest/keras-$(OLDEST_KERAS) $(BIN)/python -m pytest -q

lint: .venv/lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

# Against Keras, torch and jax; a quarter of an hour on two idle cores.
bench: .venv/bench
	cd tests && ../$(BIN)/python -m benchmarks

clean:
	rm -rf .venv .oldest demo

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/bench .venv/demo .venv/test: .venv/%: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[$*]'
	@touch $@

.venv/lint: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable . ruff import-linter
	@touch $@

.oldest/keras-%: | .venv/bin/python
	$(BIN)/python -m pip install --quiet --no-deps --target $@ keras==$*
