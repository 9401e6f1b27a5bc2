<?xml version="1.0" encoding="UTF-8"?>
<!-- Drawings made from data and from the house style, as SVG that every output can take in: basic shapes, text, presentation attributes; a
     unit is a millimetre. Each template writes one <svg>; what goes around it (alternative text, size) is the output's own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.w3.org/2000/svg"
	xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

	<xsl:variable name="font.drawing" select="string($fonts[@name = 'head']/@family)"/>

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
	</xsl:variable>
	<xsl:variable name="ways" select="exsl:node-set($ways-table)/way"/>

	<!-- The current rotonde: its ring with its number, a way for every exit (the first six) with a letter, the one taken in the warm colour.
	     size: width and height. -->
	<xsl:template name="svg-rotonde">
		<xsl:param name="size" select="'17mm'"/>
		<xsl:variable name="n" select="count(exit[position() &lt;= 6])"/>
		<xsl:variable name="taken" select="count(exit[@taken = 'yes'][1]/preceding-sibling::exit) + 1"/>
		<svg width="{$size}" height="{$size}" viewBox="-13 -13 26 26">
			<g stroke="{$colour.rule}" stroke-width="2.6" fill="none">
				<line x1="0" y1="6" x2="0" y2="12.4"/>
				<xsl:for-each select="$ways[@n = $n]"><line x1="{6 * @x}" y1="{6 * @y}" x2="{9.3 * @x}" y2="{9.3 * @y}"/></xsl:for-each>
				<circle cx="0" cy="0" r="6"/>
			</g>
			<xsl:if test="exit[@taken = 'yes']">
				<xsl:for-each select="$ways[@n = $n][@i = $taken]">
					<path d="M0 12.4 L0 6 A6 6 0 {@far} 0 {6 * @x} {6 * @y} L{9.3 * @x} {9.3 * @y}" stroke="{$colour.warm}" stroke-width="2.6" stroke-linejoin="round" fill="none"/>
				</xsl:for-each>
			</xsl:if>
			<g font-family="{$font.drawing}" text-anchor="middle" fill="{$colour.dark}">
				<text x="0" y="1.9" font-size="5.4" font-weight="700"><xsl:value-of select="@number"/></text>
				<xsl:for-each select="$ways[@n = $n]">
					<text x="{11.4 * @x}" y="{11.2 * @y + 1.2}" font-size="3.6"><xsl:value-of select="substring('abcdef', @i, 1)"/></text>
				</xsl:for-each>
			</g>
		</svg>
	</xsl:template>

	<!-- A small ring, in place of a chapter's number. -->
	<xsl:template name="svg-ring">
		<xsl:param name="size" select="'7mm'"/>
		<svg width="{$size}" height="{$size}" viewBox="0 0 7 7"><circle cx="3.5" cy="3.5" r="2.6" fill="none" stroke="{$colour.dark}" stroke-width="1.4"/></svg>
	</xsl:template>

	<!-- ================ large drawings ================ -->

	<!-- A roundabout as wide as an A4 page and four ways, one of them warm: a cover without a picture. -->
	<xsl:template name="svg-roundabout">
		<svg width="210mm" height="150mm" viewBox="0 0 210 150">
			<g fill="none" stroke="{$colour.dark-soft}" stroke-width="26">
				<circle cx="112" cy="72" r="48"/>
				<path d="M112 120 V150"/>
				<path d="M64 78 C40 84 30 104 0 104"/>
				<path d="M98 26 C94 14 92 8 92 0"/>
				<path d="M156 54 C172 42 188 36 210 36"/>
			</g>
			<circle cx="112" cy="72" r="48" fill="none" stroke="{$colour.tint}" stroke-width="1" stroke-dasharray="7 7"/>
			<path d="M118 150 V122 C140 118 160 100 160 72 C160 54 180 36 210 36" fill="none" stroke="{$colour.warm}" stroke-width="4.5"/>
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
				<path d="M180 184 C192 172 200 168 210 166"/>
			</g>
			<g fill="none" stroke="{$colour.paper}" stroke-width="1.2" stroke-dasharray="8 8">
				<circle cx="132" cy="212" r="55"/>
				<path d="M132 271 V297"/>
				<path d="M72 217 C50 222 40 246 0 246"/>
				<path d="M185 180 C194 171 201 168 210 166"/>
			</g>
			<text x="132" y="226" font-family="{$font.drawing}" font-size="40" font-weight="900" text-anchor="middle" fill="{$colour.ink}"><xsl:value-of select="$number"/></text>
		</svg>
	</xsl:template>

	<!-- ================ the timeline of care ================ -->

	<!-- Of the current case: a bar for every period, rotondes as numbered discs above with a line down. end: when periods without an end stop. -->
	<xsl:template name="svg-timeline">
		<xsl:param name="end"/>
		<xsl:variable name="periods-sorted">
			<xsl:for-each select="care/period">
				<xsl:sort select="@from"/>
				<period xmlns="" kind="{@kind}" label="{normalize-space(title)}">
					<xsl:attribute name="from"><xsl:call-template name="months"><xsl:with-param name="date" select="@from"/></xsl:call-template></xsl:attribute>
					<xsl:attribute name="to">
						<xsl:call-template name="months">
							<xsl:with-param name="date" select="concat(@to, substring($end, 1, 7 * not(@to)))"/>
							<xsl:with-param name="last" select="true()"/>
						</xsl:call-template>
					</xsl:attribute>
				</period>
			</xsl:for-each>
		</xsl:variable>
		<xsl:variable name="rotondes-sorted">
			<xsl:for-each select="rotonde">
				<xsl:sort select="@when"/>
				<rotonde xmlns="" number="{@number}">
					<xsl:attribute name="at"><xsl:call-template name="months"><xsl:with-param name="date" select="@when"/></xsl:call-template></xsl:attribute>
				</rotonde>
			</xsl:for-each>
		</xsl:variable>
		<xsl:variable name="periods" select="exsl:node-set($periods-sorted)/period"/>
		<xsl:variable name="rotondes" select="exsl:node-set($rotondes-sorted)/rotonde"/>
		<xsl:variable name="first"><xsl:call-template name="extreme"><xsl:with-param name="of" select="$periods/@from | $rotondes/@at"/></xsl:call-template></xsl:variable>
		<xsl:variable name="last">
			<xsl:call-template name="extreme"><xsl:with-param name="of" select="$periods/@to | $rotondes/@at"/><xsl:with-param name="order">descending</xsl:with-param></xsl:call-template>
		</xsl:variable>
		<xsl:variable name="year" select="floor($first div 12)"/>
		<xsl:variable name="years" select="ceiling(($last + 1) div 12) - $year"/>
		<xsl:variable name="left" select="48"/>
		<xsl:variable name="month" select="(144 - $left) div ($years * 12)"/>
		<xsl:variable name="top" select="11"/>
		<xsl:variable name="bottom" select="$top + 6 * count($periods) + 1"/>
		<xsl:variable name="height" select="$bottom + 10.5"/>
		<svg width="144mm" height="{$height}mm" viewBox="0 0 144 {$height}">
			<xsl:call-template name="timeline-years">
				<xsl:with-param name="year" select="$year"/>
				<xsl:with-param name="left" select="$left"/>
				<xsl:with-param name="width" select="12 * $month"/>
				<xsl:with-param name="count" select="$years"/>
				<xsl:with-param name="top" select="$top"/>
				<xsl:with-param name="bottom" select="$bottom"/>
			</xsl:call-template>
			<xsl:call-template name="timeline-lines">
				<xsl:with-param name="rotondes" select="$rotondes"/>
				<xsl:with-param name="left" select="$left"/>
				<xsl:with-param name="month" select="$month"/>
				<xsl:with-param name="start" select="$year * 12"/>
				<xsl:with-param name="bottom" select="$bottom"/>
			</xsl:call-template>
			<xsl:for-each select="$periods">
				<xsl:variable name="y" select="$top + 6 * (position() - 1)"/>
				<rect x="{$left + (@from - 12 * $year) * $month}" y="{$y + 1.1}" width="{(@to - @from) * $month}" height="3.8" stroke="{$house/colours/colour[@name = 'care-edge']/@value}"
					stroke-width="0.25" fill="{$house/colours/colour[@name = concat('care-', current()/@kind)]/@value}"/>
				<text x="0" y="{$y + 3.9}" font-family="{$font.drawing}" font-size="2.7" fill="{$colour.ink}"><xsl:value-of select="@label"/></text>
			</xsl:for-each>
			<xsl:call-template name="timeline-discs">
				<xsl:with-param name="rotondes" select="$rotondes"/>
				<xsl:with-param name="left" select="$left"/>
				<xsl:with-param name="month" select="$month"/>
				<xsl:with-param name="start" select="$year * 12"/>
			</xsl:call-template>
			<xsl:for-each select="care/period[not(@kind = preceding-sibling::period/@kind)]">
				<xsl:variable name="x" select="20.5 * (position() - 1)"/>
				<xsl:variable name="y" select="$bottom + 7"/>
				<rect x="{$x}" y="{$y}" width="2.6" height="2.6" stroke="{$house/colours/colour[@name = 'care-edge']/@value}" stroke-width="0.25"
					fill="{$house/colours/colour[@name = concat('care-', current()/@kind)]/@value}"/>
				<text x="{$x + 3.8}" y="{$y + 2.2}" font-family="{$font.drawing}" font-size="2.5" fill="{$colour.grey}">
					<xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template>
				</text>
			</xsl:for-each>
		</svg>
	</xsl:template>

	<!-- Months since the year 0. last: the end of what the date names, else its beginning. -->
	<xsl:template name="months">
		<xsl:param name="date"/>
		<xsl:param name="last" select="false()"/>
		<xsl:variable name="month" select="substring($date, 6, 2)"/>
		<xsl:choose>
			<xsl:when test="$month"><xsl:value-of select="12 * substring($date, 1, 4) + $month - 1 + $last"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="12 * substring($date, 1, 4) + 12 * $last"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template name="extreme">
		<xsl:param name="of"/>
		<xsl:param name="order">ascending</xsl:param>
		<xsl:for-each select="$of">
			<xsl:sort select="." data-type="number" order="{$order}"/>
			<xsl:if test="position() = 1"><xsl:value-of select="."/></xsl:if>
		</xsl:for-each>
	</xsl:template>

	<!-- A fine line where each year begins, and its number below. -->
	<xsl:template name="timeline-years">
		<xsl:param name="year"/>
		<xsl:param name="left"/>
		<xsl:param name="width"/>
		<xsl:param name="count"/>
		<xsl:param name="top"/>
		<xsl:param name="bottom"/>
		<line x1="{$left}" y1="{$top}" x2="{$left}" y2="{$bottom + 1}" stroke="{$colour.rule}" stroke-width="0.18"/>
		<xsl:if test="$count > 0">
			<text x="{$left + 0.8}" y="{$bottom + 3.2}" font-family="{$font.drawing}" font-size="2.5" fill="{$colour.grey}"><xsl:value-of select="$year"/></text>
			<xsl:call-template name="timeline-years">
				<xsl:with-param name="year" select="$year + 1"/>
				<xsl:with-param name="left" select="$left + $width"/>
				<xsl:with-param name="width" select="$width"/>
				<xsl:with-param name="count" select="$count - 1"/>
				<xsl:with-param name="top" select="$top"/>
				<xsl:with-param name="bottom" select="$bottom"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<xsl:template name="timeline-lines">
		<xsl:param name="rotondes"/>
		<xsl:param name="left"/>
		<xsl:param name="month"/>
		<xsl:param name="start"/>
		<xsl:param name="bottom"/>
		<xsl:for-each select="$rotondes">
			<xsl:variable name="x" select="$left + (@at - $start + 0.5) * $month"/>
			<line x1="{$x}" y1="4" x2="{$x}" y2="{$bottom}" stroke="{$colour.ink}" stroke-width="0.22" stroke-dasharray="0.7 0.9"/>
		</xsl:for-each>
	</xsl:template>

	<!-- Discs that would touch stand on two heights. low: where the last disc of the lower row stands, high: of the upper. -->
	<xsl:template name="timeline-discs">
		<xsl:param name="rotondes"/>
		<xsl:param name="left"/>
		<xsl:param name="month"/>
		<xsl:param name="start"/>
		<xsl:param name="low" select="-99"/>
		<xsl:param name="high" select="-99"/>
		<xsl:if test="$rotondes">
			<xsl:variable name="x" select="$left + ($rotondes[1]/@at - $start + 0.5) * $month"/>
			<xsl:variable name="up" select="$x - $low &lt; 4.6 and $x - $high > $x - $low"/>
			<xsl:variable name="y" select="8 - 5 * $up"/>
			<circle cx="{$x}" cy="{$y}" r="2.2" fill="{$colour.warm}" stroke="{$colour.paper}" stroke-width="0.3"/>
			<text x="{$x}" y="{$y + 0.95}" font-family="{$font.drawing}" font-size="2.7" font-weight="700" text-anchor="middle" fill="{$colour.dark}"><xsl:value-of select="$rotondes[1]/@number"/></text>
			<xsl:call-template name="timeline-discs">
				<xsl:with-param name="rotondes" select="$rotondes[position() > 1]"/>
				<xsl:with-param name="left" select="$left"/>
				<xsl:with-param name="month" select="$month"/>
				<xsl:with-param name="start" select="$start"/>
				<xsl:with-param name="low" select="$low * $up + $x * not($up)"/>
				<xsl:with-param name="high" select="$high * not($up) + $x * $up"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- The current case's timeline in words, for those who cannot see it. -->
	<xsl:template name="timeline-words">
		<xsl:call-template name="label"><xsl:with-param name="name">timeline</xsl:with-param></xsl:call-template>
		<xsl:text>: </xsl:text>
		<xsl:for-each select="care/period">
			<xsl:sort select="@from"/>
			<xsl:if test="position() > 1">; </xsl:if>
			<xsl:value-of select="normalize-space(title)"/>
			<xsl:text>, </xsl:text>
			<xsl:call-template name="date"><xsl:with-param name="date" select="@from"/></xsl:call-template>
			<xsl:if test="@to">
				<xsl:text> </xsl:text>
				<xsl:call-template name="label"><xsl:with-param name="name">to</xsl:with-param></xsl:call-template>
				<xsl:text> </xsl:text>
				<xsl:call-template name="date"><xsl:with-param name="date" select="@to"/></xsl:call-template>
			</xsl:if>
		</xsl:for-each>
		<xsl:text>. </xsl:text>
		<xsl:if test="rotonde">
			<xsl:call-template name="label"><xsl:with-param name="name">rotondes</xsl:with-param></xsl:call-template>
			<xsl:text>: </xsl:text>
			<xsl:for-each select="rotonde">
				<xsl:if test="position() > 1">; </xsl:if>
				<xsl:value-of select="@number"/>
				<xsl:text>, </xsl:text>
				<xsl:value-of select="normalize-space(title)"/>
				<xsl:text>, </xsl:text>
				<xsl:call-template name="date"><xsl:with-param name="date" select="@when"/></xsl:call-template>
			</xsl:for-each>
			<xsl:text>.</xsl:text>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
