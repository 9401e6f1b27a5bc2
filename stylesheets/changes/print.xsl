<?xml version="1.0" encoding="UTF-8"?>
<!-- The change report in print: the publication itself, with a summary in front, new words underlined, withdrawn words struck through, and a bar in
     the margin beside every block in which something changed. The bar is the start border of a block around it: text stays where it stands. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format">
	<xsl:import href="../print/publication.xsl"/>
	<xsl:include href="words.xsl"/>

	<xsl:output method="xml" encoding="UTF-8"/>

	<!-- ================ summary ================ -->

	<xsl:template match="publication" mode="contents">
		<xsl:apply-templates select="changes" mode="page"/>
		<xsl:apply-imports/>
	</xsl:template>

	<xsl:template match="changes" mode="page">
		<fo:page-sequence master-reference="chapter">
			<xsl:call-template name="furniture"/>
			<fo:flow xsl:use-attribute-sets="flow">
				<xsl:copy-of select="$look.text"/>
				<xsl:call-template name="title">
					<xsl:with-param name="words"><xsl:apply-templates select="." mode="plain-title"/></xsl:with-param>
				</xsl:call-template>
				<fo:block>
					<xsl:copy-of select="$look.lead"/>
					<xsl:call-template name="changes-span"/>
				</fo:block>
				<fo:block space-before="{$half-line}"><xsl:call-template name="label"><xsl:with-param name="name">changes-inside</xsl:with-param></xsl:call-template></fo:block>
				<fo:block space-before="{$half-line}" space-after="{$line}"><xsl:call-template name="label"><xsl:with-param name="name">changes-legend</xsl:with-param></xsl:call-template></fo:block>
				<xsl:if test="not(entry)"><fo:block><xsl:call-template name="label"><xsl:with-param name="name">changes-none</xsl:with-param></xsl:call-template></fo:block></xsl:if>
				<xsl:apply-templates select="entry" mode="report"/>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>
	<xsl:template match="changes" mode="plain-title"><xsl:call-template name="label"><xsl:with-param name="name">changes</xsl:with-param></xsl:call-template></xsl:template>

	<xsl:template match="entry" mode="report">
		<fo:block xsl:use-attribute-sets="together" space-before="{$half-line}" hyphenate="false">
			<xsl:copy-of select="$look.data"/>
			<fo:block font-weight="700" color="{$colour.dark}">
				<xsl:choose>
					<xsl:when test="/publication/contents//*[@href and @id = current()/@id]"><fo:basic-link internal-destination="{@id}"><xsl:value-of select="@title"/></fo:basic-link></xsl:when>
					<xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
				</xsl:choose>
			</fo:block>
			<fo:block color="{$colour.grey}"><xsl:call-template name="entry-facts"/></fo:block>
		</fo:block>
	</xsl:template>

	<!-- ================ marks ================ -->

	<xsl:template match="ins" mode="inline"><fo:inline text-decoration="underline" background-color="{$colour.tint}"><xsl:apply-templates mode="inline"/></fo:inline></xsl:template>
	<xsl:template match="del" mode="inline"><fo:inline text-decoration="line-through" color="{$colour.grey}"><xsl:apply-templates mode="inline"/></fo:inline></xsl:template>
	<xsl:template match="del" mode="plain"/>

	<!-- Attributes of the block beside which the bar stands. -->
	<xsl:template name="change-bar">
		<xsl:param name="padding" select="$m.box-padding"/>
		<xsl:attribute name="border-start-style">solid</xsl:attribute>
		<xsl:attribute name="border-start-width"><xsl:value-of select="$m.quote-bar"/></xsl:attribute>
		<xsl:attribute name="border-start-color"><xsl:value-of select="$colour.dark"/></xsl:attribute>
		<xsl:attribute name="padding-start"><xsl:value-of select="$padding"/></xsl:attribute>
	</xsl:template>

	<xsl:template match="*[@change] | quote[*/@change] | quotation[*/@change]" mode="unit">
		<fo:block role="NonStruct"><xsl:call-template name="change-bar"/><xsl:apply-templates select="self::quote/@was[. != '']" mode="unit"/><xsl:apply-imports/></fo:block>
	</xsl:template>
	<!-- Above what it is about: how it was called. -->
	<xsl:template match="@was" mode="unit">
		<fo:block keep-with-next.within-page="always" text-indent="0mm" space-before="{$half-line}"><xsl:copy-of select="$look.data"/><xsl:attribute name="color"><xsl:value-of select="$colour.grey"/></xsl:attribute>
			<xsl:call-template name="label"><xsl:with-param name="name">title-was</xsl:with-param></xsl:call-template>
			<xsl:value-of select="concat(' ', .)"/>
		</fo:block>
	</xsl:template>
	<!-- What may stand out to the left of the text has its bar further out. -->
	<xsl:template match="table[@change] | island[@change] | figure[@change]" mode="unit">
		<fo:block role="NonStruct" start-indent="0mm"><xsl:call-template name="change-bar"/><fo:block role="NonStruct" start-indent="{$hang}"><xsl:apply-templates select="@picture" mode="unit"/><xsl:apply-imports/></fo:block></fo:block>
	</xsl:template>
	<xsl:template match="@picture" mode="unit">
		<fo:block keep-with-next.within-page="always" text-indent="0mm" space-before="{$half-line}"><xsl:copy-of select="$look.data"/><xsl:attribute name="color"><xsl:value-of select="$colour.grey"/></xsl:attribute><xsl:call-template name="label"><xsl:with-param name="name">picture-replaced</xsl:with-param></xsl:call-template></fo:block>
	</xsl:template>
	<!-- In a list the bar stands before the label, of a row before its first cell. -->
	<xsl:template match="li[@change or *[not(self::ul or self::ol)]/@change]" mode="item-body">
		<fo:block role="NonStruct" start-indent="body-start() - {$m.list-indent}"><xsl:call-template name="change-bar"/><fo:block role="NonStruct" start-indent="body-start()"><xsl:apply-imports/></fo:block></fo:block>
	</xsl:template>
	<xsl:template match="tr[@change or */@change]/*[not(preceding-sibling::*)] | reflection[@change or */@change]" mode="mark"><xsl:call-template name="change-bar"><xsl:with-param name="padding" select="$m.cell-gap"/></xsl:call-template></xsl:template>
	<!-- What is in a section has bars of its own; its heading has one. -->
	<xsl:template match="section[@change]" mode="unit"><xsl:apply-imports/></xsl:template>
	<xsl:template match="section[@change]/title" mode="unit">
		<fo:block role="NonStruct" start-indent="0mm" keep-with-next.within-page="always"><xsl:call-template name="change-bar"/>
			<xsl:apply-imports/>
			<xsl:if test="@was">
				<fo:block keep-with-next.within-page="always" color="{$colour.grey}">
					<xsl:call-template name="label"><xsl:with-param name="name">title-was</xsl:with-param></xsl:call-template>
					<xsl:value-of select="concat(' ', @was)"/>
				</fo:block>
			</xsl:if>
		</fo:block>
	</xsl:template>

</xsl:stylesheet>
