# make: installs what is missing, builds the program and every publication under cases/ into out/.
# make check: the tests. See README.md.
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
BUILD ?= build

PACKAGES := libdeflate libxml-2.0 libxslt libexslt glib-2.0 gio-2.0 gobject-2.0 libcmark pango pangoft2 harfbuzz harfbuzz-subset fontconfig \
	freetype2 fribidi libqpdf libpng libjpeg json-glib-1.0
DEBS := gcc make pkg-config gettext libxml2-dev libxslt1-dev libglib2.0-dev libcmark-dev libpango1.0-dev libharfbuzz-dev \
	libhyphen-dev hyphen-nl hyphen-en-us hyphen-en-gb libqpdf-dev libdeflate-dev librsvg2-dev libjpeg62-turbo-dev libpng-dev \
	libjson-glib-dev libglib2.0-data fonts-lato fonts-vollkorn

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wmissing-prototypes -Wstrict-prototypes
OPTIMISE ?= -O2 -g
SANITIZE ?=

ROOM_SOURCES := $(sort $(wildcard src/*/*.c)) $(filter-out src/main.c,$(wildcard src/*.c))
ROOM_OBJECTS := $(ROOM_SOURCES:src/%.c=$(BUILD)/%.o)

.PHONY: all check clean
all: $(BUILD)/rotonde

# Re-read the flags only when something is compiled.
$(BUILD)/flags.mk: Makefile
	@mkdir -p $(BUILD)
	@pkg-config --exists $(PACKAGES)
	@printf 'PKG_CFLAGS := %s\nPKG_LIBS := %s\n' "$$(pkg-config --cflags $(PACKAGES))" "$$(pkg-config --libs $(PACKAGES))" >$@
-include $(BUILD)/flags.mk
CFLAGS_ALL = -std=gnu17 $(OPTIMISE) $(SANITIZE) $(WARNINGS) -fvisibility=hidden -Isrc $(PKG_CFLAGS) $(CFLAGS)
LIBS_ALL = $(SANITIZE) $(PKG_LIBS) -lhyphen -lm -pthread $(LDFLAGS)

$(BUILD)/%.o: src/%.c $(BUILD)/flags.mk
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/rotonde: $(BUILD)/main.o $(ROOM_OBJECTS)
	@echo "  LD $@"
	@$(CC) -o $@ $^ $(LIBS_ALL)

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

TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c)) \
	$(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(wildcard tests/tools/*.c))
check: $(BUILD)/rotonde $(TESTS)
	tests/run

clean:
	rm -rf $(BUILD)
