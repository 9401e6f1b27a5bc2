<?xml version="1.0" encoding="UTF-8"?>
<!-- A codebook (.qdc) in REFI-QDA 1.0, from the assembled tree of an exchange. Parameter version: of the program. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
	<xsl:import href="../common/labels.xsl"/>
	<xsl:include href="codes.xsl"/>

	<xsl:output method="xml" encoding="UTF-8" indent="yes"/>
	<xsl:param name="version"/>
	<xsl:variable name="ns" select="'urn:QDA-XML:codebook:1.0'"/>

	<xsl:template match="/publication">
		<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="{normalize-space(concat('Rotonde ', $version))}"><xsl:call-template name="codes"/></CodeBook>
	</xsl:template>
</xsl:stylesheet>
