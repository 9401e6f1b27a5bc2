<?xml version="1.0" encoding="UTF-8"?>
<!-- The house style as variables. A workspace's own file (parameter house-style, a path) need not be complete: what it leaves out comes
     from ../house-style.xml. Purposes add their own variables in the same way, from $house. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common"
	xmlns:r="urn:rotonde:functions" exclude-result-prefixes="exsl r">

	<xsl:param name="house-style"/>

	<xsl:key name="house-row" match="house-style | house-style//*" use="concat(local-name(..), ' ', local-name(), ' ', @name)"/>
	<xsl:variable name="house-default" select="document('../house-style.xml')/house-style"/>
	<xsl:variable name="house-uri">
		<xsl:choose>
			<xsl:when test="function-available('r:uri')"><xsl:value-of select="r:uri($house-style)"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="$house-style"/></xsl:otherwise>
		</xsl:choose>
	</xsl:variable>
	<xsl:variable name="house-own" select="document(string($house-uri))[string($house-style)]/house-style"/>
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
		<xsl:variable name="row" select="concat(local-name(..), ' ', local-name(), ' ', @name)"/>
		<xsl:copy>
			<xsl:copy-of select="@*"/>
			<xsl:for-each select="$house-own"> <!-- a key looks in the document of the context -->
				<xsl:copy-of select="key('house-row', $row)[1]/@*"/>
			</xsl:for-each>
			<xsl:apply-templates select="*" mode="house-style"/>
		</xsl:copy>
	</xsl:template>

</xsl:stylesheet>
