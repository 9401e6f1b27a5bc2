<?xml version="1.0" encoding="UTF-8"?>
<!-- Overviews of what was counted (matrix, voices; src/document/document.h has their shape): the words for columns and rows, a drawing, and that
     drawing in words. A unit of the drawing is a millimetre. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.w3.org/2000/svg"
	xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

	<!-- Which of the house style's colours series-1 to series-6 a column has; those without a kind take them in order. -->
	<xsl:variable name="series-table">
		<series xmlns="" kind="helping" number="1"/><series xmlns="" kind="not-helping" number="2"/><series xmlns="" kind="neither" number="5"/>
		<series xmlns="" kind="youth" number="2"/><series xmlns="" kind="parents" number="3"/><series xmlns="" kind="family" number="4"/>
		<series xmlns="" kind="professionals" number="1"/><series xmlns="" kind="researchers" number="6"/>
	</xsl:variable>
	<xsl:variable name="series" select="exsl:node-set($series-table)/series"/>
	<!-- of each " number=colour" -->
	<xsl:variable name="series-colours">
		<xsl:for-each select="$house/colours/colour[starts-with(@name, 'series-')]"><xsl:value-of select="concat(' ', substring-after(@name, '-'), '=', @value)"/></xsl:for-each>
		<xsl:text> </xsl:text>
	</xsl:variable>

	<!-- The name of the current column. -->
	<xsl:template match="column" mode="overview-name">
		<xsl:value-of select="@title"/>
		<xsl:if test="not(@title) and @kind"><xsl:call-template name="label"><xsl:with-param name="name" select="concat('count-', @kind)"/></xsl:call-template></xsl:if>
		<xsl:if test="not(@title) and not(@kind)"><xsl:value-of select="@ref"/></xsl:if>
	</xsl:template>
	<xsl:template match="row" mode="overview-name">
		<xsl:choose>
			<xsl:when test="@title"><xsl:value-of select="@title"/></xsl:when>
			<xsl:when test="@kind = 'opening'"><xsl:call-template name="label"><xsl:with-param name="name">opening</xsl:with-param></xsl:call-template></xsl:when>
			<xsl:otherwise><xsl:value-of select="@ref"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>
	<xsl:template match="total" mode="overview-name"><xsl:call-template name="label"><xsl:with-param name="name">in-all</xsl:with-param></xsl:call-template></xsl:template>

	<!-- What the rows are. -->
	<xsl:template match="matrix" mode="overview-rows"><xsl:call-template name="label"><xsl:with-param name="name">thread</xsl:with-param></xsl:call-template></xsl:template>
	<xsl:template match="voices" mode="overview-rows"><xsl:call-template name="label"><xsl:with-param name="name">chapter</xsl:with-param></xsl:call-template></xsl:template>

	<!-- The caption of the current overview. -->
	<xsl:template match="matrix | voices" mode="overview-caption">
		<xsl:variable name="by" select="concat(@by, substring('case', 1, 4 * not(@by)))"/>
		<xsl:choose>
			<xsl:when test="self::voices"><xsl:call-template name="label"><xsl:with-param name="name">voices-caption</xsl:with-param></xsl:call-template></xsl:when>
			<xsl:otherwise><xsl:call-template name="label"><xsl:with-param name="name" select="concat('matrix-', $by)"/></xsl:call-template></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- "1 woord", "24 woorden" -->
	<xsl:template name="counted">
		<xsl:param name="count"/>
		<xsl:param name="one"/>
		<xsl:param name="more"/>
		<xsl:value-of select="$count"/>
		<xsl:text>&#160;</xsl:text>
		<xsl:choose>
			<xsl:when test="$count = 1"><xsl:call-template name="label"><xsl:with-param name="name" select="$one"/></xsl:call-template></xsl:when>
			<xsl:otherwise><xsl:call-template name="label"><xsl:with-param name="name" select="$more"/></xsl:call-template></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- The current overview as a bar for every row, in the colours of its columns, and a legend: of the matrix as long as there are quotes, of the
	     voices always as long, for the share of the words each has. -->
	<xsl:template name="svg-overview">
		<xsl:variable name="rows" select="row[cell/@quotes > 0] | total[parent::voices]"/>
		<xsl:variable name="left" select="50"/>
		<xsl:variable name="width" select="62"/>
		<xsl:variable name="sums"><xsl:for-each select="$rows"><sum xmlns="" value="{sum(cell/@quotes)}"/></xsl:for-each></xsl:variable>
		<xsl:variable name="most"><xsl:call-template name="largest"><xsl:with-param name="of" select="exsl:node-set($sums)/sum/@value"/></xsl:call-template></xsl:variable>
		<xsl:variable name="bottom" select="6 * count($rows) + 3"/>
		<!-- the legend: three to a row, two where a name is long -->
		<xsl:variable name="names"><xsl:for-each select="column"><name xmlns=""><xsl:apply-templates select="." mode="overview-name"/></name></xsl:for-each></xsl:variable>
		<xsl:variable name="across" select="3 - boolean(exsl:node-set($names)/name[string-length() > 24])"/>
		<xsl:variable name="height" select="$bottom + 4.6 * ceiling(count(column) div $across)"/>
		<svg width="122mm" height="{$height}mm" viewBox="0 0 122 {$height}">
			<xsl:for-each select="$rows">
				<xsl:variable name="y" select="6 * (position() - 1)"/>
				<xsl:variable name="name"><xsl:apply-templates select="." mode="overview-name"/></xsl:variable>
				<text x="0" y="{$y + 3.2}" font-family="{$font.drawing}" font-size="2.7" fill="{$colour.ink}">
					<xsl:if test="self::total"><xsl:attribute name="font-weight">700</xsl:attribute></xsl:if>
					<xsl:value-of select="concat(substring($name, 1, 37), substring('…', 1, string-length($name) > 37))"/>
				</text>
				<xsl:call-template name="overview-bar">
					<xsl:with-param name="cells" select="cell"/>
					<xsl:with-param name="x" select="$left"/>
					<xsl:with-param name="y" select="$y + 0.5"/>
					<xsl:with-param name="unit" select="$width div ($most * boolean(parent::matrix) + sum(cell/@words) * boolean(parent::voices))"/>
					<xsl:with-param name="words" select="boolean(parent::voices)"/>
				</xsl:call-template>
				<text x="122" y="{$y + 3.2}" font-family="{$font.drawing}" font-size="2.5" text-anchor="end" fill="{$colour.grey}"><xsl:value-of select="@quotes"/></text>
			</xsl:for-each>
			<xsl:for-each select="column">
				<xsl:variable name="x" select="122 div $across * ((position() - 1) mod $across)"/>
				<xsl:variable name="y" select="$bottom + 4.6 * floor((position() - 1) div $across)"/>
				<xsl:variable name="colour"><xsl:call-template name="overview-colour"><xsl:with-param name="column" select="."/></xsl:call-template></xsl:variable>
				<xsl:variable name="name"><xsl:apply-templates select="." mode="overview-name"/></xsl:variable>
				<rect x="{$x}" y="{$y}" width="2.6" height="2.6" fill="{$colour}"/>
				<text x="{$x + 3.8}" y="{$y + 2.2}" font-family="{$font.drawing}" font-size="2.5" fill="{$colour.grey}">
					<xsl:value-of select="concat(substring($name, 1, 42), substring('…', 1, string-length($name) > 42))"/>
				</text>
			</xsl:for-each>
		</svg>
	</xsl:template>

	<!-- One cell after the other, each as long as its quotes (words: its words) in units, with a little white between. -->
	<xsl:template name="overview-bar">
		<xsl:param name="cells"/>
		<xsl:param name="x"/>
		<xsl:param name="y"/>
		<xsl:param name="unit"/>
		<xsl:param name="words"/>
		<xsl:if test="$cells">
			<xsl:variable name="length" select="$unit * ($cells[1]/@words * $words + $cells[1]/@quotes * not($words))"/>
			<xsl:if test="$length > 0.4">
				<xsl:variable name="place" select="count($cells[1]/preceding-sibling::cell) + 1"/>
				<xsl:variable name="colour"><xsl:call-template name="overview-colour"><xsl:with-param name="column" select="$cells[1]/../../column[$place]"/></xsl:call-template></xsl:variable>
				<rect x="{format-number($x, '0.##')}" y="{$y}" width="{format-number($length - 0.3, '0.##')}" height="3.6" fill="{$colour}"/>
			</xsl:if>
			<xsl:call-template name="overview-bar">
				<xsl:with-param name="cells" select="$cells[position() > 1]"/>
				<xsl:with-param name="x" select="$x + $length"/>
				<xsl:with-param name="y" select="$y"/>
				<xsl:with-param name="unit" select="$unit"/>
				<xsl:with-param name="words" select="$words"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<xsl:template name="overview-colour">
		<xsl:param name="column"/>
		<xsl:variable name="own" select="$series[@kind = $column/@kind]/@number"/>
		<xsl:variable name="number">
			<xsl:choose>
				<xsl:when test="$own"><xsl:value-of select="$own"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="count($column/preceding-sibling::column) mod 6 + 1"/></xsl:otherwise>
			</xsl:choose>
		</xsl:variable>
		<xsl:value-of select="substring-before(substring-after($series-colours, concat(' ', $number, '=')), ' ')"/>
	</xsl:template>

	<xsl:template name="largest">
		<xsl:param name="of"/>
		<xsl:for-each select="$of">
			<xsl:sort select="." data-type="number" order="descending"/>
			<xsl:if test="position() = 1"><xsl:value-of select="."/></xsl:if>
		</xsl:for-each>
	</xsl:template>

	<!-- The current overview's drawing in words: "Vertragen: 25 citaten (wat hielp 13, wat niet hielp 12)". -->
	<xsl:template name="overview-words">
		<xsl:apply-templates select="." mode="overview-caption"/>
		<xsl:text> </xsl:text>
		<xsl:for-each select="row | total[parent::voices]">
			<xsl:if test="position() > 1">; </xsl:if>
			<xsl:apply-templates select="." mode="overview-name"/>
			<xsl:text>: </xsl:text>
			<xsl:call-template name="counted">
				<xsl:with-param name="count" select="@quotes"/>
				<xsl:with-param name="one">quote-one</xsl:with-param>
				<xsl:with-param name="more">quote-more</xsl:with-param>
			</xsl:call-template>
			<xsl:if test="cell[@quotes > 0]">
				<xsl:text> (</xsl:text>
				<xsl:for-each select="cell[@quotes > 0]">
					<xsl:variable name="place" select="count(preceding-sibling::cell) + 1"/>
					<xsl:if test="position() > 1">, </xsl:if>
					<xsl:apply-templates select="../../column[$place]" mode="overview-name"/>
					<xsl:text> </xsl:text>
					<xsl:value-of select="@quotes"/>
				</xsl:for-each>
				<xsl:text>)</xsl:text>
			</xsl:if>
		</xsl:for-each>
		<xsl:text>.</xsl:text>
	</xsl:template>

</xsl:stylesheet>
