<?xml version="1.0" encoding="UTF-8"?>
<!-- Overviews of what was counted: a drawing of bars, and below it the figures in a table. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions">

	<xsl:template match="matrix | voices" mode="island">
		<xsl:if test="row">
			<fo:block xsl:use-attribute-sets="apart">
			<fo:block xsl:use-attribute-sets="together" text-indent="0mm">
				<xsl:call-template name="source"/>
				<fo:block role="Caption" keep-with-next.within-page="always">
					<xsl:copy-of select="$look.caption[name() != 'space-before']"/>
					<fo:inline font-weight="700" color="{$colour.dark}"><xsl:apply-templates select="." mode="overview-caption"/></fo:inline>
				</fo:block>
				<fo:block xsl:use-attribute-sets="picture" space-before="{$half-line}">
					<fo:instream-foreign-object width="100%" content-width="scale-down-to-fit" scaling="uniform">
						<xsl:attribute name="fox:alt-text"><xsl:call-template name="overview-words"/></xsl:attribute>
						<xsl:call-template name="svg-overview"/>
					</fo:instream-foreign-object>
				</fo:block>
			</fo:block>
			<fo:block xsl:use-attribute-sets="divided" text-indent="0mm" space-before="{$half-line}">
				<xsl:if test="count(column) > 2 and not(ancestor::box or ancestor::li)"><xsl:attribute name="start-indent">0mm</xsl:attribute></xsl:if>
				<xsl:copy-of select="$look.data"/>
				<fo:table table-layout="fixed" width="100%" border-bottom="{$m.rule-fine} solid {$colour.dark}" border-separation="0pt">
					<fo:table-column column-width="proportional-column-width(10)"/>
					<xsl:for-each select="column"><fo:table-column column-width="proportional-column-width(6)"/></xsl:for-each>
					<fo:table-column column-width="proportional-column-width(6)"/>
					<fo:table-header xsl:use-attribute-sets="fresh" font-weight="700" color="{$colour.dark}">
						<fo:table-row>
							<xsl:call-template name="overview-head"><xsl:with-param name="words"><xsl:apply-templates select="." mode="overview-rows"/></xsl:with-param></xsl:call-template>
							<xsl:for-each select="column">
								<xsl:call-template name="overview-head">
									<xsl:with-param name="words"><xsl:apply-templates select="." mode="overview-name"/></xsl:with-param>
									<xsl:with-param name="align">end</xsl:with-param>
								</xsl:call-template>
							</xsl:for-each>
							<xsl:call-template name="overview-head">
								<xsl:with-param name="words"><xsl:call-template name="label"><xsl:with-param name="name">in-all</xsl:with-param></xsl:call-template></xsl:with-param>
								<xsl:with-param name="align">end</xsl:with-param>
							</xsl:call-template>
						</fo:table-row>
					</fo:table-header>
					<fo:table-body xsl:use-attribute-sets="fresh"><xsl:apply-templates select="row | total" mode="overview"/></fo:table-body>
				</fo:table>
				<fo:block space-before="{$m.tight}" keep-with-previous.within-page="always">
					<xsl:copy-of select="$look.caption[name() != 'space-before']"/>
					<xsl:call-template name="label"><xsl:with-param name="name">counted-once</xsl:with-param></xsl:call-template>
				</fo:block>
			</fo:block>
			</fo:block>
		</xsl:if>
	</xsl:template>

	<!-- align: start or end -->
	<xsl:template name="overview-head">
		<xsl:param name="words"/>
		<xsl:param name="align">start</xsl:param>
		<fo:table-cell padding-before="{$m.cell-padding}" padding-after="{$m.cell-padding}" display-align="after" border-bottom="{$m.rule-strong} solid {$colour.dark}">
			<xsl:if test="$align = 'end'"><xsl:attribute name="padding-start"><xsl:value-of select="$m.cell-gap"/></xsl:attribute></xsl:if>
			<fo:block xsl:use-attribute-sets="short" text-align="{$align}"><xsl:value-of select="normalize-space($words)"/></fo:block>
		</fo:table-cell>
	</xsl:template>

	<xsl:template match="row | total" mode="overview">
		<fo:table-row xsl:use-attribute-sets="together">
			<xsl:if test="self::total"><xsl:attribute name="font-weight">700</xsl:attribute></xsl:if>
			<fo:table-cell padding-before="{$m.cell-padding}" padding-after="{$m.cell-padding}" role="TH">
				<xsl:call-template name="overview-rule"/>
				<fo:block xsl:use-attribute-sets="short"><xsl:apply-templates select="." mode="overview-name"/></fo:block>
			</fo:table-cell>
			<xsl:apply-templates select="cell" mode="overview"/>
			<xsl:call-template name="overview-figures"/>
		</fo:table-row>
	</xsl:template>
	<xsl:template match="cell" mode="overview"><xsl:call-template name="overview-figures"/></xsl:template>

	<!-- Quotes; of voices the words below. -->
	<xsl:template name="overview-figures">
		<fo:table-cell padding-before="{$m.cell-padding}" padding-after="{$m.cell-padding}" padding-start="{$m.cell-gap}">
			<xsl:call-template name="overview-rule"/>
			<fo:block text-align="end" hyphenate="false">
				<xsl:if test="@quotes = 0"><xsl:attribute name="color"><xsl:value-of select="$colour.grey"/></xsl:attribute></xsl:if>
				<xsl:value-of select="@quotes"/>
			</fo:block>
			<xsl:if test="ancestor::voices and @quotes > 0">
				<fo:block text-align="end" hyphenate="false">
					<xsl:copy-of select="$look.caption[name() != 'space-before']"/>
					<xsl:call-template name="counted">
						<xsl:with-param name="count" select="@words"/>
						<xsl:with-param name="one">word-one</xsl:with-param>
						<xsl:with-param name="more">word-more</xsl:with-param>
					</xsl:call-template>
				</fo:block>
			</xsl:if>
		</fo:table-cell>
	</xsl:template>

	<!-- Between rows a fine rule, above the total a dark one. -->
	<xsl:template name="overview-rule">
		<xsl:variable name="row" select="ancestor-or-self::*[self::row or self::total]"/>
		<xsl:choose>
			<xsl:when test="$row/self::total"><xsl:attribute name="border-top"><xsl:value-of select="concat($m.rule-fine, ' solid ', $colour.dark)"/></xsl:attribute></xsl:when>
			<xsl:when test="$row/preceding-sibling::row"><xsl:attribute name="border-top"><xsl:value-of select="concat($m.rule-fine, ' solid ', $colour.rule)"/></xsl:attribute></xsl:when>
		</xsl:choose>
	</xsl:template>

</xsl:stylesheet>
