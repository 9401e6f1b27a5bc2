<?xml version="1.0" encoding="UTF-8"?>
<!-- Generated blocks. What a drawing shows, stands in words beside it; of the timeline the words stand in its place on a narrow screen. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="island">
    <div class="island">
      <xsl:call-template name="line"/>
      <xsl:apply-templates select="*" mode="island"/>
    </div>
  </xsl:template>

  <!-- ==== the timeline of care ==== -->
  <xsl:template match="timeline" mode="island">
    <xsl:for-each select="case">
      <div class="timeline">
        <xsl:if test="last() &gt; 1"><p class="kicker"><xsl:apply-templates select="title/node()" mode="plain"/></p></xsl:if>
        <div class="drawing" aria-hidden="true">
          <xsl:call-template name="svg-timeline"><xsl:with-param name="end" select="string(/publication/date)"/></xsl:call-template>
        </div>
        <ol class="periods">
          <xsl:apply-templates select="care/period | rotonde | session" mode="period">
            <xsl:sort select="concat(@from, @when, @date)"/>
          </xsl:apply-templates>
        </ol>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="period" mode="period">
    <li>
      <span class="when"><xsl:call-template name="span"/></span>
      <span class="what">
        <xsl:apply-templates select="title/node()"/>
        <xsl:text> </xsl:text>
        <span class="kind"><xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template></span>
        <xsl:for-each select="../../organisations/organisation[@id = current()/@organisation or @ref = current()/@organisation]">
          <xsl:text> </xsl:text>
          <span class="kind"><xsl:value-of select="."/></span>
        </xsl:for-each>
      </span>
    </li>
  </xsl:template>

  <xsl:template match="rotonde" mode="period">
    <li class="turn">
      <span class="when"><xsl:call-template name="date"><xsl:with-param name="date" select="@when"/></xsl:call-template></span>
      <span class="what">
        <b>
          <xsl:attribute name="aria-label">
            <xsl:call-template name="label"><xsl:with-param name="name">rotonde</xsl:with-param></xsl:call-template>
            <xsl:text> </xsl:text>
            <xsl:value-of select="@number"/>
          </xsl:attribute>
          <xsl:attribute name="role">img</xsl:attribute>
          <xsl:value-of select="@number"/>
        </b>
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="title/node()" mode="plain"/>
      </span>
    </li>
  </xsl:template>

  <xsl:template match="session" mode="period">
    <li>
      <span class="when"><xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template></span>
      <span class="what">
        <xsl:apply-templates select="title/node()" mode="plain"/>
        <xsl:text> </xsl:text>
        <span class="kind"><xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template></span>
      </span>
    </li>
  </xsl:template>

  <!-- "sept. 2016 – nov. 2018" -->
  <xsl:template name="span">
    <xsl:call-template name="month"><xsl:with-param name="date" select="@from"/></xsl:call-template>
    <xsl:text> – </xsl:text>
    <xsl:choose>
      <xsl:when test="@to"><xsl:call-template name="month"><xsl:with-param name="date" select="@to"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="label"><xsl:with-param name="name">now</xsl:with-param></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- "sept. 2016" -->
  <xsl:template name="month">
    <xsl:param name="date"/>
    <xsl:if test="string-length($date) &gt; 4">
      <xsl:call-template name="label"><xsl:with-param name="name" select="concat('month-', substring($date, 6, 2))"/></xsl:call-template>
      <xsl:text> </xsl:text>
    </xsl:if>
    <xsl:value-of select="substring($date, 1, 4)"/>
  </xsl:template>

  <!-- ==== rotondes ==== -->
  <xsl:template match="rotondes" mode="island">
    <ol class="rotondes"><xsl:apply-templates select="rotonde" mode="turn"/></ol>
  </xsl:template>
  <xsl:template match="rotonde" mode="island">
    <ol class="rotondes"><xsl:apply-templates select="rotonde" mode="turn"/></ol>
  </xsl:template>

  <xsl:template match="rotonde" mode="turn">
    <li class="rotonde">
      <xsl:copy-of select="@id"/>
      <xsl:if test="not(parent::rotonde)"><div class="drawing" aria-hidden="true"><xsl:call-template name="svg-rotonde"/></div></xsl:if>
      <p class="when">
        <xsl:call-template name="label"><xsl:with-param name="name">rotonde</xsl:with-param></xsl:call-template>
        <xsl:text> </xsl:text>
        <xsl:value-of select="@number"/>
        <xsl:text>&#xA0;· </xsl:text>
        <xsl:call-template name="date"><xsl:with-param name="date" select="@when"/></xsl:call-template>
        <xsl:call-template name="stagnation"/>
        <xsl:call-template name="confirmed"/>
      </p>
      <div>
        <xsl:call-template name="heading"/>
        <xsl:apply-templates select="description" mode="turn"/>
        <xsl:if test="parent::rotonde">
          <div class="whole" aria-hidden="true"><xsl:call-template name="svg-rotonde-whole"/></div>
        </xsl:if>
        <ol class="exits"><xsl:apply-templates select="exit" mode="turn"/></ol>
        <xsl:if test="@taken = 'none'">
          <p><xsl:call-template name="label"><xsl:with-param name="name">none-taken</xsl:with-param></xsl:call-template></p>
        </xsl:if>
      </div>
    </li>
  </xsl:template>

  <xsl:template match="description" mode="turn">
    <p><xsl:call-template name="line"/><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="exit" mode="turn">
    <li>
      <xsl:if test="@taken = 'yes'"><xsl:attribute name="class">taken</xsl:attribute></xsl:if>
      <span class="letter"><xsl:number value="position()" format="a"/></span>
      <xsl:text> </xsl:text>
      <xsl:apply-templates/>
      <xsl:if test="@taken = 'yes'">
        <xsl:text> </xsl:text>
        <span class="tag"><xsl:call-template name="label"><xsl:with-param name="name">taken</xsl:with-param></xsl:call-template></span>
      </xsl:if>
      <xsl:if test="@at"><xsl:text> </xsl:text><span class="at"><xsl:value-of select="@at"/></span></xsl:if>
    </li>
  </xsl:template>

  <!-- ==== quotes, and what helped ==== -->
  <xsl:template match="quotes" mode="island">
    <xsl:apply-templates select="quote"/>
  </xsl:template>

  <xsl:template match="elements" mode="island">
    <div class="groups">
      <xsl:for-each select="group">
        <div>
          <p class="kicker"><xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template></p>
          <xsl:apply-templates select="quote"/>
        </div>
      </xsl:for-each>
    </div>
  </xsl:template>

  <!-- ==== persons, sessions, reflections, editions ==== -->
  <xsl:template match="persons" mode="island">
    <dl class="persons">
      <xsl:for-each select="person">
        <div>
          <dt><xsl:value-of select="label"/></dt>
          <dd>
            <xsl:choose>
              <xsl:when test="function"><xsl:apply-templates select="function/node()"/></xsl:when>
              <xsl:when test="@role"><xsl:call-template name="label"><xsl:with-param name="name" select="@role"/></xsl:call-template></xsl:when>
            </xsl:choose>
            <xsl:if test="organisation"><br/><xsl:value-of select="organisation"/></xsl:if>
          </dd>
        </div>
      </xsl:for-each>
    </dl>
  </xsl:template>

  <xsl:template match="sessions" mode="island">
    <ol class="rows">
      <xsl:for-each select="session">
        <li>
          <time class="when" datetime="{@date}"><xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template></time>
          <span class="what">
            <xsl:apply-templates select="title/node()" mode="plain"/>
            <xsl:text> </xsl:text>
            <span class="kind">
              <xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template>
              <xsl:if test="place"><xsl:text>&#xA0;· </xsl:text><xsl:apply-templates select="place/node()" mode="plain"/></xsl:if>
            </span>
          </span>
        </li>
      </xsl:for-each>
    </ol>
  </xsl:template>

  <xsl:template match="reflections" mode="island">
    <div class="reflections"><xsl:apply-templates select="reflection" mode="three"/></div>
  </xsl:template>

  <xsl:template match="reflection" mode="three">
    <div class="three">
      <xsl:call-template name="line"/>
      <p class="who">
        <xsl:value-of select="@label"/>
        <xsl:if test="@date">
          <xsl:text> </xsl:text>
          <span class="when"><xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template></span>
        </xsl:if>
      </p>
      <dl>
        <xsl:for-each select="head | heart | hands">
          <div>
            <dt><xsl:call-template name="label"><xsl:with-param name="name" select="local-name()"/></xsl:call-template></dt>
            <dd><xsl:apply-templates/></dd>
          </div>
        </xsl:for-each>
      </dl>
    </div>
  </xsl:template>

  <xsl:template match="entry" mode="island">
    <li>
      <xsl:choose>
        <xsl:when test="/publication/contents//*[@href and @id = current()/@ref]"><a href="#{@ref}"><xsl:value-of select="@title"/></a><xsl:text> </xsl:text></xsl:when>
        <xsl:when test="@title"><xsl:value-of select="@title"/><xsl:text> </xsl:text></xsl:when>
      </xsl:choose>
      <span class="kind">
        <xsl:if test="@title"><xsl:call-template name="kind-words"/><xsl:text>&#xA0;· </xsl:text></xsl:if>
        <xsl:call-template name="change-words"/>
      </span>
    </li>
  </xsl:template>

  <xsl:template match="editions | changes" mode="island">
    <ol class="rows">
      <xsl:for-each select="edition">
        <li>
          <time class="when" datetime="{@date}"><xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template></time>
          <div class="what">
            <xsl:if test="@number">
              <xsl:call-template name="label"><xsl:with-param name="name">edition</xsl:with-param></xsl:call-template>
              <xsl:text> </xsl:text>
              <xsl:value-of select="@number"/>
            </xsl:if>
            <xsl:if test="entry"><ul class="entries"><xsl:apply-templates select="entry" mode="island"/></ul></xsl:if>
          </div>
        </li>
      </xsl:for-each>
    </ol>
  </xsl:template>
</xsl:stylesheet>
