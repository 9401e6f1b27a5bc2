<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions">
  <xsl:template match="p">
    <xsl:message terminate="yes">hier houdt het op</xsl:message>
  </xsl:template>
</xsl:stylesheet>
