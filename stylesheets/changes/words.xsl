<?xml version="1.0" encoding="UTF-8"?>
<!-- The words of a change report, the same on the web page and in print. Input: src/changes/changes.h. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

	<!-- "sinds samen-verder-kijken/1, 10 april 2025": of the current summary. -->
	<xsl:template name="changes-span">
		<xsl:call-template name="label"><xsl:with-param name="name">changes-since</xsl:with-param></xsl:call-template>
		<xsl:value-of select="concat(' ', @from, ', ')"/>
		<xsl:call-template name="date"><xsl:with-param name="date" select="@from-date"/></xsl:call-template>
		<xsl:if test="@to">
			<xsl:text> </xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name">changes-until</xsl:with-param></xsl:call-template>
			<xsl:value-of select="concat(' ', @to)"/>
		</xsl:if>
	</xsl:template>

	<!-- "Hoofdstuk, veranderd, 3 woorden erbij, 6 woorden weg": of the current entry. -->
	<xsl:template name="entry-facts">
		<xsl:call-template name="label"><xsl:with-param name="name"><xsl:choose><xsl:when test="@kind = 'imprint'">colophon</xsl:when><xsl:otherwise><xsl:value-of select="@kind"/></xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
		<xsl:text>, </xsl:text>
		<xsl:call-template name="label"><xsl:with-param name="name" select="concat('change-', @change)"/></xsl:call-template>
		<xsl:if test="@words-new > 0">
			<xsl:value-of select="concat(', ', @words-new, ' ')"/>
			<xsl:call-template name="label"><xsl:with-param name="name">words-new</xsl:with-param></xsl:call-template>
		</xsl:if>
		<xsl:if test="@words-withdrawn > 0">
			<xsl:value-of select="concat(', ', @words-withdrawn, ' ')"/>
			<xsl:call-template name="label"><xsl:with-param name="name">words-withdrawn</xsl:with-param></xsl:call-template>
		</xsl:if>
		<xsl:if test="@facts">
			<xsl:text>, </xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name">facts-changed</xsl:with-param></xsl:call-template>
		</xsl:if>
		<xsl:if test="@picture">
			<xsl:text>, </xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name">picture-replaced</xsl:with-param></xsl:call-template>
		</xsl:if>
		<xsl:if test="@was">
			<xsl:text>, </xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name">title-was</xsl:with-param></xsl:call-template>
			<xsl:value-of select="concat(' ', @was)"/>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
