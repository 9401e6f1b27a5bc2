<?xml version="1.0" encoding="UTF-8"?>
<!-- The house style as variables. A workspace's own file (parameter house-style, a path) need not be complete: what it leaves out comes
     from ../house-style.xml. Purposes add their own variables in the same way, from $house. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

	<xsl:param name="house-style"/>

	<xsl:variable name="house-default" select="document('../house-style.xml')/house-style"/>
	<xsl:variable name="house-own" select="document($house-style)[string($house-style)]/house-style"/>
	<xsl:variable name="house-merged">
		<xsl:if test="$house-own and generate-id($house-own) != generate-id($house-default)">
			<xsl:apply-templates select="$house-default" mode="house-style"/>
		</xsl:if>
	</xsl:variable>
	<!-- What to read: the element house-style, whole. -->
	<xsl:variable name="house" select="exsl:node-set($house-merged)/house-style | $house-default[not(exsl:node-set($house-merged)/house-style)]"/>

	<xsl:variable name="colour.paper" select="string($house/colours/colour[@name = 'paper']/@value)"/>
	<xsl:variable name="colour.ink" select="string($house/colours/colour[@name = 'ink']/@value)"/>
	<xsl:variable name="colour.dark" select="string($house/colours/colour[@name = 'dark']/@value)"/>
	<xsl:variable name="colour.dark-soft" select="string($house/colours/colour[@name = 'dark-soft']/@value)"/>
	<xsl:variable name="colour.warm" select="string($house/colours/colour[@name = 'warm']/@value)"/>
	<xsl:variable name="colour.warm-soft" select="string($house/colours/colour[@name = 'warm-soft']/@value)"/>
	<xsl:variable name="colour.tint" select="string($house/colours/colour[@name = 'tint']/@value)"/>
	<xsl:variable name="colour.grey" select="string($house/colours/colour[@name = 'grey']/@value)"/>
	<xsl:variable name="colour.rule" select="string($house/colours/colour[@name = 'rule']/@value)"/>
	<xsl:variable name="colour.red" select="string($house/colours/colour[@name = 'red']/@value)"/>

	<xsl:variable name="fonts" select="$house/fonts/font"/>
	<xsl:variable name="font.text" select="concat($fonts[@name = 'text']/@family, ', ', $fonts[@name = 'text']/@fallback)"/>
	<xsl:variable name="font.head" select="concat($fonts[@name = 'head']/@family, ', ', $fonts[@name = 'head']/@fallback)"/>
	<xsl:variable name="font.code" select="concat($fonts[@name = 'code']/@family, ', ', $fonts[@name = 'code']/@fallback)"/>

	<!-- A row as the default has it, each attribute replaced by that of the own row of the same element and name. -->
	<xsl:template match="*" mode="house-style">
		<xsl:variable name="own" select="$house-own//*[local-name() = local-name(current())][string(@name) = string(current()/@name)]"/>
		<xsl:copy>
			<xsl:copy-of select="@*"/>
			<xsl:copy-of select="$own[1]/@*"/>
			<xsl:apply-templates select="*" mode="house-style"/>
		</xsl:copy>
	</xsl:template>

</xsl:stylesheet>
