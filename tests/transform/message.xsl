<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions">
  <xsl:template match="p[1]">
    <xsl:message>let op: <xsl:value-of select="."/></xsl:message>
  </xsl:template>
  <xsl:template match="p"/>
</xsl:stylesheet>
