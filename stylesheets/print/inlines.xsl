<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands in a paragraph. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions">

	<xsl:template match="em" mode="inline"><fo:inline font-style="italic"><xsl:apply-templates mode="inline"/></fo:inline></xsl:template>
	<!-- In italics emphasis stands upright. -->
	<xsl:template match="quote//em | em//em" mode="inline"><fo:inline font-style="normal"><xsl:apply-templates mode="inline"/></fo:inline></xsl:template>
	<xsl:template match="strong" mode="inline"><fo:inline font-weight="700"><xsl:apply-templates mode="inline"/></fo:inline></xsl:template>
	<xsl:template match="code" mode="inline">
		<fo:inline font-family="{$look.code[name() = 'font-family']}" font-size="82%" hyphenate="false" role="Code"><xsl:value-of select="."/></fo:inline>
	</xsl:template>
	<xsl:template match="br" mode="inline"><fo:block/></xsl:template>

	<xsl:template match="q" mode="inline">
		<xsl:call-template name="quotation-mark"/>
		<xsl:apply-templates mode="inline"/>
		<xsl:call-template name="quotation-mark"><xsl:with-param name="side">close</xsl:with-param></xsl:call-template>
	</xsl:template>
	<xsl:template name="quotation-mark">
		<xsl:param name="side">open</xsl:param>
		<xsl:call-template name="label">
			<xsl:with-param name="name">quote-<xsl:value-of select="$side"/><xsl:if test="count(ancestor::q) mod 2 = 1">-inner</xsl:if></xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<xsl:template match="a" mode="inline">
		<fo:basic-link xsl:use-attribute-sets="link" external-destination="url('{@href}')">
			<xsl:call-template name="link-content"/>
		</fo:basic-link>
	</xsl:template>
	<!-- Inside the publication: with the page. -->
	<xsl:template match="a[starts-with(@href, '#')]" mode="inline">
		<fo:basic-link xsl:use-attribute-sets="link" internal-destination="{substring(@href, 2)}"><xsl:call-template name="link-content"/></fo:basic-link>
	</xsl:template>
	<!-- Its title is what a reader of the PDF is told of it. -->
	<xsl:template name="link-content">
		<xsl:if test="@title"><xsl:attribute name="fox:alt-text"><xsl:value-of select="@title"/></xsl:attribute></xsl:if>
		<xsl:apply-templates mode="inline"/>
	</xsl:template>

	<!-- As high as the words around it. -->
	<xsl:template match="image" mode="inline">
		<fo:external-graphic src="url('{@href}')" fox:alt-text="{@alt}" content-height="1em" scaling="uniform"/>
	</xsl:template>

	<xsl:template match="footnote" mode="inline">
		<fo:footnote>
			<fo:inline font-family="{$look.note[name() = 'font-family']}" font-size="{$m.note-mark}" font-weight="700" font-style="normal"
				baseline-shift="{$m.note-mark-shift}" line-height="0pt" color="{$colour.dark}">
				<fo:basic-link internal-destination="note-{@number}"><xsl:value-of select="@number"/></fo:basic-link>
			</fo:inline>
			<fo:footnote-body xsl:use-attribute-sets="fresh" font-style="normal" hyphenate="true" text-align="start" role="Note">
				<xsl:copy-of select="$look.note"/>
				<fo:list-block id="note-{@number}" start-indent="{$hang}" provisional-distance-between-starts="{$m.note-indent}"
					provisional-label-separation="{$m.list-gap}" space-before="{$m.tight}" role="NonStruct">
					<xsl:call-template name="source"><xsl:with-param name="all" select="true()"/></xsl:call-template>
					<fo:list-item role="NonStruct">
						<fo:list-item-label end-indent="label-end()" role="Lbl">
							<fo:block font-weight="700" color="{$colour.dark}"><xsl:value-of select="@number"/></fo:block>
						</fo:list-item-label>
						<fo:list-item-body start-indent="body-start()" role="NonStruct"><xsl:apply-templates select="*" mode="block"/></fo:list-item-body>
					</fo:list-item>
				</fo:list-block>
			</fo:footnote-body>
		</fo:footnote>
	</xsl:template>

	<!-- Notes between editors stand in the margin: review.xsl. -->
	<xsl:template match="note" mode="inline"/>

</xsl:stylesheet>
