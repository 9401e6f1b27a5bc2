<?xml version="1.0" encoding="UTF-8"?>
<!-- The care timelines of a publication's cases, one below the other: to look at while writing. Parameters as publication.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">
  <xsl:import href="publication.xsl"/>

  <!-- As the island <timeline/> would have been filled. -->
  <xsl:variable name="timelines-filled">
    <publication xml:lang="{/publication/@xml:lang}">
      <xsl:copy-of select="/publication/date"/>
      <xsl:for-each select="/publication/contents//case[care/period or rotondes/rotonde]">
        <timeline>
          <case ref="{@id}">
            <xsl:copy-of select="title | organisations | care"/>
            <xsl:for-each select="rotondes/rotonde">
              <rotonde number="{position()}"><xsl:copy-of select="@* | node()"/></rotonde>
            </xsl:for-each>
          </case>
        </timeline>
      </xsl:for-each>
    </publication>
  </xsl:variable>

  <xsl:template match="/publication">
    <xsl:variable name="timelines" select="exsl:node-set($timelines-filled)/publication/timeline"/>
    <html lang="{@xml:lang}">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title><xsl:if test="$review"><xsl:call-template name="label"><xsl:with-param name="name">concept</xsl:with-param></xsl:call-template>: </xsl:if><xsl:call-template name="label"><xsl:with-param name="name">timeline</xsl:with-param></xsl:call-template>: <xsl:value-of select="title"/></title>
        <xsl:call-template name="icon"/>
        <style><xsl:call-template name="style"/></style>
      </head>
      <body>
        <main>
          <h1 class="item"><xsl:call-template name="label"><xsl:with-param name="name">timeline</xsl:with-param></xsl:call-template></h1>
          <xsl:for-each select="$timelines">
            <section class="item">
              <h2><xsl:apply-templates select="case/title/node()" mode="plain"/></h2>
              <xsl:apply-templates select="." mode="island"/>
            </section>
          </xsl:for-each>
          <xsl:if test="not($timelines)">
            <p><xsl:call-template name="label"><xsl:with-param name="name">no-timeline</xsl:with-param></xsl:call-template></p>
          </xsl:if>
        </main>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
