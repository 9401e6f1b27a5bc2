#!/usr/bin/env python3
"""Makes the fonts of the tests (kept in git; needs fonttools only to make them again).

Square: glyphs are boxes. Every character is half an em wide (bold 0.6), the space and its kin a quarter; ascender 0.8, descender 0.2,
no line gap, no kerning. What lay-out must do with it can be reckoned by hand.
Testserif, Testsans: Latin parts of Vollkorn and Lato under other names, as the OFL asks; with their kerning and ligatures.
"""
import sys
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

SPACES = {0x20: 250, 0xA0: 250, 0x202F: 125, 0x200B: 0, 0xAD: 0}
SQUARE = sorted(set(range(0x21, 0x7F)) | {ord(c) for c in "éèëïöüáóíúçÉ§·–—‘’“”…•‐€"})
HEBREW = list(range(0x05D0, 0x05EB))
LATIN = list(range(0x20, 0x7F)) + list(range(0xA0, 0x100)) + [ord(c) for c in "ıŒœ–—‘’‚“”„†•…‰‹›€™−ﬁﬂ‐"] + [0x202F]


def box(width):
    pen = TTGlyphPen(None)
    if width:
        left, right = 50, width - 50
        for point in ((left, 0), (left, 700), (right, 700), (right, 0)):
            (pen.moveTo if point == (left, 0) else pen.lineTo)(point)
        pen.closePath()
    return pen.glyph()


def square(style, width, weight, italic):
    names, widths, cmap = [".notdef"], {".notdef": width}, {}
    for code in sorted(list(SPACES) + SQUARE + HEBREW):
        name = "uni%04X" % code
        names.append(name)
        widths[name] = SPACES.get(code, width)
        cmap[code] = name
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(cmap)
    blank = {"uni%04X" % c for c in SPACES}
    font.setupGlyf({n: box(0 if n in blank else widths[n]) for n in names})
    font.setupHorizontalMetrics({n: (widths[n], 0 if n in blank else 50) for n in names})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Square", "styleName": style, "uniqueFontIdentifier": "Square-" + style,
                         "fullName": "Square " + style, "psName": "Square-" + style, "version": "Version 1.0"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, sTypoLineGap=0, usWinAscent=800, usWinDescent=200, sxHeight=500,
                  sCapHeight=700, usWeightClass=weight, version=4,
                  fsSelection=128 | (1 if italic else 32 if weight > 500 else 64))
    font.setupPost(italicAngle=-12 if italic else 0, underlinePosition=-100, underlineThickness=50)
    font.font["head"].macStyle = (1 if weight > 500 else 0) | (2 if italic else 0)
    font.font["head"].created = font.font["head"].modified = 3786825600
    font.font.recalcTimestamp = False
    font.save("Square-%s.ttf" % style)


def latin(source, family, style):
    options = subset.Options(layout_features=["kern", "liga", "ccmp", "locl", "mark", "mkmk"], hinting=False, name_IDs=["*"], notdef_outline=True)
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    keep = {0, 13, 14}
    texts = {1: family, 2: style, 3: "%s-%s" % (family, style), 4: "%s %s" % (family, style), 6: "%s-%s" % (family, style)}
    names = font["name"]
    names.names = [n for n in names.names if n.nameID in keep and n.platformID == 3]
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    for table in ("DSIG", "FFTM", "meta"):
        if table in font:
            del font[table]
    font.save("%s-%s.ttf" % (family, style))


for style, width, weight, italic in (("Regular", 500, 400, False), ("Bold", 600, 700, False), ("Italic", 500, 400, True)):
    square(style, width, weight, italic)
debian = "/usr/share/fonts/truetype"
latin(debian + "/vollkorn/Vollkorn-Regular.ttf", "Testserif", "Regular")
latin(debian + "/vollkorn/Vollkorn-Italic.ttf", "Testserif", "Italic")
latin(debian + "/lato/Lato-Bold.ttf", "Testsans", "Bold")
