# The house's chores; the README's two commands are `make ask` and `make test` spelled out.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: install dev ask app test lint eval ship encoder

install:
	$(PYTHON) -m venv $(VENV) && $(BIN)/pip install -q -e '.[app]'

dev:
	$(PYTHON) -m venv $(VENV) && $(BIN)/pip install -q -e '.[app,llm,sentence-transformers,peers,dev]'

ask: install
	$(BIN)/yakkan ask "VPNを途中で解約したら違約金はかかりますか"

app: install
	$(BIN)/streamlit run app.py

test: dev
	$(BIN)/python -m pytest -q -n 2

lint:
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

eval:
	$(BIN)/yakkan eval all

ship:  ## after notes, silences or terms changed
	$(BIN)/yakkan index build --ship && $(BIN)/python -m evals.train_classifier

encoder:  ## three quarters of an hour, after very many written questions changed
	$(BIN)/python -m evals.train_encoder && $(BIN)/python -m index.e5.measure
	$(BIN)/yakkan index build --ship && $(BIN)/python -m evals.fit_judgement --write && $(BIN)/python -m evals.train_classifier
