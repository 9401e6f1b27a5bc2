<?xml version="1.0" encoding="UTF-8"?>
<!-- Text in drawings, where nobody breaks lines for us: how wide words come out at most, and words as lines. The widths hold for the sans serifs of the
     house style and for those that stand in for them (the wider of Lato and Arial, rounded up; tests/diagrams measures what comes of it). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

	<!-- A measure of the house style ("7.6pt", "2.7mm") in millimetres. -->
	<xsl:template name="millimetres">
		<xsl:param name="measure"/>
		<xsl:variable name="unit" select="translate($measure, '-.0123456789', '')"/>
		<xsl:variable name="number" select="substring-before($measure, $unit)"/>
		<xsl:choose>
			<xsl:when test="$unit = 'mm'"><xsl:value-of select="$number"/></xsl:when>
			<xsl:when test="$unit = 'cm'"><xsl:value-of select="10 * $number"/></xsl:when>
			<xsl:when test="$unit = 'in'"><xsl:value-of select="25.4 * $number"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="25.4 * $number div 72"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- The width of words, at most, in the unit of size. -->
	<xsl:template name="text-width">
		<xsl:param name="words"/>
		<xsl:param name="size"/>
		<xsl:param name="bold" select="false()"/>
		<xsl:variable name="all" select="string-length($words)"/>
		<xsl:variable name="thin" select="$all - string-length(translate($words, 'ijlI,.:;!| &#8217;&#8216;', ''))"/>
		<xsl:variable name="slim" select="$all - string-length(translate($words, 'ftr()-/&#8220;&#8221;', ''))"/>
		<xsl:variable name="capital" select="$all - string-length(translate($words, 'ABCDEFGHJKLNOPQRSTUVXYZÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜ&amp;', ''))"/>
		<xsl:variable name="wide" select="$all - string-length(translate($words, 'mwMW&#8230;&#8212;@%', ''))"/>
		<xsl:value-of select="$size * (1 + 0.07 * $bold) * (0.29 * $thin + 0.385 * $slim + 0.75 * $capital + 0.93 * $wide
			+ 0.59 * ($all - $thin - $slim - $capital - $wide))"/>
	</xsl:template>

	<!-- Words as elements line, each at most so wide. A word that is wider than that is cut. -->
	<xsl:template name="wrap">
		<xsl:param name="words"/>
		<xsl:param name="size"/>
		<xsl:param name="bold" select="false()"/>
		<xsl:param name="width"/>
		<xsl:variable name="text" select="normalize-space($words)"/>
		<xsl:if test="$text">
			<xsl:variable name="line">
				<xsl:call-template name="first-line">
					<xsl:with-param name="words" select="$text"/>
					<xsl:with-param name="size" select="$size"/>
					<xsl:with-param name="bold" select="$bold"/>
					<xsl:with-param name="width" select="$width"/>
				</xsl:call-template>
			</xsl:variable>
			<xsl:variable name="cut" select="not(starts-with(concat($text, ' '), concat($line, ' ')))"/>
			<line xmlns=""><xsl:value-of select="$line"/><xsl:if test="$cut and substring($line, string-length($line)) != '-'">-</xsl:if></line>
			<xsl:call-template name="wrap">
				<xsl:with-param name="words" select="substring($text, string-length($line) + 1)"/>
				<xsl:with-param name="size" select="$size"/>
				<xsl:with-param name="bold" select="$bold"/>
				<xsl:with-param name="width" select="$width"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- As many of the words as fit. so-far: those that do, and taken, their width. -->
	<xsl:template name="first-line">
		<xsl:param name="words"/>
		<xsl:param name="size"/>
		<xsl:param name="bold"/>
		<xsl:param name="width"/>
		<xsl:param name="so-far"/>
		<xsl:param name="taken" select="0"/>
		<xsl:variable name="rest" select="substring($words, string-length($so-far) + 1 + boolean($so-far))"/>
		<xsl:variable name="next" select="concat(substring(' ', 1, boolean($so-far) + 0), substring-before(concat($rest, ' '), ' '))"/>
		<xsl:variable name="next-width"><xsl:call-template name="text-width">
			<xsl:with-param name="words" select="$next"/>
			<xsl:with-param name="size" select="$size"/>
			<xsl:with-param name="bold" select="$bold"/>
		</xsl:call-template></xsl:variable>
		<xsl:variable name="needs" select="$taken + $next-width"/>
		<xsl:choose>
			<xsl:when test="$rest and $needs &lt;= $width">
				<xsl:call-template name="first-line">
					<xsl:with-param name="words" select="$words"/>
					<xsl:with-param name="size" select="$size"/>
					<xsl:with-param name="bold" select="$bold"/>
					<xsl:with-param name="width" select="$width"/>
					<xsl:with-param name="so-far" select="concat($so-far, $next)"/>
					<xsl:with-param name="taken" select="$needs"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:when test="$so-far"><xsl:value-of select="$so-far"/></xsl:when>
			<xsl:otherwise>
				<xsl:variable name="fits" select="floor(string-length($next) * $width div $needs) - 2"/>
				<xsl:value-of select="substring($next, 1, $fits * ($fits &gt; 1) + ($fits &lt;= 1))"/>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- The widest of these lines (elements line), at most. -->
	<xsl:template name="widest">
		<xsl:param name="lines"/>
		<xsl:param name="size"/>
		<xsl:param name="bold" select="false()"/>
		<xsl:variable name="widths">
			<xsl:for-each select="$lines">
				<xsl:variable name="width"><xsl:call-template name="text-width">
					<xsl:with-param name="words" select="."/>
					<xsl:with-param name="size" select="$size"/>
					<xsl:with-param name="bold" select="$bold"/>
				</xsl:call-template></xsl:variable>
				<width xmlns="" is="{$width}"/>
			</xsl:for-each>
		</xsl:variable>
		<xsl:call-template name="extreme">
			<xsl:with-param name="of" xmlns:exsl="http://exslt.org/common" select="exsl:node-set($widths)/width/@is"/>
			<xsl:with-param name="order">descending</xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<xsl:template name="extreme">
		<xsl:param name="of"/>
		<xsl:param name="order">ascending</xsl:param>
		<xsl:for-each select="$of">
			<xsl:sort select="." data-type="number" order="{$order}"/>
			<xsl:if test="position() = 1"><xsl:value-of select="."/></xsl:if>
		</xsl:for-each>
	</xsl:template>

</xsl:stylesheet>
