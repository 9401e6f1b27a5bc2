<?xml version="1.0" encoding="UTF-8"?>
<!-- What working forms (posters, guides, check copies) share: a publication's dossier (src/document/document.h) set with the means of the report, in
     a size of their own. A form imports this, and says which rows of the house style it has ($form) and which sheets it is made of (mode sheets).
     No form has editors' notes or codes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:exsl="http://exslt.org/common"
	exclude-result-prefixes="exsl">

	<xsl:import href="publication.xsl"/>

	<!-- Rows of the form's own stand in the place of those of print. -->
	<xsl:variable name="form" select="$house/guide"/>
	<xsl:variable name="page" select="$form/page"/>
	<xsl:variable name="looks"><xsl:apply-templates select="$house/print/type[not(@name = $form/type/@name)] | $form/type" mode="look"/></xsl:variable>
	<xsl:variable name="lengths" select="$house/print/length[not(@name = $form/length/@name)] | $form/length"/>
	<xsl:variable name="hang">0mm</xsl:variable>
	<xsl:variable name="review" select="false()"/>
	<xsl:variable name="m.write" select="string($lengths[@name = 'write']/@value)"/>
	<xsl:variable name="drawing-size"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($lengths[@name = 'drawing-type']/@value)"/></xsl:call-template></xsl:variable>
	<!-- The width of the text, in millimetres. -->
	<xsl:variable name="text-measure">
		<xsl:variable name="w"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($page/@width)"/></xsl:call-template></xsl:variable>
		<xsl:variable name="i"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($page/@inner)"/></xsl:call-template></xsl:variable>
		<xsl:variable name="o"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($page/@outer)"/></xsl:call-template></xsl:variable>
		<xsl:value-of select="$w - $i - $o"/>
	</xsl:variable>

	<xsl:template match="/publication">
		<fo:root xml:lang="{@xml:lang}">
			<xsl:call-template name="source"/>
			<fo:layout-master-set>
				<xsl:call-template name="form-master"><xsl:with-param name="name">first</xsl:with-param></xsl:call-template>
				<xsl:call-template name="form-master"><xsl:with-param name="name">rest</xsl:with-param></xsl:call-template>
				<fo:page-sequence-master master-name="sheet">
					<fo:single-page-master-reference master-reference="first"/>
					<fo:repeatable-page-master-reference master-reference="rest"/>
				</fo:page-sequence-master>
			</fo:layout-master-set>
			<xsl:call-template name="metadata"/>
			<xsl:apply-templates select="dossier" mode="sheets"/>
		</fo:root>
	</xsl:template>

	<xsl:template name="form-master">
		<xsl:param name="name"/>
		<fo:simple-page-master master-name="{$name}" page-width="{$page/@width}" page-height="{$page/@height}">
			<fo:region-body margin-top="{$page/@top}" margin-bottom="{$page/@bottom}" margin-left="{$page/@inner}" margin-right="{$page/@outer}">
				<xsl:if test="$name = 'rest'"><xsl:attribute name="margin-top"><xsl:value-of select="concat($page/@top, ' + ', $line)"/></xsl:attribute></xsl:if>
			</fo:region-body>
			<fo:region-before region-name="head-{$name}" extent="{$page/@height}" precedence="true"/>
		</fo:simple-page-master>
	</xsl:template>

	<!-- Around the sheet: what it is (on further sheets), whose, CONCEPT, the page. words: what the sheet is called. -->
	<xsl:template name="form-furniture">
		<xsl:param name="words"/>
		<xsl:param name="about"/>
		<xsl:call-template name="form-foot"><xsl:with-param name="name">head-first</xsl:with-param><xsl:with-param name="about" select="$about"/></xsl:call-template>
		<xsl:call-template name="form-foot">
			<xsl:with-param name="name">head-rest</xsl:with-param>
			<xsl:with-param name="about" select="$about"/>
			<xsl:with-param name="words" select="$words"/>
		</xsl:call-template>
	</xsl:template>
	<xsl:template name="form-foot">
		<xsl:param name="name"/>
		<xsl:param name="words"/>
		<xsl:param name="about"/>
		<xsl:variable name="width" select="concat($page/@width, ' - ', $page/@inner, ' - ', $page/@outer)"/>
		<fo:static-content flow-name="{$name}">
			<xsl:if test="$words">
				<fo:block-container absolute-position="absolute" left="{$page/@inner}" top="{$page/@edge}" width="{$width}">
					<fo:block>
						<xsl:copy-of select="$look.running"/>
						<xsl:value-of select="$words"/>
						<xsl:text> (</xsl:text>
						<xsl:call-template name="label"><xsl:with-param name="name">continued</xsl:with-param></xsl:call-template>
						<xsl:text>)</xsl:text>
					</fo:block>
				</fo:block-container>
			</xsl:if>
			<fo:block-container absolute-position="absolute" left="{$page/@inner}" top="{$page/@height} - {$page/@edge} - {$line}" width="{$width}">
				<fo:block hyphenate="false">
					<xsl:copy-of select="$look.running"/>
					<xsl:if test="$profile = 'review'">
						<fo:inline font-weight="700" color="{$colour.dark}"><xsl:call-template name="label"><xsl:with-param name="name">concept</xsl:with-param></xsl:call-template></fo:inline>
						<xsl:text>&#8195;</xsl:text>
					</xsl:if>
					<xsl:value-of select="$about"/>
					<xsl:text>&#8195;</xsl:text>
					<fo:page-number/>
				</fo:block>
			</fo:block-container>
		</fo:static-content>
	</xsl:template>

	<xsl:attribute-set name="form-heading" use-attribute-sets="heading"><xsl:attribute name="role">H1</xsl:attribute></xsl:attribute-set>

	<!-- Lines to write on: so many. -->
	<xsl:template name="writing-lines">
		<xsl:param name="count" select="3"/>
		<xsl:if test="$count > 0">
			<fo:block line-height="{$m.write}" font-size="{$m.tight}" role="Artifact" text-align-last="justify" line-stacking-strategy="line-height">
				<fo:leader leader-pattern="rule" leader-length="100%" rule-thickness="{$m.rule-fine}" color="{$colour.grey}"/>
			</fo:block>
			<xsl:call-template name="writing-lines"><xsl:with-param name="count" select="$count - 1"/></xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- A box to tick. -->
	<xsl:template name="tick">
		<fo:instream-foreign-object role="Artifact" content-height="0.8em" scaling="uniform">
			<xsl:call-template name="svg-tick"/>
		</fo:instream-foreign-object>
	</xsl:template>

	<!-- "Rotonde 3 · maart 2018 · stagnatie: feitelijk" -->
	<xsl:template name="turn-facts">
		<xsl:call-template name="label"><xsl:with-param name="name">rotonde</xsl:with-param></xsl:call-template>
		<xsl:text>&#160;</xsl:text>
		<xsl:value-of select="@number"/>
		<xsl:text>&#160;· </xsl:text>
		<xsl:call-template name="date"><xsl:with-param name="date" select="@when"/></xsl:call-template>
		<xsl:call-template name="stagnation"/>
	</xsl:template>

	<xsl:template name="drawing-of-rotonde">
		<fo:block xsl:use-attribute-sets="picture" space-before="{$half-line}" space-after="{$half-line}">
			<fo:instream-foreign-object xmlns:fox="http://xmlgraphics.apache.org/fop/extensions">
				<xsl:attribute name="fox:alt-text"><xsl:call-template name="rotonde-words"/></xsl:attribute>
				<xsl:call-template name="svg-rotonde-whole"><xsl:with-param name="width" select="$text-measure"/></xsl:call-template>
			</fo:instream-foreign-object>
		</fo:block>
		<xsl:if test="@taken = 'none'"><fo:block><xsl:copy-of select="$look.data"/><xsl:call-template name="label"><xsl:with-param name="name">none-taken</xsl:with-param></xsl:call-template></fo:block></xsl:if>
	</xsl:template>

	<!-- A form is no report: blocks without lines, notes and codes. -->
	<xsl:template match="*" mode="unit"><xsl:apply-templates select="." mode="block"/></xsl:template>
	<xsl:template match="note" mode="unit"/>
	<xsl:template match="note" mode="block"/>
	<xsl:template match="note" mode="inline"/>
	<xsl:template match="footnote" mode="inline"/>

</xsl:stylesheet>
