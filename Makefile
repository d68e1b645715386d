# postern: one makefile, out-of-tree objects in build/<variant>/. `make help` lists the targets.
VARIANT ?= release
CC ?= cc
CLANG ?= clang
PKG_CONFIG ?= pkg-config
PREFIX ?= /usr
DESTDIR ?=
VERSION := $(shell cat VERSION)

B := build/$(VARIANT)
LIBS_COMMON := libuv libcurl openssl json-c yaml-0.1 libnghttp2 zlib
PKG_CFLAGS := $(subst -I,-isystem ,$(shell $(PKG_CONFIG) --cflags $(LIBS_COMMON) 2>/dev/null))
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(LIBS_COMMON) 2>/dev/null)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wcast-qual -Wwrite-strings \
	-Wundef -Wformat=2 -Wvla -Wdouble-promotion -Wimplicit-fallthrough -Wdate-time -Werror
HARDEN := -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection -fcf-protection=full -fno-strict-overflow \
	-fno-delete-null-pointer-checks
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

ifeq ($(VARIANT),release)
CFLAGS_VARIANT := $(HARDEN)
LDFLAGS_VARIANT := -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed
else ifeq ($(VARIANT),asan)
CFLAGS_VARIANT := -O1 -DPOSTERN_DEBUG $(SANITIZE)
LDFLAGS_VARIANT := $(SANITIZE)
else ifeq ($(VARIANT),fuzz)
CC := $(CLANG)
CFLAGS_VARIANT := -O1 -DPOSTERN_DEBUG $(SANITIZE) -fsanitize=fuzzer-no-link
LDFLAGS_VARIANT := $(SANITIZE) -fsanitize=fuzzer
else
$(error VARIANT is release, asan or fuzz)
endif

CFLAGS_ALL := -std=gnu2x -D_GNU_SOURCE -DPOSTERN_VERSION='"$(VERSION)"' -g -fPIE -fvisibility=hidden \
	-fno-common -ffile-prefix-map=$(CURDIR)/= $(WARN) $(CFLAGS_VARIANT) $(PKG_CFLAGS) -MMD -MP $(CFLAGS)
LDFLAGS_ALL := $(LDFLAGS_VARIANT) $(LDFLAGS)

# Which folder may include which: a wrong include does not compile.
INC_common := -Icommon
INC_recorder-client := -Irecorder-client -Icommon
INC_proxy := -Iproxy -Irecorder-client -Icommon
INC_recorder := -Irecorder -Icommon -I$(B)/recorder
INC_tests := -Itests -Iproxy -Irecorder -Irecorder-client -Icommon

sources = $(sort $(wildcard $(1)/*.c))
objects = $(patsubst %.c,$(B)/%.o,$(call sources,$(1)))
# Everything of a program but its main, for tests that link it.
parts = $(filter-out %/main.o,$(call objects,$(1)))

COMMON_A := $(B)/libcommon.a
CLIENT_A := $(B)/librecorder-client.a
PROXY_A := $(B)/libproxy.a
RECORDER_A := $(B)/librecorder.a
ARCHIVES := $(PROXY_A) $(RECORDER_A) $(CLIENT_A) $(COMMON_A)
PROGRAMS := $(B)/postern-proxy $(B)/postern-recorder

UNIT_TESTS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/unit/test_*.c tests/loop/test_*.c)))
FUZZERS := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

Q := $(if $(V),,@)

all: $(COMMON_A) ## build the libraries

$(B)/common/%.o: common/%.c
	@mkdir -p $(@D); [ -n "$(V)" ] || echo "  CC $<"
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_common) -c $< -o $@
$(B)/recorder-client/%.o: recorder-client/%.c
	@mkdir -p $(@D); [ -n "$(V)" ] || echo "  CC $<"
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_recorder-client) -c $< -o $@
$(B)/proxy/%.o: proxy/%.c
	@mkdir -p $(@D); [ -n "$(V)" ] || echo "  CC $<"
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_proxy) -c $< -o $@
$(B)/recorder/%.o: recorder/%.c
	@mkdir -p $(@D); [ -n "$(V)" ] || echo "  CC $<"
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_recorder) -c $< -o $@
$(B)/tests/%.o: tests/%.c
	@mkdir -p $(@D); [ -n "$(V)" ] || echo "  CC $<"
	$(Q)$(CC) $(CFLAGS_ALL) $(INC_tests) -c $< -o $@

$(COMMON_A): $(call objects,common)
$(CLIENT_A): $(call objects,recorder-client)
$(PROXY_A): $(call parts,proxy)
$(RECORDER_A): $(call parts,recorder)
$(ARCHIVES):
	@mkdir -p $(@D)
	$(Q)rm -f $@ && $(AR) rcsD $@ $(filter %.o,$^)

$(B)/postern-proxy: $(B)/proxy/main.o $(PROXY_A) $(CLIENT_A) $(COMMON_A)
$(B)/postern-recorder: $(B)/recorder/main.o $(RECORDER_A) $(COMMON_A)
$(PROGRAMS):
	@[ -n "$(V)" ] || echo "  LD $@"
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)

$(B)/tests/unit/test_%: $(B)/tests/unit/test_%.o $(ARCHIVES)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $< $(ARCHIVES) $(PKG_LIBS)
$(B)/tests/loop/test_%: $(B)/tests/loop/test_%.o $(ARCHIVES)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $< $(ARCHIVES) $(PKG_LIBS)
$(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(ARCHIVES)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $< $(ARCHIVES) $(PKG_LIBS)
.SECONDARY:

unit: $(UNIT_TESTS) ## build the C tests of this VARIANT
fuzzers: $(FUZZERS) ## build the fuzz targets (VARIANT=fuzz)

format: ## format all C files
	clang-format -i $(sort $(wildcard */*.c */*.h tests/*/*.c))
clean: ## remove build/
	rm -rf build
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

.PHONY: all unit fuzzers format clean help
-include $(shell find build -name '*.d' 2>/dev/null)

CLUSTER_STATE ?= $(CURDIR)/build/cluster
E2E_TESTS := $(sort $(wildcard tests/e2e/test_*.py))
FUZZ_SECONDS ?= 10

test: deps ## run all tests; the last line counts them
	$(Q)$(MAKE) --no-print-directory VARIANT=asan unit
	$(Q)$(MAKE) --no-print-directory VARIANT=fuzz fuzzers
	$(Q)FUZZ_SECONDS=$(FUZZ_SECONDS) tests/run $(patsubst $(B)/%,build/asan/%,$(UNIT_TESTS)) \
		$(patsubst $(B)/%,build/fuzz/%,$(FUZZERS)) $(E2E_TESTS)

cluster: deps ## start a real single-node cluster, or show the one that runs
	$(Q)tests/cluster/cluster up --state $(CLUSTER_STATE)
cluster-down: ## end that cluster
	$(Q)tests/cluster/cluster down --state $(CLUSTER_STATE)

# Python 3 and root: Debian's packages are asked for only when some are missing.
deps: ## install what building and testing need
	@missing=$$(for p in $$(sort -u tests/packages.txt tests/cluster/packages.txt); do \
		dpkg-query -W -f='$${db:Status-Abbrev}' $$p 2>/dev/null | grep -q '^ii' || echo $$p; done); \
	[ -z "$$missing" ] || { echo "  APT" $$missing; apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
		$$missing >/dev/null; }

.PHONY: test cluster cluster-down deps
