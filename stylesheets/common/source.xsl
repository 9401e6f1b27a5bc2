<?xml version="1.0" encoding="UTF-8"?>
<!-- Where the author wrote something, passed on to the output, so that what goes wrong later still names their file and line. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:rotonde:source">

	<!-- To be called first inside the output element that stands for the current node: @s:line, and @s:file where a file begins. A file holds for
	     all that is inside. all: write the file even so, for an element that comes to stand elsewhere (a copy, a running head). -->
	<xsl:template name="source">
		<xsl:param name="all" select="false()"/>
		<xsl:choose>
			<xsl:when test="@file"><xsl:attribute name="s:file"><xsl:value-of select="@file"/></xsl:attribute></xsl:when>
			<xsl:when test="$all"><xsl:attribute name="s:file"><xsl:value-of select="ancestor::*[@file][1]/@file"/></xsl:attribute></xsl:when>
		</xsl:choose>
		<xsl:if test="@line"><xsl:attribute name="s:line"><xsl:value-of select="@line"/></xsl:attribute></xsl:if>
	</xsl:template>

</xsl:stylesheet>
