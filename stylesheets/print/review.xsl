<?xml version="1.0" encoding="UTF-8"?>
<!-- What only a review copy shows. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format">

	<!-- "CONCEPT", above the running head. -->
	<xsl:template name="concept-line">
		<xsl:if test="$review">
			<fo:block font-weight="700">
				<xsl:copy-of select="$look.running[name() != 'font-weight']"/>
				<xsl:attribute name="color"><xsl:value-of select="$colour.dark"/></xsl:attribute>
				<xsl:call-template name="label"><xsl:with-param name="name">concept</xsl:with-param></xsl:call-template>
			</fo:block>
		</xsl:if>
	</xsl:template>
	<xsl:template name="concept"/>

</xsl:stylesheet>
