# broadsheet. `make`, `make check`, `make install`; GNU make 4.3 or later.
#
#   PREFIX=/usr/local  DESTDIR=  CC=cc  CFLAGS=-O3  LDFLAGS=
#   ICONV=auto|libc|libiconv  ICONV_PREFIX=DIR    whose iconv, and where it lives
#   SAN=1     with address and undefined-behaviour sanitizers, below build-san/
#   SAN=no    `make check` without the sanitized second round
#   SHARED=../shared    scored pages for `make score`
#   JIEBA=FILE          dict.txt of python3-jieba, for `make models`
# `make deb` makes a Debian package, `make scale` tries the engines of examples/engines.

PREFIX = /usr/local
DESTDIR =
CFLAGS = -O3
LDFLAGS =
ICONV = auto
ICONV_PREFIX =
SAN =
SHARED = ../shared
JIEBA = /usr/lib/python3/dist-packages/jieba/dict.txt
FUZZ_SECONDS ?= 60

san := $(filter 1,$(SAN))
BUILD = build$(if $(san),-san)
BINDIR = $(if $(san),$(BUILD)/bin,bin)
SANFLAGS = -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize=pointer-overflow -fno-sanitize-recover=all
H := \#

FILTERS := $(filter-out lib,$(patsubst filters/%/,%,$(wildcard filters/*/)))
TOOLS = train-tagger
DRIVERS := $(notdir $(wildcard bin/broadsheet bin/broadsheet-incoming))
rooms = $(filter-out $(BUILD)/filters/$1/$1.o $(TOOLS:%=$(BUILD)/filters/$1/%.o),$(patsubst %.c,$(BUILD)/%.o,$(wildcard filters/$1/*.c)))
PROGS = $(FILTERS:%=$(BINDIR)/%) $(TOOLS:%=$(BINDIR)/%)
LIB = $(BUILD)/libbs.a
ROOMS = $(foreach f,$(FILTERS),$(if $(call rooms,$f),$(BUILD)/filters/$f.a))
UNITS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test-*.c tests/helpers/*.c))
FUZZERS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz-*.c))
SHIMS = $(patsubst %.c,$(BUILD)/%.so,$(wildcard tests/shims/*.c))

# What the compiler and the linker get, found once a run.
ifneq ($(filter-out clean uninstall,$(or $(MAKECMDGOALS),all)),)
need = $(or $(shell pkg-config $1 $2 2>/dev/null),$(if $(shell pkg-config --exists $2 && echo y),,\
  $(error $2 not found by pkg-config. Debian: libjansson-dev libpcre2-dev libutf8proc-dev pkg-config; or run bin/install-deps build)))
linksiconv = $(shell mkdir -p $(BUILD) && printf '$(H)include <iconv.h>\nint main(void) { return iconv_open("UTF-8", "BIG5") == 0; }\n' | \
  $(CC) $(ICONVINC) -x c - -o $(BUILD)/iconv-test $(LDFLAGS) $1 2>/dev/null && echo y)
ICONVINC := $(ICONV_PREFIX:%=-I%/include)
ICONVDIR := $(ICONV_PREFIX:%=-L%/lib) $(ICONV_PREFIX:%=-Wl,-rpath,%/lib)
ICONVLIB := $(if $(filter auto libc,$(ICONV)),$(if $(call linksiconv,$(ICONVDIR)),plain))
ICONVLIB := $(or $(ICONVLIB),$(if $(filter auto libiconv,$(ICONV)),$(if $(call linksiconv,$(ICONVDIR) -liconv),-liconv)))
$(if $(ICONVLIB),,$(error no iconv found for ICONV=$(ICONV) ICONV_PREFIX=$(ICONV_PREFIX)))
INCS := -Ifilters/lib $(ICONVINC) $(call need,--cflags,libpcre2-8) $(call need,--cflags,libutf8proc) $(call need,--cflags,jansson)
LIBS := $(if $(filter Darwin,$(shell uname)),,-Wl,--as-needed) $(call need,--libs,libpcre2-8) $(call need,--libs,libutf8proc) \
  $(call need,--libs,jansson) $(ICONVDIR) $(filter-out plain,$(ICONVLIB)) -lm
endif

STD = -std=c17 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -D_DARWIN_C_SOURCE
WARN = -Wall -Wextra -Wpedantic -Wconversion
COMPILE = $(CC) $(STD) $(WARN) $(CPPFLAGS) $(CFLAGS) $(if $(san),$(SANFLAGS)) $(INCS)
LINK = $(CC) $(CFLAGS) $(if $(san),$(SANFLAGS)) $(LDFLAGS)

all: $(PROGS) $(if $(san),$(DRIVERS:%=$(BINDIR)/%) $(BUILD)/share)
tests: all $(UNITS) $(FUZZERS) $(if $(san),,$(SHIMS))

define program
$(BINDIR)/$1: $(BUILD)/filters/$1/$1.o $(if $(call rooms,$1),$(BUILD)/filters/$1.a) $(LIB)
	@mkdir -p $$(@D)
	$$(LINK) -o $$@ $$^ $$(LIBS)
$(BUILD)/filters/$1.a: $(call rooms,$1)
	rm -f $$@ && $(AR) rcs $$@ $$^
endef
$(foreach f,$(FILTERS),$(eval $(call program,$f)))

# Works with the rooms of tag-entities, which takes from them only what it needs itself.
$(BINDIR)/train-tagger: $(BUILD)/filters/tag-entities/train-tagger.o $(BUILD)/filters/tag-entities.a $(LIB)
	@mkdir -p $(@D)
	$(LINK) -pthread -o $@ $^ $(LIBS)

$(LIB): $(call rooms,lib)
	rm -f $@ && $(AR) rcs $@ $^
$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) $(if $(filter %/share,$*),'-DBS_SHARE_DIR="$(PREFIX)/share/broadsheet"') -MMD -MP -c -o $@ $<
$(FUZZERS): %: %.o $(BUILD)/tests/fuzz/replay.o $(ROOMS) $(LIB)
	$(LINK) -o $@ $^ $(LIBS)
$(UNITS): %: %.o $(ROOMS) $(LIB)
	$(LINK) -o $@ $^ $(LIBS)
$(BUILD)/tests/shims/%.so: tests/shims/%.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE $(WARN) -O1 -fPIC -shared -o $@ $< -ldl

# A changed compiler, flag or PREFIX rebuilds what it touches.
stamp = $(shell mkdir -p $(BUILD); printf '%s\n' '$2' | cmp -s - $1 || printf '%s\n' '$2' >$1)
ifneq ($(filter-out clean uninstall,$(or $(MAKECMDGOALS),all)),)
$(call stamp,$(BUILD)/flags,$(COMPILE) $(LDFLAGS) $(LIBS))
$(call stamp,$(BUILD)/prefix,$(PREFIX))
endif
$(BUILD)/filters/lib/share.o: $(BUILD)/prefix
build-san/bin/%: bin/%
	@mkdir -p $(@D) && cp $< $@
build-san/share:
	@mkdir -p $(@D) && ln -sfn ../share $@

# The second, sanitized round is left out (and said so) where the compiler has no sanitizers.
check: tests
ifeq ($(SAN),)
	@if printf 'int main(void) { return 0; }' | $(CC) $(SANFLAGS) -x c - -o build/san-test 2>/dev/null && build/san-test; \
	then $(MAKE) --no-print-directory SAN=1 tests && tests/run build build-san; \
	else echo '# no sanitizers in $(CC)'; tests/run build; fi
else
	@tests/run $(BUILD)
endif

bench: all
	@tests/bench/bench.sh
# Weights and counts from the corpora and gold pages below SHARED; see share/PROVENANCE.
models: all $(BUILD)/tests/helpers/borders
	python3 filters/dehyphenate/train-chars.py $(SHARED)/corpora >$(BUILD)/zh-chars.bin
	mv $(BUILD)/zh-chars.bin share/models/zh-chars.bin
	python3 filters/dehyphenate/train-breaks.py $(BINDIR) $(BUILD)/tests/helpers/borders $(SHARED) \
	  $(wildcard examples/*.gold.json tests/pages/*.gold.json) >$(BUILD)/weights.h
	mv $(BUILD)/weights.h filters/dehyphenate/weights.h
	$(MAKE) --no-print-directory all
	python3 filters/split-articles/set-pages.py $(SHARED) 450 $(BUILD)/set-pages 2 $(sort $(wildcard examples/*.gold.json tests/pages/*.gold.json))
	python3 filters/split-articles/train-roles.py $(BINDIR) share/rules/roles.hand \
	  $(patsubst %.gold.json,%.txt,$(sort $(wildcard examples/*.gold.json tests/pages/*.gold.json))) $(BUILD)/set-pages/*.txt \
	  $(SHARED)/pages/*.txt $(SHARED)/seed/page.txt $(SHARED)/seed/page.txt $(SHARED)/seed/page.txt >$(BUILD)/roles.weights
	mv $(BUILD)/roles.weights share/rules/roles.weights
	python3 filters/tag-entities/list-names.py $(SHARED) share/gazetteers/words.txt $(JIEBA) >$(BUILD)/names.txt
	python3 filters/tag-entities/other-text.py $(SHARED) >$(BUILD)/other.conll
	filters/tag-entities/train-names.sh $(BINDIR) $(BUILD)/names.txt $(BUILD)/names $(BUILD)/other.conll $(SHARED)/corpora/msra/train.conll \
	  $(SHARED)/corpora/msra/dev.conll >$(BUILD)/names.bin
	mv $(BUILD)/names.bin share/models/names.bin

# The scripts of examples/engines over 1,000 pages, with the engines that are installed.
scale: all
	@tests/engines/scale.sh
score: all
	@tests/score/score.sh $(SHARED)
# What `make check` does with a shorter count.
soak: tests
	@KILLS=500 PAGES=300 tests/incoming/kill.t
fuzz-objects: $(ROOMS) $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/fuzz/fuzz-*.c))
fuzz:
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run

# A Debian package in build/deb, from a copy of the tree.
VERSION := $(shell sed -n 's/^$Hdefine BS_VERSION "\(.*\)"/\1/p' filters/lib/bs.h)
deb:
	rm -rf build/deb && mkdir -p build/deb/broadsheet-$(VERSION)
	tar -c --exclude='*~' --exclude='*.o' Makefile README.md LICENSE filters share tests examples bin/install-deps $(DRIVERS:%=bin/%) | \
	  tar -x -C build/deb/broadsheet-$(VERSION)
	mv build/deb/broadsheet-$(VERSION)/share/debian build/deb/broadsheet-$(VERSION)/debian
	cd build/deb/broadsheet-$(VERSION) && DEB_BUILD_OPTIONS=noautodbgsym dpkg-buildpackage -us -uc -b
	rm -rf build/deb/broadsheet-$(VERSION)
# Installs it on this machine, which wants root, tries it and takes it away again.
check-deb: deb
	tests/install/deb.sh build/deb/broadsheet_$(VERSION)_*.deb

SHAREDIR = $(DESTDIR)$(PREFIX)/share
list = $(shell test ! -d share || { cd share && LC_ALL=C find . $1 -type f | LC_ALL=C sort | sed 's|^\./||'; })
DATA = $(call list,! -path './debian/*' ! -path './man/*' ! -path './completions/*' ! -name '*.py')
MEN = $(call list,-path './man/*')
COMPS = $(patsubst completions/%,%,$(call list,-path './completions/*'))
FILES = $(FILTERS:%=bin/%) $(TOOLS:%=bin/%) $(DRIVERS:%=bin/%) $(DATA:%=share/broadsheet/%) $(MEN:%=share/%) $(foreach c,$(COMPS),$(call compdir,$c))
compdir = $(or $(patsubst %.bash,share/bash-completion/completions/%,$(filter %.bash,$1)),\
  $(patsubst _%,share/zsh/site-functions/_%,$(filter _%,$1)),$(patsubst %,share/fish/vendor_completions.d/%,$(filter %.fish,$1)))
put = install -d '$(dir $(DESTDIR)$(PREFIX)/$3)' && install -m $1 $2 '$(DESTDIR)$(PREFIX)/$3'
install: all
	$(foreach p,$(FILTERS) $(TOOLS) $(DRIVERS),$(call put,755,bin/$p,bin/$p) &&) :
	$(foreach p,$(DATA),$(call put,644,share/$p,share/broadsheet/$p) &&) :
	$(foreach p,$(MEN),$(call put,644,share/$p,share/$p) &&) :
	$(foreach p,$(COMPS),$(call put,644,share/completions/$p,$(call compdir,$p)) &&) :
uninstall:
	rm -f $(FILES:%='$(DESTDIR)$(PREFIX)/%')
	test ! -d '$(SHAREDIR)/broadsheet' || find '$(SHAREDIR)/broadsheet' -depth -type d -exec rmdir {} + 2>/dev/null || :

clean:
	rm -rf build build-san build-fuzz $(FILTERS:%=bin/%) $(TOOLS:%=bin/%)

.PHONY: deb check-deb models scale all tests check bench score soak fuzz fuzz-objects install uninstall clean
.SECONDARY:
.DELETE_ON_ERROR:
-include $(wildcard $(BUILD)/filters/*/*.d $(BUILD)/tests/*/*.d)
