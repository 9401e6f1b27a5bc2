<?xml version="1.0" encoding="UTF-8"?>
<!-- Drawings made from data and from the house style, as SVG that every output can take in: basic shapes, text, presentation attributes; a
     unit is a millimetre. Each template writes one <svg>; what goes around it (alternative text, size) is the output's own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.w3.org/2000/svg"
	xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

	<xsl:include href="lettering.xsl"/>
	<xsl:include href="timeline.xsl"/>
	<xsl:include href="roundabout.xsl"/>

	<xsl:variable name="font.drawing" select="string($fonts[@name = 'head']/@family)"/>
	<!-- The size of the letters in a drawing as wide as the text, in millimetres. -->
	<xsl:variable name="drawing-size"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($house/print/length[@name = 'drawing-type']/@value)"/></xsl:call-template></xsl:variable>

	<!-- ================ a rotonde ================ -->

	<!-- Where the ways out of a roundabout lie when there are n: unit vectors, from the first way out on the right-hand side, against the clock,
	     and whether more than half of the ring is driven to get there. The way in lies below. -->
	<xsl:variable name="ways-table">
		<way xmlns="" n="1" i="1" x="0" y="-1" far="0"/>
		<way xmlns="" n="2" i="1" x="0.906" y="-0.423" far="0"/><way xmlns="" n="2" i="2" x="-0.906" y="-0.423" far="1"/>
		<way xmlns="" n="3" i="1" x="1" y="0" far="0"/><way xmlns="" n="3" i="2" x="0" y="-1" far="0"/><way xmlns="" n="3" i="3" x="-1" y="0" far="1"/>
		<way xmlns="" n="4" i="1" x="0.966" y="0.259" far="0"/><way xmlns="" n="4" i="2" x="0.574" y="-0.819" far="0"/>
		<way xmlns="" n="4" i="3" x="-0.574" y="-0.819" far="1"/><way xmlns="" n="4" i="4" x="-0.966" y="0.259" far="1"/>
		<way xmlns="" n="5" i="1" x="0.866" y="0.5" far="0"/><way xmlns="" n="5" i="2" x="0.866" y="-0.5" far="0"/><way xmlns="" n="5" i="3" x="0" y="-1" far="0"/>
		<way xmlns="" n="5" i="4" x="-0.866" y="-0.5" far="1"/><way xmlns="" n="5" i="5" x="-0.866" y="0.5" far="1"/>
		<way xmlns="" n="6" i="1" x="0.809" y="0.588" far="0"/><way xmlns="" n="6" i="2" x="0.978" y="-0.208" far="0"/><way xmlns="" n="6" i="3" x="0.407" y="-0.914" far="0"/>
		<way xmlns="" n="6" i="4" x="-0.407" y="-0.914" far="1"/><way xmlns="" n="6" i="5" x="-0.978" y="-0.208" far="1"/><way xmlns="" n="6" i="6" x="-0.809" y="0.588" far="1"/>
		<way xmlns="" n="7" i="1" x="0.809" y="0.588" far="0"/><way xmlns="" n="7" i="2" x="0.995" y="-0.105" far="0"/><way xmlns="" n="7" i="3" x="0.669" y="-0.743" far="0"/>
		<way xmlns="" n="7" i="4" x="0" y="-1" far="0"/><way xmlns="" n="7" i="5" x="-0.669" y="-0.743" far="1"/><way xmlns="" n="7" i="6" x="-0.995" y="-0.105" far="1"/>
		<way xmlns="" n="7" i="7" x="-0.809" y="0.588" far="1"/>
		<way xmlns="" n="8" i="1" x="0.809" y="0.588" far="0"/><way xmlns="" n="8" i="2" x="1" y="0" far="0"/><way xmlns="" n="8" i="3" x="0.809" y="-0.588" far="0"/>
		<way xmlns="" n="8" i="4" x="0.309" y="-0.951" far="0"/><way xmlns="" n="8" i="5" x="-0.309" y="-0.951" far="1"/><way xmlns="" n="8" i="6" x="-0.809" y="-0.588" far="1"/>
		<way xmlns="" n="8" i="7" x="-1" y="0" far="1"/><way xmlns="" n="8" i="8" x="-0.809" y="0.588" far="1"/>
	</xsl:variable>
	<xsl:variable name="ways" select="exsl:node-set($ways-table)/way"/>

	<!-- The current rotonde: its ring with its number, a way for every exit (the first eight) with a letter, the one taken in the warm colour.
	     size: width and height. -->
	<xsl:template name="svg-rotonde">
		<xsl:param name="size" select="'17mm'"/>
		<xsl:variable name="n" select="count(exit[position() &lt;= 8])"/>
		<xsl:variable name="taken" select="count(exit[@taken = 'yes'][1]/preceding-sibling::exit) + 1"/>
		<xsl:variable name="these" select="$ways[@n = $n]"/>
		<svg width="{$size}" height="{$size}" viewBox="-13 -13 26 26">
			<g stroke="{$colour.rule}" stroke-width="2.6" fill="none">
				<line x1="0" y1="6" x2="0" y2="12.4"/>
				<xsl:for-each select="$these"><line x1="{6 * @x}" y1="{6 * @y}" x2="{9.3 * @x}" y2="{9.3 * @y}"/></xsl:for-each>
				<circle cx="0" cy="0" r="6"/>
			</g>
			<xsl:if test="exit[@taken = 'yes']">
				<xsl:for-each select="$these[@i = $taken]">
					<path d="M0 12.4 L0 6 A6 6 0 {@far} 0 {6 * @x} {6 * @y} L{9.3 * @x} {9.3 * @y}" stroke="{$colour.warm}" stroke-width="2.6" stroke-linejoin="round" fill="none"/>
				</xsl:for-each>
			</xsl:if>
			<g font-family="{$font.drawing}" text-anchor="middle" fill="{$colour.dark}">
				<text x="0" y="1.9" font-size="5.4" font-weight="700"><xsl:value-of select="@number"/></text>
				<xsl:for-each select="$these">
					<text x="{11.4 * @x}" y="{11.2 * @y + 1.2}" font-size="3.6"><xsl:value-of select="substring($letters, @i, 1)"/></text>
				</xsl:for-each>
			</g>
		</svg>
	</xsl:template>

	<!-- A small ring, in place of a chapter's number. -->
	<xsl:template name="svg-ring">
		<xsl:param name="size" select="'7mm'"/>
		<svg width="{$size}" height="{$size}" viewBox="0 0 7 7"><circle cx="3.5" cy="3.5" r="2.6" fill="none" stroke="{$colour.dark}" stroke-width="1.4"/></svg>
	</xsl:template>

	<!-- A box to tick, as large as its place. -->
	<xsl:template name="svg-tick">
		<svg width="4mm" height="4mm" viewBox="0 0 8 8"><rect x="0.5" y="0.5" width="7" height="7" fill="none" stroke="{$colour.dark}" stroke-width="0.8"/></svg>
	</xsl:template>

	<!-- ================ large drawings ================ -->

	<!-- A roundabout as wide as an A4 page and four ways, one of them warm: a cover without a picture. -->
	<xsl:template name="svg-roundabout">
		<svg width="210mm" height="150mm" viewBox="0 0 210 150">
			<g fill="none" stroke="{$colour.dark-soft}" stroke-width="26">
				<circle cx="112" cy="72" r="48"/>
				<path d="M112 120 V150"/>
				<path d="M64 78 C40 84 30 104 0 104"/>
				<path d="M76 40 C58 24 32 22 0 22"/>
				<path d="M156 54 C168 42 186 36 210 36"/>
			</g>
			<path d="M157.6 57 A48 48 0 1 0 119 119.5" fill="none" stroke="{$colour.tint}" stroke-width="1" stroke-dasharray="7 7"/>
			<path d="M118 150 V143 C118 122 160 112 160 72 C160 54 176 36 210 36" fill="none" stroke="{$colour.warm}" stroke-width="4.5"/>
		</svg>
	</xsl:template>

	<!-- A whole page for the opening of a part: its number on the island of a roundabout. -->
	<xsl:template name="svg-part">
		<xsl:param name="number"/>
		<svg width="210mm" height="297mm" viewBox="0 0 210 297">
			<g fill="none" stroke="{$colour.warm-soft}" stroke-width="30">
				<circle cx="132" cy="212" r="55"/>
				<path d="M132 267 V297"/>
				<path d="M77 216 C50 220 40 246 0 246"/>
				<path d="M180 184 C188 174 198 166 212 166"/>
			</g>
			<g fill="none" stroke="{$colour.paper}" stroke-width="1.2" stroke-dasharray="8 8">
				<circle cx="132" cy="212" r="55"/>
				<path d="M132 271 V297"/>
				<path d="M72 217 C50 222 40 246 0 246"/>
				<path d="M183 181 C190 173 199 166 212 166"/>
			</g>
			<text x="132" y="226" font-family="{$font.drawing}" font-size="40" font-weight="900" text-anchor="middle" fill="{$colour.ink}"><xsl:value-of select="$number"/></text>
		</svg>
	</xsl:template>

</xsl:stylesheet>
