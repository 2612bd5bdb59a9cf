# Everything a maintainer types. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE   # without compiled files every start costs two seconds more

PORT ?= 8000
JOBS ?= 2
export JOBS

STAMP := .venv/.installed
CONSULT := .venv/bin/consult
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)

.PHONY: help setup demo test test-long check system gallery bench catalogues lock

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: $(STAMP) $(CATALOGUES:.po=.mo) ## build .venv from requirements.lock, with consult in it
	@:

demo: setup ## run the whole walk with seeded data (PORT=8000)
	@exec $(CONSULT) demo --data demo-data --port $(PORT)

test: system setup ## run the tests; installs what they need where it may
	@.build/test "not long"

test-long: system setup ## run the tests that take minutes
	@.build/test "long"

check: setup ## read the source: lint, types, layers, sizes, templates, catalogues
	@.build/check

system: ## install the Debian packages that tests need
	@.build/system

gallery: system setup ## take pictures of every kind of page into gallery/
	@.venv/bin/python -m tests.gallery

bench: setup ## measure (consult bench)
	@$(CONSULT) bench

catalogues: setup ## bring the catalogues up to the code
	@.venv/bin/python -m consult.cli.i18n update
	@.venv/bin/python -m consult.cli.i18n compile

lock: ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-emit-index-url -q \
		-o requirements.lock --python-version 3.11

$(STAMP): requirements.lock pyproject.toml .build/hatch_build.py .build/setup
	@.build/setup

%.mo: %.po | $(STAMP)
	@.venv/bin/python -m consult.cli.i18n compile
