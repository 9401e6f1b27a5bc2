<?xml version="1.0" encoding="UTF-8"?>
<!-- What the publication is made of: parts, chapters, cases, threads, sessions, portraits, appendices, the colophon.
     An item that stands in the contents or in a part opens with a title beside the road from the left edge and ends with its notes;
     one that stands in a chapter is a section of it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions" exclude-result-prefixes="r">

  <!-- ==== parts ==== -->
  <xsl:template match="part" mode="item">
    <section class="part" id="{@id}" aria-labelledby="_{@id}">
      <xsl:call-template name="language"/>
      <header class="part-opening spread">
        <div class="drawing" aria-hidden="true">
          <xsl:call-template name="svg-part"><xsl:with-param name="number" select="@number"/></xsl:call-template>
        </div>
        <div>
          <xsl:if test="@number">
            <p class="label">
              <xsl:call-template name="label"><xsl:with-param name="name">part</xsl:with-param></xsl:call-template>
              <xsl:text> </xsl:text>
              <xsl:value-of select="@number"/>
            </p>
          </xsl:if>
          <xsl:call-template name="heading">
            <xsl:with-param name="id" select="concat('_', @id)"/>
          </xsl:call-template>
          <xsl:apply-templates select="subtitle"/>
          <xsl:apply-templates select="lead"/>
        </div>
      </header>
      <xsl:if test="body/*">
        <div class="item">
          <xsl:call-template name="back"/>
          <div class="text">
            <xsl:apply-templates select="body/*"/>
            <xsl:call-template name="notes"><xsl:with-param name="of" select="body"/></xsl:call-template>
          </div>
        </div>
      </xsl:if>
      <xsl:apply-templates select="chapter | case | thread | reflection | session | appendix" mode="item"/>
    </section>
  </xsl:template>

  <!-- ==== items of their own ==== -->
  <xsl:template match="chapter | case | appendix | thread | session | reflection" mode="item">
    <section class="item {local-name()}" id="{@id}" aria-labelledby="_{@id}">
      <xsl:call-template name="language"/>
      <header class="opening">
        <xsl:call-template name="kicker"/>
        <xsl:call-template name="heading">
          <xsl:with-param name="id" select="concat('_', @id)"/>
          <xsl:with-param name="number" select="@number"/>
        </xsl:call-template>
        <xsl:apply-templates select="subtitle"/>
        <xsl:apply-templates select="." mode="byline"/>
        <xsl:call-template name="file"/>
      </header>
      <xsl:call-template name="back"/>
      <div class="text">
        <xsl:apply-templates select="." mode="content"/>
        <xsl:call-template name="notes"/>
      </div>
    </section>
  </xsl:template>

  <!-- The opening text: each of its sections as an item. -->
  <xsl:template match="body" mode="opening">
    <xsl:if test="*[not(self::section)]">
      <div class="item">
        <xsl:call-template name="back"/>
        <div class="text">
          <xsl:apply-templates select="*[not(self::section)]"/>
          <xsl:if test="not(section)"><xsl:call-template name="notes"/></xsl:if>
        </div>
      </div>
    </xsl:if>
    <xsl:for-each select="section">
      <section class="item" id="{@id}" aria-labelledby="_{@id}">
        <header class="opening">
          <xsl:call-template name="heading">
            <xsl:with-param name="id" select="concat('_', @id)"/>
            <xsl:with-param name="number" select="''"/>
          </xsl:call-template>
        </header>
        <xsl:call-template name="back"/>
        <div class="text">
          <xsl:apply-templates select="*[not(self::title)]"/>
          <xsl:call-template name="notes"/>
        </div>
      </section>
    </xsl:for-each>
  </xsl:template>

  <!-- ==== items inside a chapter ==== -->
  <xsl:template match="chapter | case | thread | session | reflection" mode="inner">
    <section class="inner {local-name()}" id="{@id}" aria-labelledby="_{@id}">
      <xsl:call-template name="language"/>
      <xsl:call-template name="kicker"/>
      <xsl:call-template name="heading">
        <xsl:with-param name="id" select="concat('_', @id)"/>
      </xsl:call-template>
      <xsl:apply-templates select="subtitle"/>
      <xsl:apply-templates select="." mode="byline"/>
      <xsl:call-template name="file"/>
      <xsl:apply-templates select="." mode="content"/>
    </section>
  </xsl:template>

  <!-- ==== what each holds ==== -->
  <xsl:template match="chapter | case | appendix" mode="content">
    <xsl:apply-templates select="body/*"/>
    <xsl:apply-templates select="chapter | case | thread | session | reflection" mode="inner"/>
  </xsl:template>

  <xsl:template match="thread" mode="content">
    <xsl:apply-templates select="definition"/>
    <xsl:apply-templates select="body/*"/>
  </xsl:template>

  <xsl:template match="session" mode="content">
    <xsl:apply-templates select="participants"/>
    <xsl:apply-templates select="body/*"/>
    <xsl:if test="reflection">
      <div class="island reflections"><xsl:apply-templates select="reflection" mode="three"/></div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="reflection" mode="content">
    <xsl:apply-templates select="body/*"/>
  </xsl:template>

  <xsl:template match="definition">
    <p class="definition"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="participants">
    <p class="participants">
      <strong><xsl:call-template name="label"><xsl:with-param name="name">present</xsl:with-param></xsl:call-template></strong>
      <xsl:text> </xsl:text>
      <xsl:for-each select="participant">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:value-of select="@label"/>
      </xsl:for-each>
    </p>
  </xsl:template>

  <!-- ==== above and under titles ==== -->
  <xsl:template name="kicker">
    <xsl:variable name="text"><xsl:apply-templates select="." mode="kicker"/></xsl:variable>
    <xsl:if test="string($text)">
      <p class="kicker"><xsl:copy-of select="$text"/></p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="kicker"/>
  <xsl:template match="thread | reflection | appendix" mode="kicker">
    <xsl:call-template name="label">
      <xsl:with-param name="name"><xsl:choose><xsl:when test="self::reflection">portrait</xsl:when><xsl:otherwise><xsl:value-of select="local-name()"/></xsl:otherwise></xsl:choose></xsl:with-param>
    </xsl:call-template>
    <xsl:if test="self::appendix/@number"><xsl:text> </xsl:text><xsl:value-of select="@number"/></xsl:if>
  </xsl:template>
  <xsl:template match="session" mode="kicker">
    <xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="*" mode="byline"/>
  <xsl:template match="chapter[author] | appendix[author]" mode="byline">
    <p class="byline">
      <xsl:for-each select="author">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:apply-templates/>
      </xsl:for-each>
    </p>
  </xsl:template>
  <xsl:template match="session" mode="byline">
    <p class="byline">
      <time datetime="{@date}"><xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template></time>
      <xsl:if test="place">
        <xsl:text> · </xsl:text>
        <xsl:apply-templates select="place/node()"/>
      </xsl:if>
    </p>
  </xsl:template>
  <xsl:template match="reflection" mode="byline">
    <div class="byline portrait-of">
      <xsl:for-each select="person/photo">
        <img src="{r:data-uri(@href)}" alt="{@alt}" width="{r:image-width(@href)}" height="{r:image-height(@href)}"/>
      </xsl:for-each>
      <p>
        <strong><xsl:apply-templates select="person/name/node()"/></strong>
        <xsl:for-each select="person/function | person/organisation">
          <br/>
          <xsl:apply-templates/>
        </xsl:for-each>
      </p>
    </div>
  </xsl:template>

  <xsl:template match="subtitle">
    <p class="subtitle"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- The way back to the contents: stays in sight in the margin of a wide screen. -->
  <xsl:template name="back">
    <p class="back">
      <a href="#_inhoud"><span aria-hidden="true">↑ </span><xsl:call-template name="label"><xsl:with-param name="name">contents</xsl:with-param></xsl:call-template></a>
    </p>
  </xsl:template>

  <!-- ==== the colophon ==== -->
  <xsl:template match="imprint" mode="item">
    <footer class="imprint spread" id="{@id}">
      <div>
        <xsl:call-template name="language"/>
        <xsl:for-each select="logo">
          <img class="logo" src="{r:data-uri(@href)}" alt="{@alt}" width="{r:image-width(@href)}" height="{r:image-height(@href)}"/>
        </xsl:for-each>
        <h2><xsl:call-template name="label"><xsl:with-param name="name">colophon</xsl:with-param></xsl:call-template></h2>
        <xsl:apply-templates select="body/*"/>
        <xsl:call-template name="publication-facts"/>
        <xsl:call-template name="notes"/>
      </div>
    </footer>
  </xsl:template>

  <xsl:template name="publication-facts">
    <dl class="facts">
      <xsl:for-each select="/publication">
        <xsl:call-template name="fact"><xsl:with-param name="name">title</xsl:with-param><xsl:with-param name="value" select="title"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">authors</xsl:with-param><xsl:with-param name="value" select="author"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">date</xsl:with-param><xsl:with-param name="value" select="date"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">edition</xsl:with-param><xsl:with-param name="value" select="edition"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">revision</xsl:with-param><xsl:with-param name="value" select="@revision"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">isbn</xsl:with-param><xsl:with-param name="value" select="isbn"/></xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="fact"><xsl:with-param name="name">publisher</xsl:with-param><xsl:with-param name="value" select="name | address"/></xsl:call-template>
      <xsl:call-template name="fact"><xsl:with-param name="name">telephone</xsl:with-param><xsl:with-param name="value" select="telephone"/></xsl:call-template>
      <xsl:call-template name="fact"><xsl:with-param name="name">email</xsl:with-param><xsl:with-param name="value" select="email"/></xsl:call-template>
      <xsl:call-template name="fact"><xsl:with-param name="name">website</xsl:with-param><xsl:with-param name="value" select="website"/></xsl:call-template>
    </dl>
  </xsl:template>

  <!-- name: of the label; value: nodes, one a line. -->
  <xsl:template name="fact">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:if test="$value">
      <div>
        <dt><xsl:call-template name="label"><xsl:with-param name="name" select="$name"/></xsl:call-template></dt>
        <xsl:for-each select="$value"><dd><xsl:apply-templates select="." mode="fact"/></dd></xsl:for-each>
      </div>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="fact"><xsl:apply-templates/></xsl:template>
  <xsl:template match="@revision" mode="fact"><xsl:call-template name="revision-words"/></xsl:template>
  <xsl:template match="date" mode="fact">
    <xsl:call-template name="date"><xsl:with-param name="date" select="string(.)"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="email" mode="fact"><a href="mailto:{normalize-space(.)}"><xsl:value-of select="normalize-space(.)"/></a></xsl:template>
  <xsl:template match="website" mode="fact">
    <a href="{normalize-space(.)}"><xsl:value-of select="substring-after(normalize-space(.), '://')"/></a>
  </xsl:template>
</xsl:stylesheet>
