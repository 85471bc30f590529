# Postbag. `make` builds what `make install` installs; `make check` is what every commit passes.
#
#   make                   the release build, missing packages installed first
#   make demo              a sample store: deliver into it, list, search, show
#   make check             lint, build, all tests
#   make bench             comparisons with other programs (those that are installed)
#   make torture fuzz      long tests: kills, injected faults, fuzzing (FUZZ_SECONDS each)
#   make install           below $(DESTDIR)$(PREFIX); make uninstall takes it away again
#   make completions       writes completions/ anew; make record re-records expected results
#   make BIN=.build/postbag/bin commands-test     one part of check, with other commands

SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
JOBS ?= 2
FUZZ_SECONDS ?= 600

BIN ?= .build/debug
SWIFTFLAGS ?= --explicit-target-dependency-import-check error

# Where the release build is put together as it will be installed.
SUITE := .build/postbag

commands := $(notdir $(wildcard Sources/mail-*))
export POSTBAG_BIN = $(abspath $(BIN))

.PHONY: all build release demo check lint test swift-test commands-test bench torture fuzz install uninstall \
  completions record clean dependencies

all: release

dependencies:
	@scripts/install-dependencies

build: dependencies
	$(SWIFT) build $(SWIFTFLAGS)

release: dependencies
	$(SWIFT) build -c release $(SWIFTFLAGS)
	scripts/link-suite .build/release $(SUITE)

demo: release
	@share/demo $(SUITE)/bin

check: lint test

lint: dependencies
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift \
	  scripts/FoundationEssentials.swift
	scripts/check-layers
	scripts/check-scripts

test: swift-test commands-test

swift-test: dependencies
	$(SWIFT) build $(SWIFTFLAGS) --build-tests
	$(SWIFT) test --skip-build --disable-xctest

commands-test: build
	prove --exec bash --jobs $(JOBS) Tests/Commands

torture: release
	POSTBAG_BIN=$(abspath $(SUITE)/bin) prove --exec bash --verbose Tests/Torture

fuzz: dependencies
	FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/fuzz

bench: release
	POSTBAG_BIN=$(abspath $(SUITE)/bin) Benchmarks/run

completions: build
	scripts/make-completions $(BIN) completions

# Builds only what is missing: `make && sudo make install` needs no Swift for root.
install:
	@test -x $(SUITE)/lib/postbag/postbag-tls || $(MAKE) release
	PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install-suite $(SUITE)

uninstall:
	PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install-suite --uninstall $(SUITE)

record: build
	POSTBAG_RECORD=1 $(SWIFT) test --disable-xctest
	POSTBAG_RECORD=1 prove --exec bash Tests/Commands

clean:
	rm -rf .build .build-fuzz
