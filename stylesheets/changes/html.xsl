<?xml version="1.0" encoding="UTF-8"?>
<!-- The change report as a web page: the publication's own page, with a summary before the text, ins and del around words, a bar beside blocks.
     What a screen reader may keep silent about ins and del stands there as text, out of sight. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="../html/publication.xsl"/>
  <xsl:include href="words.xsl"/>

  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>

  <xsl:template match="publication" mode="more-style">
ins{text-decoration:underline;text-decoration-thickness:.12em;text-underline-offset:.15em;background:var(--c-tint)}
del{text-decoration:line-through;color:var(--c-grey)}
.changed-block{border-left:.25em solid var(--c-dark);padding-left:.75em;margin-left:-1em}
li.changed{position:relative}
li.changed::after{content:"";position:absolute;top:0;bottom:0;left:-2em;border-left:.25em solid var(--c-dark)}
tr.changed>:first-child{border-left:.25em solid var(--c-dark);padding-left:.5em}
.table{position:relative}
.unseen{position:absolute;width:.06em;height:.06em;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.report h2{font:var(--t-section);color:var(--i-section)}
.report .kind{color:var(--c-grey)}
.was{color:var(--c-grey)}
  </xsl:template>

  <xsl:template match="publication/body" mode="opening">
    <xsl:apply-templates select="../changes" mode="report"/>
    <xsl:apply-imports/>
  </xsl:template>

  <xsl:template match="changes" mode="report">
    <section class="item report" id="{@id}" aria-labelledby="_report">
      <div class="text">
        <h2 id="_report"><xsl:call-template name="label"><xsl:with-param name="name">changes</xsl:with-param></xsl:call-template></h2>
        <p class="lead"><xsl:call-template name="changes-span"/></p>
        <p><xsl:call-template name="label"><xsl:with-param name="name">changes-inside</xsl:with-param></xsl:call-template></p>
        <p><xsl:call-template name="label"><xsl:with-param name="name">changes-legend</xsl:with-param></xsl:call-template></p>
        <xsl:choose>
          <xsl:when test="entry"><ul><xsl:apply-templates select="entry" mode="report"/></ul></xsl:when>
          <xsl:otherwise><p><xsl:call-template name="label"><xsl:with-param name="name">changes-none</xsl:with-param></xsl:call-template></p></xsl:otherwise>
        </xsl:choose>
      </div>
    </section>
  </xsl:template>

  <xsl:template match="entry" mode="report">
    <li>
      <xsl:choose>
        <xsl:when test="/publication/contents//*[@href and @id = current()/@id]"><a href="#{@id}"><xsl:value-of select="@title"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
      </xsl:choose>
      <br/>
      <span class="kind"><xsl:call-template name="entry-facts"/></span>
    </li>
  </xsl:template>

  <!-- ==== marks ==== -->
  <xsl:template match="ins | del">
    <xsl:element name="{local-name()}">
      <span class="unseen"><xsl:call-template name="label"><xsl:with-param name="name" select="concat(local-name(), '-open')"/></xsl:call-template></span>
      <xsl:apply-templates/>
      <span class="unseen"><xsl:call-template name="label"><xsl:with-param name="name">mark-close</xsl:with-param></xsl:call-template></span>
    </xsl:element>
  </xsl:template>
  <xsl:template match="del" mode="plain"/>

  <!-- Rows and list items bear their bar themselves: nothing may stand around them. -->
  <xsl:template match="li[@change or *[not(self::ul or self::ol)]/@change] | tr[@change or */@change]" mode="mark"><xsl:attribute name="class">changed</xsl:attribute></xsl:template>
  <xsl:template match="p[@change] | lead[@change] | quote[@change or */@change] | quotation[@change or */@change] | figure[@change] | table[@change] | box[@change] | ul[@change] | ol[@change] | pre[@change] | island[@change]">
    <div class="changed-block"><xsl:apply-templates select="@picture | self::quote/@was[. != '']"/><xsl:apply-imports/></div>
  </xsl:template>
  <xsl:template match="@picture">
    <p class="was"><xsl:call-template name="label"><xsl:with-param name="name">picture-replaced</xsl:with-param></xsl:call-template></p>
  </xsl:template>
  <xsl:template match="li/p[@change] | quote/p[@change] | quotation/p[@change] | footnote/p[@change]"><xsl:apply-imports/></xsl:template>

  <xsl:template match="section[@change]">
    <div class="changed-block"><xsl:apply-templates select="title/@was"/><xsl:apply-imports/></div>
  </xsl:template>
  <xsl:template match="@was">
    <p class="was"><xsl:call-template name="label"><xsl:with-param name="name">title-was</xsl:with-param></xsl:call-template><xsl:value-of select="concat(' ', .)"/></p>
  </xsl:template>
</xsl:stylesheet>
