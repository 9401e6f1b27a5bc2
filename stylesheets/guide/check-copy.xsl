<?xml version="1.0" encoding="UTF-8"?>
<!-- A check copy, A4: every quote of one participant with what stands right around it, and room to say yes, no, or something else. Nothing of others
     beyond that; no notes, no codes. The dossier's element said holds it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format">
	<xsl:import href="../print/forms.xsl"/>

	<xsl:template match="dossier" mode="sheets">
		<xsl:variable name="kicker"><xsl:call-template name="label"><xsl:with-param name="name">check-copy</xsl:with-param></xsl:call-template></xsl:variable>
		<fo:page-sequence master-reference="sheet">
			<xsl:call-template name="form-furniture">
				<xsl:with-param name="words" select="concat($kicker, ' · ', said/@label)"/>
				<xsl:with-param name="about" select="$kicker"/>
			</xsl:call-template>
			<fo:flow xsl:use-attribute-sets="flow">
				<fo:block hyphenate="false"><xsl:copy-of select="$look.kicker"/><xsl:value-of select="$kicker"/></fo:block>
				<fo:block xsl:use-attribute-sets="form-heading"><xsl:copy-of select="$look.title"/><xsl:value-of select="said/@label"/></fo:block>
				<fo:block><xsl:copy-of select="$look.text"/><xsl:choose><xsl:when test="said/place"><xsl:call-template name="label"><xsl:with-param name="name">check-intro</xsl:with-param></xsl:call-template></xsl:when><xsl:otherwise><xsl:call-template name="label"><xsl:with-param name="name">check-none</xsl:with-param></xsl:call-template></xsl:otherwise></xsl:choose></fo:block>
				<xsl:apply-templates select="said/place" mode="sheet"/>
				<fo:block keep-together.within-page="always" space-before="2 * {$line}">
					<fo:block xsl:use-attribute-sets="with-next"><xsl:copy-of select="$look.subsection"/><xsl:call-template name="label"><xsl:with-param name="name">signature</xsl:with-param></xsl:call-template></fo:block>
					<xsl:call-template name="writing-lines"><xsl:with-param name="count" select="2"/></xsl:call-template>
				</fo:block>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<xsl:template match="place" mode="sheet">
		<fo:block keep-together.within-page="4" space-before="{$line}" padding-before="{$line}" border-top="{$m.rule-fine} solid {$colour.rule}">
			<xsl:call-template name="source"/>
			<fo:block xsl:use-attribute-sets="heading" role="H2">
				<xsl:copy-of select="$look.subsection[name() != 'space-before']"/>
				<xsl:call-template name="label"><xsl:with-param name="name">check-quote</xsl:with-param></xsl:call-template>
				<xsl:text> </xsl:text>
				<xsl:number count="place"/>
			</fo:block>
			<fo:block xsl:use-attribute-sets="with-next" hyphenate="false">
				<xsl:copy-of select="$look.caption[name() != 'space-before']"/>
				<xsl:apply-templates select="title/node()" mode="plain"/>
				<xsl:if test="@date"><xsl:text> · </xsl:text><xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template></xsl:if>
			</fo:block>
			<xsl:for-each select="*[not(self::title)]">
				<xsl:choose>
					<xsl:when test="@asked"><fo:block background-color="{$colour.tint}" space-before="{$half-line}" padding-before="{$m.tight}" padding-after="{$m.tight}" end-indent="{$half-line}" padding-end="{$half-line}"><xsl:apply-templates select="." mode="block"/></fo:block></xsl:when>
					<xsl:otherwise><fo:block space-before="{$half-line}" color="{$colour.grey}"><xsl:copy-of select="$look.text[name() != 'color']"/><xsl:apply-templates select="." mode="block"/></fo:block></xsl:otherwise>
				</xsl:choose>
			</xsl:for-each>
			<fo:block space-before="{$line}" hyphenate="false" keep-together.within-page="always">
				<xsl:copy-of select="$look.data"/>
				<fo:block keep-with-next.within-page="always">
					<xsl:call-template name="tick"/><xsl:text>&#160;</xsl:text><xsl:call-template name="label"><xsl:with-param name="name">check-yes</xsl:with-param></xsl:call-template><xsl:text>&#8195;</xsl:text>
					<xsl:call-template name="tick"/><xsl:text>&#160;</xsl:text><xsl:call-template name="label"><xsl:with-param name="name">check-no</xsl:with-param></xsl:call-template><xsl:text>&#8195;</xsl:text>
					<xsl:call-template name="tick"/><xsl:text>&#160;</xsl:text><xsl:call-template name="label"><xsl:with-param name="name">check-change</xsl:with-param></xsl:call-template>
				</fo:block>
				<xsl:call-template name="writing-lines"><xsl:with-param name="count" select="2"/></xsl:call-template>
			</fo:block>
		</fo:block>
	</xsl:template>

</xsl:stylesheet>
