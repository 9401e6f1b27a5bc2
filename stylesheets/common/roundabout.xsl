<?xml version="1.0" encoding="UTF-8"?>
<!-- The current rotonde as a whole drawing: the ring, a road to every exit, the exits' own words at the end of the roads, the road that was taken in the
     warm colour, with what came of it. One drives in from below and round against the clock: exits stand from the lower right upwards, then from the
     upper left down. All measures follow from the size of the letters. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.w3.org/2000/svg"
	xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

	<!-- Where the roads of one side leave the ring when there are n of them: unit vectors, from the lowest to the highest, on the right-hand side. -->
	<xsl:variable name="roads-table">
		<road xmlns="" n="1" i="1" x="0.94" y="-0.342"/>
		<road xmlns="" n="2" i="1" x="0.819" y="0.574"/><road xmlns="" n="2" i="2" x="0.819" y="-0.574"/>
		<road xmlns="" n="3" i="1" x="0.707" y="0.707"/><road xmlns="" n="3" i="2" x="1" y="0"/><road xmlns="" n="3" i="3" x="0.707" y="-0.707"/>
		<road xmlns="" n="4" i="1" x="0.574" y="0.819"/><road xmlns="" n="4" i="2" x="0.951" y="0.309"/>
		<road xmlns="" n="4" i="3" x="0.951" y="-0.309"/><road xmlns="" n="4" i="4" x="0.574" y="-0.819"/>
	</xsl:variable>
	<xsl:variable name="roads" select="exsl:node-set($roads-table)/road"/>
	<xsl:variable name="letters">abcdefghijklmnopqrstuvwxyz</xsl:variable>

	<!-- Measures as multiples of the size of the letters. -->
	<xsl:variable name="ring-radius" select="4"/>
	<xsl:variable name="ring-road" select="2.1"/>
	<xsl:variable name="ring-reach" select="8.6"/>  <!-- from the middle to the letters -->
	<xsl:variable name="ring-words" select="1.8"/>  <!-- from a letter to the words -->
	<xsl:variable name="ring-leading" select="1.28"/>
	<xsl:variable name="ring-gap" select="1.3"/>    <!-- between exits -->
	<!-- Onto the ring and off it one drives in a bend, of 16 degrees of the ring. -->
	<xsl:variable name="bend-sine" select="0.276"/>
	<xsl:variable name="bend-cosine" select="0.961"/>
	<xsl:variable name="bend-reach" select="0.22"/>

	<!-- width: of the drawing, in millimetres; size: of the letters. -->
	<xsl:template name="svg-rotonde-whole">
		<xsl:param name="width" select="144"/>
		<xsl:param name="size" select="$drawing-size"/>
		<xsl:variable name="exits-laid">
			<xsl:call-template name="exit-blocks">
				<xsl:with-param name="width" select="$width div 2 - ($ring-reach + $ring-words) * $size"/>
				<xsl:with-param name="size" select="$size"/>
			</xsl:call-template>
		</xsl:variable>
		<xsl:variable name="blocks" select="exsl:node-set($exits-laid)/exit"/>
		<xsl:variable name="column-right" select="sum($blocks[@side = 1]/@height) + $ring-gap * $size * (count($blocks[@side = 1]) - 1)"/>
		<xsl:variable name="column-left" select="sum($blocks[@side = -1]/@height) + $ring-gap * $size * (count($blocks[@side = -1]) - 1)"/>
		<xsl:variable name="least" select="(2 * $ring-radius + $ring-road + 3.4) * $size"/>
		<xsl:variable name="height"><xsl:call-template name="most">
			<xsl:with-param name="a" select="$least"/>
			<xsl:with-param name="b" select="$size + $column-right * ($column-right > $column-left) + $column-left * ($column-right &lt;= $column-left)"/>
		</xsl:call-template></xsl:variable>
		<!-- the middle of the ring is the drawing's origin -->
		<svg width="{$width}mm" height="{$height}mm" viewBox="{-$width div 2} {-$height div 2} {$width} {$height}">
			<xsl:variable name="placed">
				<xsl:for-each select="$blocks">
					<exit xmlns="">
						<xsl:copy-of select="@*"/>
						<xsl:attribute name="top">
							<xsl:choose>
								<xsl:when test="@side = 1"><xsl:value-of select="-$column-right div 2 + sum(following-sibling::exit[@side = 1]/@height) + $ring-gap * $size * count(following-sibling::exit[@side = 1])"/></xsl:when>
								<xsl:otherwise><xsl:value-of select="-$column-left div 2 + sum(preceding-sibling::exit[@side = -1]/@height) + $ring-gap * $size * count(preceding-sibling::exit[@side = -1])"/></xsl:otherwise>
							</xsl:choose>
						</xsl:attribute>
						<xsl:copy-of select="*"/>
					</exit>
				</xsl:for-each>
			</xsl:variable>
			<xsl:variable name="exits" select="exsl:node-set($placed)/exit"/>
			<g fill="none" stroke="{$colour.rule}" stroke-width="{$ring-road * $size}">
				<path d="M0 {$height div 2} V{$ring-radius * $size}"/>
				<xsl:apply-templates select="$exits" mode="road"><xsl:with-param name="size" select="$size"/></xsl:apply-templates>
				<circle cx="0" cy="0" r="{$ring-radius * $size}"/>
			</g>
			<circle cx="0" cy="0" r="{$ring-radius * $size}" fill="none" stroke="{$colour.paper}" stroke-width="{0.12 * $size}" stroke-dasharray="{0.8 * $size} {0.8 * $size}"/>
			<xsl:apply-templates select="$exits[@taken]" mode="road">
				<xsl:with-param name="size" select="$size"/>
				<xsl:with-param name="from" select="$height div 2"/>
			</xsl:apply-templates>
			<text x="0" y="{1.25 * $size}" font-family="{$font.head}" font-size="{3.6 * $size}" font-weight="900" text-anchor="middle" fill="{$colour.dark}"><xsl:value-of select="@number"/></text>
			<xsl:apply-templates select="$exits" mode="exit-words"><xsl:with-param name="size" select="$size"/></xsl:apply-templates>
		</svg>
	</xsl:template>

	<!-- An element exit(@n @side @of @i @height @taken? line* at*) for each: side 1 right, -1 left; the i-th of so many on its side, from below. -->
	<xsl:template name="exit-blocks">
		<xsl:param name="width"/>
		<xsl:param name="size"/>
		<xsl:variable name="right" select="ceiling(count(exit) div 2)"/>
		<xsl:variable name="left" select="count(exit) - $right"/>
		<xsl:for-each select="exit">
			<xsl:variable name="n" select="position()"/>
			<xsl:variable name="own"><xsl:apply-templates mode="plain"/></xsl:variable>
			<xsl:variable name="lines">
				<xsl:call-template name="wrap">
					<xsl:with-param name="words" select="string($own)"/>
					<xsl:with-param name="size" select="$size"/>
					<xsl:with-param name="bold" select="@taken = 'yes'"/>
					<xsl:with-param name="width" select="$width"/>
				</xsl:call-template>
			</xsl:variable>
			<xsl:variable name="after">
				<xsl:call-template name="wrap">
					<xsl:with-param name="words" select="@at"/>
					<xsl:with-param name="size" select="$size"/>
					<xsl:with-param name="width" select="$width"/>
				</xsl:call-template>
			</xsl:variable>
			<xsl:variable name="count" select="count(exsl:node-set($lines)/line) + count(exsl:node-set($after)/line)"/>
			<xsl:variable name="wide"><xsl:call-template name="widest">
				<xsl:with-param name="lines" select="exsl:node-set($lines)/line"/>
				<xsl:with-param name="size" select="$size"/>
				<xsl:with-param name="bold" select="@taken = 'yes'"/>
			</xsl:call-template></xsl:variable>
			<xsl:variable name="wide-after"><xsl:call-template name="widest">
				<xsl:with-param name="lines" select="exsl:node-set($after)/line"/>
				<xsl:with-param name="size" select="$size"/>
			</xsl:call-template></xsl:variable>
			<xsl:variable name="widest"><xsl:call-template name="most">
				<xsl:with-param name="a" select="number(concat('0', $wide))"/>
				<xsl:with-param name="b" select="number(concat('0', $wide-after))"/>
			</xsl:call-template></xsl:variable>
			<exit xmlns="" n="{$n}" side="{1 - 2 * ($n > $right)}" of="{$right * ($n &lt;= $right) + $left * ($n > $right)}"
				i="{$n * ($n &lt;= $right) + ($right + $left + 1 - $n) * ($n > $right)}" height="{($count * $ring-leading + 0.35 * boolean(@at)) * $size}" width="{$widest}">
				<xsl:if test="@taken = 'yes'"><xsl:attribute name="taken">yes</xsl:attribute></xsl:if>
				<xsl:copy-of select="exsl:node-set($lines)/line"/>
				<xsl:for-each select="exsl:node-set($after)/line"><at><xsl:value-of select="."/></at></xsl:for-each>
			</exit>
		</xsl:for-each>
	</xsl:template>

	<!-- The road from the ring to the words. from: as it was driven, from there below the ring. -->
	<xsl:template match="exit" mode="road">
		<xsl:param name="size"/>
		<xsl:param name="from"/>
		<xsl:variable name="way" select="$roads[@n = current()/@of][@i = current()/@i] | $roads[@n = 1][not($roads[@n = current()/@of][@i = current()/@i])]"/>
		<xsl:variable name="x" select="$way/@x * @side * $size"/>
		<xsl:variable name="y" select="$way/@y * $size"/>
		<xsl:variable name="r" select="$ring-radius * $size"/>
		<xsl:variable name="end-x" select="@side * $ring-reach * $size"/>
		<xsl:variable name="end-y" select="@top + 0.62 * $size"/>
		<!-- one drives off along the ring: where the road begins, so much before its middle, and which way one faces there -->
		<xsl:variable name="off-x" select="$x * $bend-cosine - $y * $bend-sine"/>
		<xsl:variable name="off-y" select="$y * $bend-cosine + $x * $bend-sine"/>
		<xsl:variable name="off" select="concat($ring-radius * $off-x, ' ', $ring-radius * $off-y)"/>
		<xsl:variable name="curve" select="concat('C', $ring-radius * ($off-x + $bend-reach * ($off-y + $x)), ' ', $ring-radius * ($off-y + $bend-reach * ($y - $off-x)), ' ',
			$end-x - @side * 3.2 * $size, ' ', $end-y, ' ', $end-x, ' ', $end-y)"/>
		<xsl:choose>
			<xsl:when test="$from">
				<path fill="none" stroke="{$colour.warm}" stroke-width="{0.62 * $ring-road * $size}"
					d="M0 {$from} V{1.5 * $r} C0 {1.2 * $r} {0.12 * $r} {$r} {$bend-sine * $r} {$bend-cosine * $r} A{$r} {$r} 0 {number(@side = -1)} 0 {$off} {$curve}"/>
			</xsl:when>
			<xsl:otherwise><path d="M{$off} {$curve}"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- The letter at the road's end, the words beside it. -->
	<xsl:template match="exit" mode="exit-words">
		<xsl:param name="size"/>
		<xsl:variable name="x" select="@side * $ring-reach * $size"/>
		<xsl:variable name="start" select="$x + $ring-words * $size * (@side = 1) - ($ring-words * $size + @width) * (@side = -1)"/>
		<xsl:variable name="ground"><xsl:choose><xsl:when test="@taken"><xsl:value-of select="$colour.warm"/></xsl:when><xsl:otherwise><xsl:value-of select="$colour.paper"/></xsl:otherwise></xsl:choose></xsl:variable>
		<xsl:variable name="lines" select="count(line)"/>
		<circle cx="{$x}" cy="{@top + 0.62 * $size}" r="{1.05 * $size}" fill="{$ground}" stroke="{$colour.dark}" stroke-width="{0.13 * $size}"/>
		<text x="{$x}" y="{@top + 0.97 * $size}" font-family="{$font.head}" font-size="{$size}" font-weight="700" text-anchor="middle" fill="{$colour.dark}"><xsl:value-of select="substring($letters, @n, 1)"/></text>
		<xsl:for-each select="line">
			<text x="{$start}" y="{../@top + (0.97 + $ring-leading * (position() - 1)) * $size}" font-family="{$font.head}" font-size="{$size}" fill="{$colour.ink}">
				<xsl:if test="../@taken"><xsl:attribute name="font-weight">700</xsl:attribute></xsl:if>
				<xsl:value-of select="."/>
			</text>
		</xsl:for-each>
		<xsl:for-each select="at">
			<text x="{$start}" y="{../@top + (1.32 + $ring-leading * ($lines + position() - 1)) * $size}" font-family="{$font.head}" font-size="{$size}" fill="{$colour.grey}"><xsl:value-of select="."/></text>
		</xsl:for-each>
	</xsl:template>

	<xsl:template name="most">
		<xsl:param name="a"/>
		<xsl:param name="b"/>
		<xsl:value-of select="$a * ($a > $b) + $b * ($a &lt;= $b)"/>
	</xsl:template>

	<!-- What is known of the current rotonde: " · stagnatie: feitelijk en beleefd", on one line -->
	<xsl:template name="stagnation">
		<xsl:variable name="factual" select="contains(@stagnation, 'factual')"/>
		<xsl:variable name="experienced" select="contains(@stagnation, 'experienced')"/>
		<xsl:if test="$factual or $experienced">
			<xsl:text>&#160;· </xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name">stagnation</xsl:with-param></xsl:call-template>
			<xsl:text>:&#160;</xsl:text>
			<xsl:if test="$factual"><xsl:call-template name="label"><xsl:with-param name="name">factual</xsl:with-param></xsl:call-template></xsl:if>
			<xsl:if test="$factual and $experienced">
				<xsl:text>&#160;</xsl:text>
				<xsl:call-template name="label"><xsl:with-param name="name">and</xsl:with-param></xsl:call-template>
				<xsl:text>&#160;</xsl:text>
			</xsl:if>
			<xsl:if test="$experienced"><xsl:call-template name="label"><xsl:with-param name="name">experienced</xsl:with-param></xsl:call-template></xsl:if>
		</xsl:if>
	</xsl:template>

	<!-- " · bevestigd door Noor, Vader · prioriteit 3" -->
	<xsl:template name="confirmed">
		<xsl:if test="@confirmed">
			<xsl:text>&#160;· </xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name">confirmed-by</xsl:with-param></xsl:call-template>
			<xsl:text> </xsl:text>
			<xsl:value-of select="@confirmed"/>
		</xsl:if>
		<xsl:if test="@priority">
			<xsl:text>&#160;· </xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name">priority</xsl:with-param></xsl:call-template>
			<xsl:text>&#160;</xsl:text>
			<xsl:value-of select="@priority"/>
		</xsl:if>
	</xsl:template>

	<!-- The same in words. -->
	<xsl:template name="rotonde-words">
		<xsl:call-template name="label"><xsl:with-param name="name">rotonde</xsl:with-param></xsl:call-template>
		<xsl:text> </xsl:text>
		<xsl:value-of select="@number"/>
		<xsl:text>, </xsl:text>
		<xsl:call-template name="date"><xsl:with-param name="date" select="@when"/></xsl:call-template>
		<xsl:text>: </xsl:text>
		<xsl:apply-templates select="title/node()" mode="plain"/>
		<xsl:text>. </xsl:text>
		<xsl:call-template name="label"><xsl:with-param name="name">exits</xsl:with-param></xsl:call-template>
		<xsl:text>: </xsl:text>
		<xsl:for-each select="exit">
			<xsl:if test="position() > 1"> </xsl:if>
			<xsl:value-of select="substring($letters, position(), 1)"/>
			<xsl:if test="@taken = 'yes'">
				<xsl:text> (</xsl:text>
				<xsl:call-template name="label"><xsl:with-param name="name">taken</xsl:with-param></xsl:call-template>
				<xsl:text>)</xsl:text>
			</xsl:if>
			<xsl:text>: </xsl:text>
			<xsl:variable name="own"><xsl:apply-templates mode="plain"/></xsl:variable>
			<xsl:value-of select="normalize-space($own)"/>
			<xsl:if test="@at"><xsl:text> </xsl:text><xsl:value-of select="normalize-space(@at)"/></xsl:if>
		</xsl:for-each>
		<xsl:if test="@taken = 'none'">
			<xsl:text> </xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name">none-taken</xsl:with-param></xsl:call-template>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
