# make lists the targets; make run shows the program in a minute.
GO        ?= go
BIN       := bin/kontor
VERSION   ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS   := -s -w -X main.version=$(VERSION)
PKGS      := ./...
TARGETS   := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
LINT      := bin/golangci-lint
CC_FOUND  := $(shell command -v gcc 2>/dev/null || command -v clang 2>/dev/null)
TESTFLAGS ?= -shuffle=on
# Full counts of the crash, cut and kill tests; tests without this flag run a tenth.
SIM       ?= 1
BENCHTIME ?= 1s

export GOFLAGS := -buildvcs=false

.DEFAULT_GOAL := help
.PHONY: help run build test lint fmt golden fuzz bench sim check cross clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

build: ## build the static binary bin/kontor
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/kontor

run: build ## show the demo: sample servers, cases and mails, nothing to install
	$(BIN) demo

test: ## all tests; with the race detector where a C compiler is found
ifeq ($(CC_FOUND),)
	@echo "no C compiler found: testing without the race detector"
	CGO_ENABLED=0 $(GO) test $(TESTFLAGS) $(PKGS)
else
	CGO_ENABLED=1 $(GO) test -race $(TESTFLAGS) -timeout 18m $(PKGS)
endif

$(LINT): tools/go.mod
	@mkdir -p bin
	cd tools && CGO_ENABLED=0 $(GO) build -o ../$(LINT) github.com/golangci/golangci-lint/v2/cmd/golangci-lint

lint: $(LINT) cross ## golangci-lint, and build all six targets
	$(LINT) run ./...

cross:
	@for t in $(TARGETS); do \
		echo "build $$t"; \
		CGO_ENABLED=0 GOOS=$${t%/*} GOARCH=$${t#*/} $(GO) build -o /dev/null ./cmd/kontor || exit 1; \
	done

fmt: $(LINT) ## format the code
	$(LINT) fmt ./...

golden: ## write the golden files anew; look at the diff before committing it
	$(GO) test ./ui/... ./assist/templates/... -update

fuzz: ## run every fuzz target for a while (FUZZTIME=30s each)
	@$(GO) test -list '^Fuzz' $(PKGS) 2>/dev/null | awk '/^Fuzz/{f[++n]=$$1} /^ok/{for(i=1;i<=n;i++)print $$2, f[i]; n=0}' | \
	while read -r p f; do echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(or $(FUZZTIME),30s) "$$p" || exit 1; done

bench: build ## benchmarks beside their floors and peers; fails where a named ratio is missed by more than a quarter
	$(GO) test -run '^$$' -bench . -benchtime $(BENCHTIME) -benchmem $(PKGS)

sim: build ## the full counts of crash, cut and kill tests (SIM=0.1 for a tenth)
	@for p in $$(grep -rl '"sim.factor"' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
		echo "sim $$p"; $(GO) test -count 1 -timeout 4h -v "$$p" -sim.factor=$(SIM) || exit 1; \
	done

check: test lint ## what CI runs

clean: ## remove what was built
	rm -rf bin
