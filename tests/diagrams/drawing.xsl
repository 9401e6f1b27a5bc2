<?xml version="1.0" encoding="UTF-8"?>
<!-- The drawings of stylesheets/common alone: of every timeline/case the timeline, of every rotonde the whole drawing. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
	<xsl:import href="../../stylesheets/common/style.xsl"/>
	<xsl:import href="../../stylesheets/common/labels.xsl"/>
	<xsl:import href="../../stylesheets/common/diagrams.xsl"/>
	<xsl:output indent="yes"/>
	<xsl:template match="/">
		<drawings>
			<xsl:for-each select="//timeline/case"><xsl:call-template name="svg-timeline"><xsl:with-param name="end" select="string(/publication/date)"/></xsl:call-template><words><xsl:call-template name="timeline-words"/></words></xsl:for-each>
			<xsl:for-each select="//rotonde[exit][not(parent::case)]"><xsl:call-template name="svg-rotonde-whole"/><words><xsl:call-template name="rotonde-words"/></words></xsl:for-each>
		</drawings>
	</xsl:template>
</xsl:stylesheet>
