<?xml version="1.0" encoding="UTF-8"?>
<!-- Words that a stylesheet adds to a publication, in the language of the place where they come to stand (xml:lang). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions" exclude-result-prefixes="r">

	<xsl:variable name="labels" select="document('labels.xml')"/>
	<xsl:key name="label" match="label" use="@name"/>

	<!-- The label of that name. A name that is not in labels.xml ends the build: a mistake in a stylesheet. -->
	<xsl:template name="label">
		<xsl:param name="name"/>
		<xsl:variable name="english" select="lang('en')"/>
		<xsl:for-each select="$labels"> <!-- a key looks in the document of the context -->
			<xsl:variable name="row" select="key('label', $name)"/>
			<xsl:choose>
				<xsl:when test="not($row)"><xsl:message terminate="yes">labels.xml: <xsl:value-of select="$name"/></xsl:message></xsl:when>
				<xsl:when test="$english"><xsl:value-of select="$row/@en"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="$row/@nl"/></xsl:otherwise>
			</xsl:choose>
		</xsl:for-each>
	</xsl:template>

	<!-- A date in words: "14 maart 2025", "maart 2025", "2025". date: ISO 8601. -->
	<xsl:template name="date">
		<xsl:param name="date" select="."/>
		<xsl:choose>
			<xsl:when test="not(function-available('r:format-date'))"><xsl:value-of select="$date"/></xsl:when>
			<xsl:when test="lang('en')"><xsl:value-of select="r:format-date(string($date), 'en')"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="r:format-date(string($date), 'nl')"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

</xsl:stylesheet>
