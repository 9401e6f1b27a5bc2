<?xml version="1.0" encoding="UTF-8"?>
<!-- Overviews of what was counted: a drawing of bars, and below it the figures in a table, which says the same. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:variable name="overviews" select="//island/matrix | //island/voices"/>

  <xsl:template match="matrix | voices" mode="island">
    <xsl:variable name="id" select="generate-id()"/>
    <xsl:variable name="number"><xsl:for-each select="$overviews"><xsl:if test="generate-id() = $id"><xsl:value-of select="position()"/></xsl:if></xsl:for-each></xsl:variable>
    <xsl:if test="row">
      <div class="overview">
        <div class="drawing" aria-hidden="true"><xsl:call-template name="svg-overview"/></div>
        <div class="table" role="region" tabindex="0" aria-labelledby="_telling-{$number}">
          <table>
            <caption id="_telling-{$number}"><strong><xsl:apply-templates select="." mode="overview-caption"/></strong></caption>
            <thead>
              <tr>
                <th scope="col"><xsl:apply-templates select="." mode="overview-rows"/></th>
                <xsl:for-each select="column"><th scope="col" class="right"><xsl:apply-templates select="." mode="overview-name"/></th></xsl:for-each>
                <th scope="col" class="right"><xsl:call-template name="label"><xsl:with-param name="name">in-all</xsl:with-param></xsl:call-template></th>
              </tr>
            </thead>
            <tbody><xsl:apply-templates select="row | total" mode="overview"/></tbody>
          </table>
        </div>
        <p class="remark"><xsl:call-template name="label"><xsl:with-param name="name">counted-once</xsl:with-param></xsl:call-template></p>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="row | total" mode="overview">
    <tr>
      <xsl:if test="self::total"><xsl:attribute name="class">total</xsl:attribute></xsl:if>
      <th scope="row">
        <xsl:choose>
          <xsl:when test="parent::voices and @ref"><a href="#{@ref}"><xsl:apply-templates select="." mode="overview-name"/></a></xsl:when>
          <xsl:otherwise><xsl:apply-templates select="." mode="overview-name"/></xsl:otherwise>
        </xsl:choose>
      </th>
      <xsl:apply-templates select="cell" mode="overview"/>
      <xsl:call-template name="overview-figures"/>
    </tr>
  </xsl:template>
  <xsl:template match="cell" mode="overview"><xsl:call-template name="overview-figures"/></xsl:template>

  <xsl:template name="overview-figures">
    <td class="right">
      <xsl:value-of select="@quotes"/>
      <xsl:if test="ancestor::voices and @quotes &gt; 0">
        <br/>
        <span class="kind">
          <xsl:call-template name="counted">
            <xsl:with-param name="count" select="@words"/>
            <xsl:with-param name="one">word-one</xsl:with-param>
            <xsl:with-param name="more">word-more</xsl:with-param>
          </xsl:call-template>
        </span>
      </xsl:if>
    </td>
  </xsl:template>
</xsl:stylesheet>
