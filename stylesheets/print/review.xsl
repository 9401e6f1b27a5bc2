<?xml version="1.0" encoding="UTF-8"?>
<!-- What only a review copy shows: the author's line before every block, codes and editors' notes beside what they belong to, "CONCEPT" and
     the file at the head of each page. Mode unit is where a block and what stands beside it meet; in a public copy it does nothing. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format">

	<xsl:variable name="note-width" select="string($house/print/review/@note)"/>
	<xsl:variable name="note-gap" select="string($house/print/review/@gap)"/>

	<!-- ================ beside a block ================ -->

	<!-- What a note stands beside: the block it is in, else the one it follows; what is in a list, a quote or a footnote stands beside the whole of it. -->
	<xsl:template match="*" mode="unit">
		<xsl:choose>
			<xsl:when test="$review and not(ancestor::*[self::li or self::quote or self::quotation or self::footnote]) and (.//@codes or .//note or following-sibling::*[1][self::note])">
				<xsl:call-template name="beside">
					<xsl:with-param name="notes" select=".//note | following-sibling::note[generate-id(preceding-sibling::*[not(self::note)][1]) = generate-id(current())]"/>
				</xsl:call-template>
			</xsl:when>
			<xsl:otherwise><xsl:apply-templates select="." mode="block"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>
	<!-- These are too large to stand beside: what is in them is a unit by itself. -->
	<xsl:template match="section | box | island" mode="unit"><xsl:apply-templates select="." mode="block"/></xsl:template>
	<!-- A note that follows no block stands alone. -->
	<xsl:template match="note" mode="unit">
		<xsl:if test="$review and not(ancestor::*[self::li or self::quote or self::quotation or self::footnote]) and not(preceding-sibling::*[not(self::note)][1][not(self::section or self::box or self::island)])">
			<xsl:call-template name="beside"><xsl:with-param name="notes" select="."/><xsl:with-param name="alone" select="true()"/></xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- The current block and its codes and notes, side by side. alone: no block. The space around the block is around both. -->
	<xsl:template name="beside">
		<xsl:param name="notes"/>
		<xsl:param name="alone" select="false()"/>
		<xsl:choose>
			<xsl:when test="self::table or self::figure or self::pre">
				<fo:block xsl:use-attribute-sets="apart" role="NonStruct"><xsl:call-template name="beside-row"><xsl:with-param name="notes" select="$notes"/></xsl:call-template></fo:block>
			</xsl:when>
			<xsl:otherwise>
				<xsl:call-template name="beside-row"><xsl:with-param name="notes" select="$notes"/><xsl:with-param name="alone" select="$alone"/></xsl:call-template>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template name="beside-row">
		<xsl:param name="notes"/>
		<xsl:param name="alone" select="false()"/>
		<fo:table xsl:use-attribute-sets="fresh" table-layout="fixed" role="NonStruct" end-indent="-1 * ({$note-gap} + {$note-width})"
			width="{$page/@width} - {$inner} - {$outer} + {$note-gap} + {$note-width}">
			<xsl:if test="self::ul or self::ol">
				<xsl:attribute name="space-before"><xsl:value-of select="$half-line"/></xsl:attribute>
				<xsl:attribute name="space-after"><xsl:value-of select="$half-line"/></xsl:attribute>
			</xsl:if>
			<xsl:if test="self::lead"><xsl:copy-of select="$look.lead[name() = 'space-after']"/></xsl:if>
			<xsl:if test="self::quote or self::quotation"><xsl:copy-of select="$look.quote[name() = 'space-before' or name() = 'space-after']"/></xsl:if>
			<xsl:if test="self::title[parent::section]"><xsl:attribute name="space-before"><xsl:value-of select="$line"/></xsl:attribute></xsl:if>
			<xsl:if test="self::title"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
			<fo:table-column column-width="{$page/@width} - {$inner} - {$outer}"/>
			<fo:table-column column-width="{$note-gap}"/>
			<fo:table-column column-width="{$note-width}"/>
			<fo:table-body xsl:use-attribute-sets="fresh" role="NonStruct">
				<fo:table-row role="NonStruct">
					<fo:table-cell role="NonStruct" start-indent="{$hang}">
						<xsl:if test="ancestor::box"><xsl:attribute name="end-indent"><xsl:value-of select="$m.box-padding"/></xsl:attribute></xsl:if>
						<xsl:if test="$alone"><fo:block/></xsl:if>
						<xsl:if test="not($alone)"><xsl:apply-templates select="." mode="block"/></xsl:if>
					</fo:table-cell>
					<fo:table-cell role="NonStruct"><fo:block/></fo:table-cell>
					<fo:table-cell role="Note">
						<fo:block xsl:use-attribute-sets="divided" font-style="normal" text-align="start" padding-before="{$m.running-drop}">
							<xsl:copy-of select="$look.review"/>
							<xsl:apply-templates select="self::*[not($alone)]/descendant-or-self::*/@codes" mode="margin"/>
							<xsl:apply-templates select="$notes" mode="margin"/>
						</fo:block>
					</fo:table-cell>
				</fo:table-row>
			</fo:table-body>
		</fo:table>
	</xsl:template>

	<xsl:template match="@codes" mode="margin">
		<fo:block hyphenate="false" font-weight="700" color="{$colour.dark}">
			<xsl:text>#</xsl:text>
			<xsl:call-template name="codes"><xsl:with-param name="codes" select="normalize-space()"/></xsl:call-template>
		</fo:block>
	</xsl:template>
	<!-- "a b" as "a #b". -->
	<xsl:template name="codes">
		<xsl:param name="codes"/>
		<xsl:choose>
			<xsl:when test="contains($codes, ' ')">
				<xsl:value-of select="concat(substring-before($codes, ' '), ' #')"/>
				<xsl:call-template name="codes"><xsl:with-param name="codes" select="substring-after($codes, ' ')"/></xsl:call-template>
			</xsl:when>
			<xsl:otherwise><xsl:value-of select="$codes"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template match="note" mode="margin">
		<fo:block color="{$colour.ink}" background-color="{$colour.tint}" padding="{$m.tight}" start-indent="{$m.tight}" end-indent="{$m.tight}" space-before="{$m.tight}">
			<xsl:call-template name="source"/>
			<xsl:value-of select="normalize-space()"/>
		</fo:block>
	</xsl:template>

	<!-- Not in the text itself. -->
	<xsl:template match="note" mode="block"/>
	<xsl:template match="note" mode="inline"/>

	<!-- ================ lines ================ -->

	<!-- The words of the current block, in a review copy with the author's line before them, in the margin. -->
	<xsl:template name="words">
		<xsl:choose>
			<xsl:when test="$review and @line and not(ancestor::footnote)">
				<fo:block-container height="{$line}" space-after="{$line} * -1" space-after.precedence="force" start-indent="{$m.line-number} * -1" text-indent="0mm" keep-with-next.within-page="always" role="Artifact">
					<fo:block xsl:use-attribute-sets="fresh">
						<xsl:copy-of select="$look.review"/>
						<xsl:attribute name="line-height"><xsl:value-of select="$line"/></xsl:attribute>
						<xsl:value-of select="@line"/>
					</fo:block>
				</fo:block-container>
				<fo:block><xsl:apply-templates mode="inline"/></fo:block>
			</xsl:when>
			<xsl:otherwise><xsl:apply-templates mode="inline"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- ================ the head of the page ================ -->

	<!-- The file that the text on the page comes from. -->
	<xsl:template name="file-marker">
		<xsl:if test="$review">
			<fo:marker marker-class-name="file"><xsl:value-of select="ancestor-or-self::*[@file][1]/@file"/></fo:marker>
		</xsl:if>
	</xsl:template>

	<!-- "CONCEPT", title, chapter; the file at the right. In place of the running head. -->
	<xsl:template name="review-head">
		<fo:block-container absolute-position="absolute" left="{$inner} + {$hang}" top="{$page/@edge}" width="{$page/@width} - 2 * {$inner} - {$hang}">
			<fo:block text-align-last="justify" hyphenate="false">
				<xsl:copy-of select="$look.running"/>
				<fo:inline font-weight="700" color="{$colour.dark}"><xsl:call-template name="label"><xsl:with-param name="name">concept</xsl:with-param></xsl:call-template></fo:inline>
				<xsl:text>&#8195;</xsl:text>
				<xsl:apply-templates select="/publication/title" mode="running"/>
				<xsl:text>&#8195;</xsl:text>
				<fo:retrieve-marker retrieve-class-name="running" retrieve-position="first-including-carryover"/>
				<fo:leader leader-pattern="space" leader-length.minimum="0pt" leader-length.optimum="{$m.label-gap}" leader-length.maximum="100%"/>
				<fo:retrieve-marker retrieve-class-name="file" retrieve-position="first-including-carryover"/>
			</fo:block>
		</fo:block-container>
	</xsl:template>

</xsl:stylesheet>
