# make: installs what is missing, builds the program and every publication under cases/ into out/.
# make check: the tests. Also: install (PREFIX=, DESTDIR=), clean, lint, asan, fuzz, bench, update-golden. See README.md.
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
BUILD ?= build
VERSION := 0.1

PACKAGES := zlib libxml-2.0 libxslt libexslt glib-2.0 libcmark
print_PACKAGES := libdeflate pango pangoft2 harfbuzz harfbuzz-subset fontconfig freetype2 fribidi libpng librsvg-2.0 cairo-pdf
fonts_PACKAGES := libdeflate harfbuzz harfbuzz-subset fontconfig
preview_PACKAGES := gio-2.0 gio-unix-2.0 gobject-2.0 json-glib-1.0 libsoup-3.0
DEBS := gcc libc6-dev make pkg-config gettext scdoc libxml2-dev libxslt1-dev libglib2.0-dev libglib2.0-data libcmark-dev \
	libpango1.0-dev libharfbuzz-dev libhyphen-dev hyphen-nl hyphen-en-us hyphen-en-gb libqpdf-dev librsvg2-dev libcairo2-dev libdeflate-dev libpng-dev zlib1g-dev \
	libjson-glib-dev libarchive-dev libgit2-dev libsoup-3.0-dev poppler-utils libmimalloc-dev libxxhash-dev fonts-lato fonts-vollkorn fonts-dejavu-core
# What the tests need beside the program.
CHECK_DEBS := git libxml2-utils qpdf unzip

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wmissing-prototypes -Wstrict-prototypes
OPTIMISE ?= -O2 -g
SANITIZE ?=

