<?xml version="1.0" encoding="UTF-8"?>
<!-- A publication as one web page that needs nothing beside it: cover, contents, text, colophon.
     Parameters: profile (public, review), house-style (path of the workspace's own). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions" exclude-result-prefixes="r">
  <xsl:include href="../common/style.xsl"/>
  <xsl:include href="../common/labels.xsl"/>
  <xsl:include href="../common/editions.xsl"/>
  <xsl:include href="../common/diagrams.xsl"/>
  <xsl:include href="../common/overview.xsl"/>
  <xsl:include href="style.xsl"/>
  <xsl:include href="items.xsl"/>
  <xsl:include href="contents.xsl"/>
  <xsl:include href="blocks.xsl"/>
  <xsl:include href="inline.xsl"/>
  <xsl:include href="islands.xsl"/>
  <xsl:include href="overview.xsl"/>
  <xsl:include href="review.xsl"/>

  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>

  <xsl:template match="/publication">
    <html lang="{@xml:lang}">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>
          <xsl:if test="$review"><xsl:call-template name="label"><xsl:with-param name="name">concept</xsl:with-param></xsl:call-template>: </xsl:if>
          <xsl:value-of select="title"/>
        </title>
        <xsl:apply-templates select="description | keyword[1] | author" mode="meta"/>
        <xsl:if test="edition or @revision">
          <meta name="dcterms.hasVersion"><xsl:attribute name="content"><xsl:call-template name="version-words"/></xsl:attribute></meta>
        </xsl:if>
        <xsl:if test="@revised"><meta name="dcterms.modified" content="{@revised}"/></xsl:if>
        <xsl:call-template name="icon"/>
        <style><xsl:call-template name="style"/><xsl:apply-templates select="." mode="more-style"/></style>
      </head>
      <body>
        <xsl:if test="$review"><xsl:attribute name="class">review</xsl:attribute></xsl:if>
        <a class="skip" href="#_tekst">
          <xsl:call-template name="label"><xsl:with-param name="name">skip</xsl:with-param></xsl:call-template>
        </a>
        <xsl:call-template name="cover"/>
        <xsl:call-template name="contents"/>
        <main id="_tekst">
          <xsl:apply-templates select="body" mode="opening"/>
          <xsl:apply-templates select="contents/*[not(self::imprint)]" mode="item"/>
        </main>
        <xsl:apply-templates select="contents/imprint" mode="item"/>
      </body>
    </html>
  </xsl:template>

  <!-- What a stylesheet that imports this one adds to the style. -->
  <xsl:template match="publication" mode="more-style"/>

  <xsl:template match="description" mode="meta">
    <meta name="description" content="{normalize-space(.)}"/>
  </xsl:template>
  <xsl:template match="author" mode="meta">
    <meta name="author" content="{normalize-space(.)}"/>
  </xsl:template>
  <xsl:template match="keyword" mode="meta">
    <meta name="keywords">
      <xsl:attribute name="content">
        <xsl:for-each select="../keyword">
          <xsl:if test="position() &gt; 1">, </xsl:if>
          <xsl:value-of select="normalize-space(.)"/>
        </xsl:for-each>
      </xsl:attribute>
    </meta>
  </xsl:template>

  <!-- A ring, as the mark of the page in a list of tabs. -->
  <xsl:template name="icon">
    <link rel="icon" href="data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%2016%2016'%3E%3Ccircle%20cx='8'%20cy='8'%20r='5'%20fill='none'%20stroke='%23{substring-after($colour.dark, '#')}'%20stroke-width='4'/%3E%3C/svg%3E"/>
  </xsl:template>

  <xsl:template name="cover">
    <header class="cover">
      <xsl:apply-templates select="cover"/>
      <xsl:if test="not(cover)">
        <div class="cover-drawing" aria-hidden="true"><xsl:call-template name="svg-roundabout"/></div>
      </xsl:if>
      <div class="cover-text">
        <xsl:if test="$review">
          <p class="concept"><xsl:call-template name="label"><xsl:with-param name="name">concept</xsl:with-param></xsl:call-template></p>
        </xsl:if>
        <xsl:apply-templates select="label" mode="cover"/>
        <h1><xsl:apply-templates select="title/node()"/></h1>
        <xsl:apply-templates select="subtitle" mode="cover"/>
        <xsl:call-template name="cover-facts"/>
      </div>
    </header>
  </xsl:template>

  <xsl:template match="cover">
    <img class="cover-picture" src="{r:data-uri(@href)}" alt="{@alt}" width="{r:image-width(@href)}" height="{r:image-height(@href)}"/>
  </xsl:template>
  <xsl:template match="label" mode="cover">
    <p class="label"><xsl:apply-templates/></p>
  </xsl:template>
  <xsl:template match="subtitle" mode="cover">
    <p class="subtitle"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template name="cover-facts">
    <p class="facts">
      <xsl:for-each select="author">
        <xsl:if test="position() &gt; 1">
          <xsl:choose>
            <xsl:when test="position() = last()"><xsl:text> </xsl:text><xsl:call-template name="label"><xsl:with-param name="name">and</xsl:with-param></xsl:call-template><xsl:text> </xsl:text></xsl:when>
            <xsl:otherwise>, </xsl:otherwise>
          </xsl:choose>
        </xsl:if>
        <xsl:value-of select="."/>
      </xsl:for-each>
      <xsl:if test="author"><br/></xsl:if>
      <time datetime="{date}"><xsl:value-of select="r:format-date(string(date), string(@xml:lang))"/></time>
      <xsl:if test="edition">
        <br/>
        <xsl:call-template name="label"><xsl:with-param name="name">edition</xsl:with-param></xsl:call-template>
        <xsl:text> </xsl:text>
        <xsl:value-of select="edition"/>
      </xsl:if>
    </p>
  </xsl:template>
</xsl:stylesheet>
