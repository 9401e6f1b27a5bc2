<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions">
  <xsl:template match="p[2]">
    <x><xsl:value-of select="r:data-uri('tests/transform/input.tree')"/></x>
  </xsl:template>
</xsl:stylesheet>
