# Every target sets up what it needs. `make help` lists them.
PYTHON ?= python3.11
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed-dev
EXTRAS := all,dev
CATALOG := demo/catalog.duckdb
# Tests of one file run in one process; more than two at once have no room on a small machine.
TEST_PROCESSES ?= 2
LEDGER ?= $(or $(SHOTLEDGER_LEDGER),$(CATALOG))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# What `make train-embedded` works with; a smaller run is, for example, make train-embedded CLIPS=6 MINUTES=3.
TRAINING  ?= training
SCENES    ?= collapse snowfall de_age
CLIPS     ?= 110
HELD_OUT  ?= 20
MINUTES   ?= 360
CLIP_SIZE ?= 256x144
NETWORK   ?= --channels 40,80,144,240 --blocks 2,2,3,4

.PHONY: help demo test check dashboard system clean train-embedded

help:            ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | awk -F'\t' '{printf "  make %-15s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: install it, or name it with make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing pinned dependencies into $(VENV) (the first time takes some minutes) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[$(EXTRAS)]'
	@touch $@

system: $(STAMP) ## install what Blender, the browser and the spreadsheet tests need of the system (as root), or say which
	@$(BIN)/python -m generation.system_libraries

demo: $(STAMP)   ## render a test shot both ways, record it, print the comparison
	@$(BIN)/python -m generation.system_libraries blender
	@$(BIN)/shotledger demo

test: $(STAMP)   ## set everything up and pass every test
	@$(BIN)/python -m generation.system_libraries blender browser office
	$(BIN)/python -m pytest --numprocesses $(TEST_PROCESSES) --dist loadfile --ignore tests/generation/metering
	@echo "and what measures the machine, with nothing beside it:"
	$(BIN)/python -m pytest tests/generation/metering

check: $(STAMP)  ## lint, types, import contracts, docs that match the code
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/docs

dashboard: $(STAMP) $(LEDGER) ## open the pages on a made-up slate, or on another: make dashboard LEDGER=my.duckdb
	$(BIN)/shotledger dashboard --ledger $(LEDGER)

$(CATALOG): | $(STAMP)
	$(BIN)/shotledger demo-catalog --ledger $@

train-embedded: $(STAMP) ## make the embedded model anew: clips, training, scores (overnight on 2 cores; goes on where it was stopped)
	$(BIN)/python -m generation.training.make_pairs $(TRAINING)/clips $(addprefix --scene ,$(SCENES)) --clips $(CLIPS) --held-out $(HELD_OUT) --frames 4 --size $(CLIP_SIZE) --processes 2
	$(BIN)/python -m generation.training.train $(TRAINING)/clips --out $(TRAINING)/run --minutes $(MINUTES) $(NETWORK) $(if $(START),--start-from $(START))
	$(BIN)/python -m generation.training.evaluate $(TRAINING)/clips --model $(TRAINING)/run/model --out $(TRAINING)/scores --card
	@echo "look at $(TRAINING)/scores/sheet.png; to ship it: $(BIN)/python -m generation.training.publish $(TRAINING)/run/model --version N"

clean:           ## remove the environment and everything rendered
	rm -rf $(VENV) demo renders
