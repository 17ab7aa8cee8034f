# Everything that is done to Loquat from a shell. `make` alone lists it.

PREFIX ?= /usr/local
DESTDIR ?=

SWIFT_FILES = git ls-files -z --cached --others --exclude-standard '*.swift'
SHELL_SCRIPTS = .ci/run Benchmarks/SearchBenchmarkGame/build_index Benchmarks/SearchBenchmarkGame/do_query Scripts/demo Scripts/install-dependencies Scripts/quality Scripts/run-tests
LOQUAT = .build/release/loquat

# For `make bench`: a corpus (a file of JSON Lines or a folder) instead of a generated one, how many documents to
# generate, a file of queries instead of drawn ones, and whatever else loquat-bench takes.
CORPUS ?=
QUERIES ?=
DOCUMENTS ?= 100000
BENCH_OPTIONS ?=
# For `make bench-check`: options of Benchmarks/check, such as --only instructions or --base REVISION.
CHECK_OPTIONS ?=
# For `make bench-compare`: options of Benchmarks/compare.
COMPARE_OPTIONS ?=

BENCH_BUILD = swift build -c release --static-swift-stdlib -Xswiftc -enable-testing --package-path Benchmarks \
  --scratch-path .build-bench/swift
MICRO = swift package -c release -Xswiftc -enable-testing --package-path Benchmarks/Micro --scratch-path .build-bench/micro \
  --allow-writing-to-package-directory benchmark

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help dependencies build demo test torture quality install format lint clean \
  bench bench-check bench-compare bench-micro bench-thresholds bench-test

help: ## list the targets
	@echo 'usage: make TARGET'
	@awk -F ': .*## |: *## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile

dependencies: ## install the system libraries that are missing
	@Scripts/install-dependencies

build: dependencies ## build the release binary, .build/release/loquat
	swift build -c release --static-swift-stdlib --product loquat

demo: dependencies ## build, index Corpus/Documents and search it
	@echo 'Building loquat (release); the first time takes some minutes.'
	@swift build -c release --static-swift-stdlib --product loquat --quiet
	@Scripts/demo $(LOQUAT)

test: dependencies ## build and run every test; the last line counts them
	@Scripts/run-tests

torture: dependencies ## the tests with their long runs: hours, not minutes
	@LOQUAT_TORTURE=1 Scripts/run-tests

quality: build ## rank all test collections and hold the figures to their floors
	@Scripts/quality $(LOQUAT)

bench: dependencies ## measure indexing and queries on a generated corpus, or on CORPUS=path
	@echo 'Building loquat-bench (release); the first time takes some minutes.'
	@$(BENCH_BUILD) --product loquat-bench --quiet
	@.build-bench/swift/release/loquat-bench $(if $(CORPUS),--corpus '$(CORPUS)') $(if $(QUERIES),--queries '$(QUERIES)') \
	  --documents $(DOCUMENTS) $(BENCH_OPTIONS)

bench-check: dependencies ## compare the hot paths with the commit before; fails on a loss above 10 %
	@Benchmarks/check $(CHECK_OPTIONS)

bench-compare: build ## compare with Tantivy, Xapian, SQLite and bm25s on one corpus
	@Benchmarks/compare $(COMPARE_OPTIONS)

bench-micro: dependencies ## run each hot path by itself and compare with the stored thresholds
	@Benchmarks/micro $(MICRO) thresholds check --no-progress --path Benchmarks/Micro/Thresholds

bench-thresholds: dependencies ## store the thresholds of this machine
	@$(MICRO) thresholds update --no-progress --path Benchmarks/Micro/Thresholds

bench-test: dependencies ## the tests of the benchmarks themselves
	@swift test -c release -Xswiftc -enable-testing --disable-xctest --package-path Benchmarks --scratch-path .build-bench/test

# Builds only what isn't there, so that `sudo make install` needs no compiler on root's PATH.
install: ## install binary, man page and completions under PREFIX (/usr/local)
	@test -x $(LOQUAT) || $(MAKE) build
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/man/man1' \
	  '$(DESTDIR)$(PREFIX)/share/bash-completion/completions' '$(DESTDIR)$(PREFIX)/share/zsh/site-functions' \
	  '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d'
	install -m 755 $(LOQUAT) '$(DESTDIR)$(PREFIX)/bin/loquat'
	install -m 644 Docs/loquat.1 '$(DESTDIR)$(PREFIX)/share/man/man1/loquat.1'
	$(LOQUAT) --generate-completion-script bash > '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/loquat'
	$(LOQUAT) --generate-completion-script zsh > '$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_loquat'
	$(LOQUAT) --generate-completion-script fish > '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/loquat.fish'

format: ## rewrite the Swift files in the house format
	@$(SWIFT_FILES) | xargs -0 swift format --in-place --parallel --configuration .swift-format

lint: ## check format and shell scripts; changes nothing
	@$(SWIFT_FILES) | xargs -0 swift format lint --strict --parallel --configuration .swift-format
	@for script in $(SHELL_SCRIPTS); do bash -n "$$script" || exit 1; done
	@if command -v shellcheck >/dev/null; then shellcheck $(SHELL_SCRIPTS); fi

clean: ## remove everything that was built
	rm -rf .build .build-test .build-bench
