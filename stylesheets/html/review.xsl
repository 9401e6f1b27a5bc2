<?xml version="1.0" encoding="UTF-8"?>
<!-- What only the review copy shows: editors' notes, codes, lines of the source. A public tree holds none of it; the stylesheet looks at the
     profile all the same. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

  <!-- The line of the author's file, for the margin. -->
  <xsl:template name="line">
    <xsl:if test="$review and @line">
      <xsl:attribute name="data-line"><xsl:value-of select="@line"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- The file that an item comes from. -->
  <xsl:template name="file">
    <xsl:if test="$review and @file">
      <p class="file"><xsl:value-of select="@file"/></p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="note">
    <xsl:if test="$review">
      <xsl:choose>
        <xsl:when test="parent::p or parent::lead or parent::td or parent::th or parent::title or parent::em or parent::strong or parent::a">
          <span class="note"><xsl:apply-templates/></span>
        </xsl:when>
        <xsl:otherwise>
          <p class="note"><xsl:apply-templates/></p>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <xsl:template name="codes">
    <xsl:if test="$review and @codes">
      <p class="codes"><xsl:value-of select="concat('#', str:replace(normalize-space(@codes), ' ', ' #'))"/></p>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
