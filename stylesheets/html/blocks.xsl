<?xml version="1.0" encoding="UTF-8"?>
<!-- Sections, paragraphs, lists, quotes, boxes, figures, tables, notes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions" exclude-result-prefixes="r">

  <!-- ==== headings ==== -->

  <!-- The title of the current element at the level that its place in the tree gives. id: of the heading itself; number: beside it, '' for
       a title that could have one but has not. -->
  <xsl:template name="heading">
    <xsl:param name="id"/>
    <xsl:param name="number" select="false()"/>
    <xsl:param name="content" select="title/node()"/>
    <xsl:variable name="level" select="count(ancestor-or-self::*[not(self::body or self::contents)][title])"/>
    <xsl:element name="h{substring('123456666666', $level, 1)}">
      <xsl:if test="$id"><xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute></xsl:if>
      <xsl:if test="$level &gt; 6"><xsl:attribute name="aria-level"><xsl:value-of select="$level"/></xsl:attribute></xsl:if>
      <xsl:for-each select="title"><xsl:call-template name="line"/></xsl:for-each>
      <xsl:if test="string($number) != 'false'"><span class="number"><xsl:value-of select="$number"/></span><xsl:text> </xsl:text></xsl:if>
      <xsl:apply-templates select="$content"/>
      <xsl:if test="@id and not(self::rotonde)">
        <xsl:text> </xsl:text>
        <a class="anchor" href="#{@id}" tabindex="-1" aria-hidden="true">#</a>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <xsl:template match="section">
    <section id="{@id}">
      <xsl:call-template name="heading"/>
      <xsl:apply-templates select="*[not(self::title)]"/>
    </section>
  </xsl:template>

  <!-- ==== text ==== -->
  <xsl:template match="p">
    <p><xsl:call-template name="line"/><xsl:apply-templates/></p>
  </xsl:template>
  <xsl:template match="li/p[../../@tight]">
    <xsl:apply-templates/>
    <xsl:if test="following-sibling::p"><br/></xsl:if>
  </xsl:template>

  <xsl:template match="lead">
    <p class="lead"><xsl:call-template name="line"/><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="ul | ol | li">
    <xsl:element name="{local-name()}">
      <xsl:copy-of select="@start"/>
      <xsl:if test="@tight"><xsl:attribute name="class">tight</xsl:attribute></xsl:if>
      <xsl:apply-templates select="." mode="mark"/>
      <xsl:apply-templates select="*"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="pre">
    <pre><xsl:call-template name="line"/><code><xsl:apply-templates/></code></pre>
  </xsl:template>

  <xsl:template match="break"><hr/></xsl:template>

  <!-- ==== quotes and boxes ==== -->
  <xsl:template match="quote">
    <figure class="quote">
      <figcaption>
        <xsl:value-of select="@label"/>
        <xsl:apply-templates select="." mode="quote-source"/>
      </figcaption>
      <blockquote><xsl:apply-templates select="*"/></blockquote>
      <xsl:call-template name="codes"/>
    </figure>
  </xsl:template>
  <xsl:template match="*" mode="quote-source"/>

  <xsl:template match="quotation">
    <blockquote class="quotation">
      <xsl:apply-templates select="*"/>
      <xsl:call-template name="codes"/>
    </blockquote>
  </xsl:template>

  <xsl:template match="box">
    <section class="box" id="{@id}">
      <xsl:call-template name="heading"/>
      <xsl:apply-templates select="*[not(self::title)]"/>
    </section>
  </xsl:template>

  <!-- ==== figures and tables ==== -->
  <xsl:template match="figure">
    <figure id="{@id}" class="picture">
      <xsl:call-template name="line"/>
      <xsl:call-template name="picture"/>
      <figcaption>
        <strong>
          <xsl:call-template name="label"><xsl:with-param name="name">figure</xsl:with-param></xsl:call-template>
          <xsl:text> </xsl:text>
          <xsl:value-of select="@number"/>
        </strong>
        <xsl:if test="caption">
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="caption/node()"/>
        </xsl:if>
      </figcaption>
    </figure>
  </xsl:template>

  <xsl:template name="picture">
    <img src="{r:data-uri(string(@href))}" alt="{@alt}" width="{r:image-width(string(@href))}" height="{r:image-height(string(@href))}"/>
  </xsl:template>

  <!-- A wide table scrolls in its own frame, which the keyboard can reach. A number alone is a name for who hears it: paper has none either. -->
  <xsl:template match="table">
    <div class="table" id="{@id}" role="region" tabindex="0" aria-labelledby="_{@id}">
      <xsl:call-template name="line"/>
      <table>
        <caption id="_{@id}">
          <xsl:if test="not(caption)"><xsl:attribute name="class">unseen</xsl:attribute></xsl:if>
          <strong>
            <xsl:call-template name="label"><xsl:with-param name="name">table</xsl:with-param></xsl:call-template>
            <xsl:text> </xsl:text>
            <xsl:value-of select="@number"/>
          </strong>
          <xsl:if test="caption">
            <xsl:text> </xsl:text>
            <xsl:apply-templates select="caption/node()"/>
          </xsl:if>
        </caption>
        <xsl:apply-templates select="thead | tbody"/>
      </table>
    </div>
  </xsl:template>
  <xsl:template match="thead | tbody | tr">
    <xsl:element name="{local-name()}">
      <xsl:apply-templates select="." mode="mark"/>
      <xsl:apply-templates select="*"/>
    </xsl:element>
  </xsl:template>
  <!-- Attributes that a stylesheet on this one adds to what nothing may stand around. -->
  <xsl:template match="*" mode="mark"/>
  <xsl:template match="th">
    <th scope="col"><xsl:call-template name="alignment"/><xsl:apply-templates/></th>
  </xsl:template>
  <xsl:template match="td">
    <td><xsl:call-template name="alignment"/><xsl:apply-templates/></td>
  </xsl:template>
  <xsl:template name="alignment">
    <xsl:if test="@align = 'right' or @align = 'center'">
      <xsl:attribute name="class"><xsl:value-of select="@align"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- ==== notes ==== -->
  <xsl:template match="footnote">
    <sup><a class="mark" id="_nootteken-{@number}" href="#_noot-{@number}" role="doc-noteref">
      <xsl:attribute name="aria-label">
        <xsl:call-template name="label"><xsl:with-param name="name">note</xsl:with-param></xsl:call-template>
        <xsl:text> </xsl:text>
        <xsl:value-of select="@number"/>
      </xsl:attribute>
      <xsl:value-of select="@number"/>
    </a></sup>
  </xsl:template>

  <!-- The notes of an item, at its end. of: where to look for them. -->
  <xsl:template name="notes">
    <xsl:param name="of" select="."/>
    <xsl:variable name="notes" select="$of//footnote"/>
    <xsl:if test="$notes">
      <section class="notes" role="doc-endnotes">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="name">notes</xsl:with-param></xsl:call-template>
          <xsl:if test="title">: <xsl:apply-templates select="title/node()" mode="plain"/></xsl:if>
        </xsl:attribute>
        <ol>
          <xsl:for-each select="$notes">
            <li id="_noot-{@number}" value="{@number}">
              <xsl:apply-templates select="*[position() &lt; last() or not(self::p)]"/>
              <xsl:choose>
                <xsl:when test="*[last()][self::p]">
                  <p><xsl:apply-templates select="*[last()]/node()"/><xsl:call-template name="return"/></p>
                </xsl:when>
                <xsl:otherwise><xsl:call-template name="return"/></xsl:otherwise>
              </xsl:choose>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>
  <xsl:template name="return">
    <xsl:text> </xsl:text>
    <a class="return" href="#_nootteken-{@number}" role="doc-backlink">
      <xsl:attribute name="aria-label"><xsl:call-template name="label"><xsl:with-param name="name">back</xsl:with-param></xsl:call-template></xsl:attribute>
      <xsl:text>↩&#xFE0E;</xsl:text>
    </a>
  </xsl:template>
</xsl:stylesheet>
