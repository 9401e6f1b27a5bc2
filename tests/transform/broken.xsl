<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions">
  <xsl:template match="p">
    <b>niet gesloten
  </xsl:template>
</xsl:stylesheet>
