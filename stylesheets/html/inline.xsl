<?xml version="1.0" encoding="UTF-8"?>
<!-- Within a line. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions" exclude-result-prefixes="r">
  <xsl:template match="em | strong | q | br">
    <xsl:element name="{local-name()}"><xsl:apply-templates/></xsl:element>
  </xsl:template>
  <xsl:template match="code"><code><xsl:apply-templates/></code></xsl:template>
  <!-- In a table a path may end a line behind every slash: on a phone its column would be too wide. -->
  <xsl:template match="td/code/text()[contains(., '/')]" name="path">
    <xsl:param name="path" select="string()"/>
    <xsl:choose>
      <xsl:when test="contains($path, '/') and substring-after($path, '/')">
        <xsl:value-of select="concat(substring-before($path, '/'), '/')"/><wbr/>
        <xsl:call-template name="path"><xsl:with-param name="path" select="substring-after($path, '/')"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$path"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="a">
    <a href="{@href}">
      <xsl:copy-of select="@title"/>
      <xsl:apply-templates/>
    </a>
  </xsl:template>
  <xsl:template match="image">
    <img class="inline" src="{r:data-uri(string(@href))}" alt="{@alt}"/>
  </xsl:template>

  <!-- A part of the text in another language than what is around it. -->
  <xsl:template name="language">
    <xsl:if test="@xml:lang and @xml:lang != /publication/@xml:lang">
      <xsl:attribute name="lang"><xsl:value-of select="@xml:lang"/></xsl:attribute>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