ROOM_SOURCES := $(filter-out src/make/%,$(sort $(wildcard src/*/*.c))) $(filter-out src/main.c,$(wildcard src/*.c))
ROOM_OBJECTS := $(ROOM_SOURCES:src/%.c=$(BUILD)/%.o)
# Rooms that are modules: build/NAME.so, which the program opens when it needs them (base/module.h). The program itself is all the other rooms.
# A room may be in two of them.
print_ROOMS := fo layout pdf print fonts
fonts_ROOMS := fonts
preview_ROOMS := preview
MODULES := print fonts preview
room_objects = $(foreach room,$($(1)_ROOMS),$(filter $(BUILD)/$(room)/%,$(ROOM_OBJECTS)))
PROGRAM_OBJECTS := $(filter-out $(foreach module,$(MODULES),$(call room_objects,$(module))),$(ROOM_OBJECTS))
MODULE_FILES := $(MODULES:%=$(BUILD)/%.so)
TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c)) \
	$(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(wildcard tests/tools/*.c))
MESSAGES := $(BUILD)/locale/nl/LC_MESSAGES/rotonde.mo
MANUAL := $(BUILD)/man/rotonde.1 $(BUILD)/man/nl/rotonde.1

.PHONY: all program publications check install clean lint asan fuzz fuzzers bench update-golden
.DELETE_ON_ERROR:

all: publications

program: $(BUILD)/rotonde $(MODULE_FILES) $(BUILD)/rules.xml $(MESSAGES) $(MANUAL)

# Always asked, quickly answered: what is up to date is left as it is.
publications: program
	$(BUILD)/rotonde build

# ---- what is missing is installed ----

# On Debian, through apt-get (and sudo when not root); elsewhere the packages are named and make stops.
define INSTALL_MISSING
	@mkdir -p $(BUILD)
	@if ! command -v apt-get >/dev/null; then \
		pkg-config --exists $(PACKAGES) $(print_PACKAGES) $(fonts_PACKAGES) $(preview_PACKAGES) 2>/dev/null && exit 0; \
		echo "Rotonde needs what Debian calls: $(1)"; \
		echo "Install these, and run make again."; exit 1; \
	fi; \
	missing=; \
	for package in $(1); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	echo "Installing:$$missing"; \
	run=; [ "$$(id -u)" = 0 ] || run=sudo; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$run apt-get install -qq -y --no-install-recommends $$missing >$(BUILD)/apt.log 2>&1 || \
	{ $$run apt-get update -qq >>$(BUILD)/apt.log 2>&1 && \
	  $$run apt-get install -qq -y --no-install-recommends $$missing >>$(BUILD)/apt.log 2>&1; } || \
	{ tail -n 5 $(BUILD)/apt.log; echo "apt-get could not install:$$missing"; exit 1; }
endef

$(BUILD)/packages: Makefile
	$(call INSTALL_MISSING,$(DEBS))
	@touch $@

$(BUILD)/check-packages: $(BUILD)/packages
	$(call INSTALL_MISSING,$(CHECK_DEBS))
	@touch $@

# libgit2 is linked in, without its network (src/history/offline.c), where that can be done; elsewhere it is opened when it is needed.
LIBGIT2 = $$(pkg-config --variable=libdir libgit2)/libgit2.a
$(BUILD)/flags.mk: $(BUILD)/packages src/history/offline.c
	@printf 'int git_libgit2_init(void), git_status_foreach_ext(void);\nint main(void) { return git_libgit2_init() + git_status_foreach_ext(); }\n' >$(BUILD)/linked.c
	@if $(CC) -fPIE -DHISTORY_LINKED -o $(BUILD)/linked $(BUILD)/linked.c src/history/offline.c "$(LIBGIT2)" -lz -lpcre2-8 -pthread 2>/dev/null; then \
		printf 'HISTORY_CFLAGS := -DHISTORY_LINKED\nHISTORY_LIBS := %s -lpcre2-8 -Wl,--exclude-libs,libgit2.a\n' "$(LIBGIT2)"; fi >$(BUILD)/flags.tmp
	@rm -f $(BUILD)/linked $(BUILD)/linked.c
	@printf 'PKG_CFLAGS := %s\nPKG_LIBS := %s\nprint_LIBS := %s\nfonts_LIBS := %s\npreview_LIBS := %s\n' \
		"$$(pkg-config --cflags $(PACKAGES) $(print_PACKAGES) $(fonts_PACKAGES) $(preview_PACKAGES))" "$$(pkg-config --libs $(PACKAGES))" \
		"$$(pkg-config --libs $(print_PACKAGES)) -lhyphen" "$$(pkg-config --libs $(fonts_PACKAGES))" "$$(pkg-config --libs $(preview_PACKAGES))" >>$(BUILD)/flags.tmp
	@mv $(BUILD)/flags.tmp $@

ifeq ($(filter clean install,$(MAKECMDGOALS)),)
-include $(BUILD)/flags.mk
endif
# The program exports what is in src/base to its modules, and nothing else.
$(BUILD)/base/%.o: VISIBILITY := default
VISIBILITY := hidden
CFLAGS_ALL = -std=gnu17 $(OPTIMISE) $(SANITIZE) $(WARNINGS) -fPIC -fvisibility=$(VISIBILITY) -DROTONDE_VERSION='"$(VERSION)"' -Isrc $(PKG_CFLAGS) $(HISTORY_CFLAGS) $(CFLAGS)
# mimalloc in the place of the C library's malloc: checking many files takes three quarters of the time. Not under a sanitizer, which has its own.
ALLOCATOR = $(if $(SANITIZE),,-Wl,--no-as-needed -lmimalloc)
LIBS_COMMON = $(SANITIZE) -Wl,--build-id=sha1 -Wl,--as-needed
LIBS_PROGRAM = $(LIBS_COMMON) $(HISTORY_LIBS) $(PKG_LIBS) -Wl,--export-dynamic -Wl,--gc-sections -lm -pthread $(ALLOCATOR) $(LDFLAGS)
# Of tests, which are linked with every room.
LIBS_ALL = $(LIBS_COMMON) $(HISTORY_LIBS) $(PKG_LIBS) $(print_LIBS) $(preview_LIBS) -lm -pthread $(ALLOCATOR) $(LDFLAGS)

# ---- the program ----

$(BUILD)/%.o: src/%.c $(BUILD)/flags.mk
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/rotonde: $(BUILD)/main.o $(PROGRAM_OBJECTS)
	@echo "  LD $@"
	@$(CC) -o $@ $^ $(LIBS_PROGRAM)

# The rules, compiled (src/check/rules.c).
$(BUILD)/make/rules: $(BUILD)/make/rules.o $(PROGRAM_OBJECTS)
	@$(CC) -o $@ $^ $(LIBS_PROGRAM)

$(BUILD)/rules.xml: $(BUILD)/make/rules schemas/rules.sch $(wildcard stylesheets/rules/*.xsl)
	@$(BUILD)/make/rules . >$@

.SECONDEXPANSION:
$(MODULE_FILES): $(BUILD)/%.so: $$(call room_objects,%)
	@echo "  LD $@"
	@$(CC) -shared -o $@ $^ $(LIBS_COMMON) $(PKG_LIBS) $($*_LIBS) -lm -pthread $(LDFLAGS)

$(MESSAGES): src/po/nl.po $(BUILD)/packages
	@mkdir -p $(@D)
	@msgfmt --check-format --check-domain -o $@ $<

$(BUILD)/man/rotonde.1: src/po/rotonde.1.scd $(BUILD)/packages
	@mkdir -p $(@D)
	@SOURCE_DATE_EPOCH=0 scdoc <$< >$@

$(BUILD)/man/nl/rotonde.1: src/po/rotonde.nl.1.scd $(BUILD)/packages
	@mkdir -p $(@D)
	@SOURCE_DATE_EPOCH=0 scdoc <$< >$@

# ---- tests ----

# A unit test is tests/unit/NAME.c: GLib's test framework, linked with every room but main.
$(BUILD)/unit/%: tests/unit/%.c $(ROOM_OBJECTS)
	@mkdir -p $(@D)
	@echo "  LD $@"
	@$(CC) $(CFLAGS_ALL) -MMD -MP -o $@ $< $(ROOM_OBJECTS) $(LIBS_ALL)

# A tool is a small program that a group of golden tests needs.
$(BUILD)/tools/%: tests/tools/%.c $(ROOM_OBJECTS)
	@mkdir -p $(@D)
	@echo "  LD $@"
	@$(CC) $(CFLAGS_ALL) -MMD -MP -o $@ $< $(ROOM_OBJECTS) $(LIBS_ALL)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

check: $(BUILD)/check-packages program $(TESTS)
	@BUILD=$(BUILD) tests/run $(GROUPS)

update-golden: program $(TESTS)
	@UPDATE=1 BUILD=$(BUILD) tests/run $(GROUPS)

# A fuzz target is tests/fuzz/NAME.c (libFuzzer, by clang), with a dictionary and a corpus where there are any (tests/fuzz/run).
FUZZ_SECONDS ?= 60
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*.c))
$(BUILD)/fuzz/%: tests/fuzz/%.c $(ROOM_OBJECTS)
	@mkdir -p $(@D)
	@echo "  LD $@"
	@$(CC) $(CFLAGS_ALL) -Wno-missing-prototypes -fsanitize=fuzzer -o $@ $< $(ROOM_OBJECTS) $(LIBS_ALL)

fuzzers: $(FUZZERS)

fuzz:
	@$(MAKE) fuzzers BUILD=build/sanitized CC=clang OPTIMISE='-O1 -g' WARNINGS='-Wall' \
		SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined'
	@tests/fuzz/run build/sanitized/fuzz $(FUZZ_SECONDS)

asan:
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/asan.supp:print_suppressions=0 ASAN_OPTIONS=detect_leaks=1 $(MAKE) check BUILD=build/asan OPTIMISE='-O1 -g -fno-omit-frame-pointer' SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=undefined'

lint: $(BUILD)/flags.mk
	clang-tidy --quiet $(ROOM_SOURCES) $(wildcard src/make/*.c) src/main.c -- -std=gnu17 -DROTONDE_VERSION='""' -Isrc $(PKG_CFLAGS)
	cppcheck --quiet --std=c11 --library=gtk --suppress=unknownMacro --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem \
		--error-exitcode=1 -Isrc src

bench: program
	@tests/bench/run

# ---- elsewhere ----

SHARE = $(DESTDIR)$(PREFIX)/share
install:
	@test -x $(BUILD)/rotonde || { echo "First run: make"; exit 1; }
	install -D -m 755 $(BUILD)/rotonde $(DESTDIR)$(PREFIX)/bin/rotonde
	for module in $(MODULES); do install -D -m 644 $(BUILD)/$$module.so $(DESTDIR)$(PREFIX)/lib/rotonde/$$module.so || exit 1; done
	install -D -m 644 $(BUILD)/rules.xml $(DESTDIR)$(PREFIX)/lib/rotonde/rules.xml
	for file in $$(find schemas stylesheets -type f); do install -D -m 644 $$file $(SHARE)/rotonde/$$file || exit 1; done
	install -D -m 644 $(MESSAGES) $(SHARE)/locale/nl/LC_MESSAGES/rotonde.mo
	install -D -m 644 $(BUILD)/man/rotonde.1 $(SHARE)/man/man1/rotonde.1
	install -D -m 644 $(BUILD)/man/nl/rotonde.1 $(SHARE)/man/nl/man1/rotonde.1
	install -D -m 644 src/po/rotonde.bash $(SHARE)/bash-completion/completions/rotonde

clean:
	rm -rf $(BUILD)
