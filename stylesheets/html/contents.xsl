<?xml version="1.0" encoding="UTF-8"?>
<!-- The contents: parts, chapters, portraits and what stands in them, each a link. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="contents">
    <nav class="contents spread" id="_inhoud" aria-labelledby="_inhoud_">
      <h2 id="_inhoud_"><xsl:call-template name="label"><xsl:with-param name="name">contents</xsl:with-param></xsl:call-template></h2>
      <ol>
        <xsl:apply-templates select="body/section" mode="entry"/>
        <xsl:apply-templates select="contents/*" mode="entry"/>
      </ol>
    </nav>
  </xsl:template>

  <xsl:template match="*" mode="entry">
    <li>
      <a href="#{@id}">
        <span class="number"><xsl:apply-templates select="." mode="entry-number"/></span>
        <span><xsl:apply-templates select="." mode="entry-title"/></span>
      </a>
      <xsl:call-template name="entries"/>
    </li>
  </xsl:template>

  <xsl:template match="part" mode="entry">
    <li class="part-entry">
      <a href="#{@id}">
        <span>
          <xsl:if test="@number">
            <xsl:call-template name="label"><xsl:with-param name="name">part</xsl:with-param></xsl:call-template>
            <xsl:value-of select="concat(' ', @number, '&#x2002;')"/>
          </xsl:if>
          <xsl:apply-templates select="." mode="entry-title"/>
        </span>
      </a>
      <xsl:call-template name="entries"/>
    </li>
  </xsl:template>

  <xsl:template name="entries">
    <xsl:variable name="items" select="part | chapter | case | thread | reflection[title] | session | appendix"/>
    <xsl:if test="$items">
      <ol><xsl:apply-templates select="$items" mode="entry"/></ol>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="entry-number"><xsl:value-of select="@number"/></xsl:template>

  <xsl:template match="*" mode="entry-title"><xsl:apply-templates select="title/node()" mode="plain"/></xsl:template>
  <xsl:template match="imprint" mode="entry-title">
    <xsl:call-template name="label"><xsl:with-param name="name">colophon</xsl:with-param></xsl:call-template>
  </xsl:template>
  <xsl:template match="appendix" mode="entry-title">
    <xsl:call-template name="label"><xsl:with-param name="name">appendix</xsl:with-param></xsl:call-template>
    <xsl:if test="@number"><xsl:text> </xsl:text><xsl:value-of select="@number"/></xsl:if>
    <xsl:text>: </xsl:text>
    <xsl:apply-templates select="title/node()" mode="plain"/>
  </xsl:template>
  <xsl:template match="appendix" mode="entry-number"/>
  <xsl:template match="reflection" mode="entry-title">
    <xsl:apply-templates select="title/node()" mode="plain"/>
    <xsl:text> </xsl:text>
    <span class="by"><xsl:value-of select="person/name"/></span>
  </xsl:template>

  <!-- Titles elsewhere than where they stand: without notes and links. -->
  <xsl:template match="footnote | note" mode="plain"/>
  <xsl:template match="em | strong | q" mode="plain">
    <xsl:copy><xsl:apply-templates mode="plain"/></xsl:copy>
  </xsl:template>
</xsl:stylesheet>
