<?xml version="1.0" encoding="UTF-8"?>
<!-- Sheets for the wall, A3 landscape: for every case the timeline, then a sheet for each rotonde (the drawing, what helped, what did not, room to
     write), and one for each thread. What does not fit goes on to a further sheet. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">
	<xsl:import href="../print/forms.xsl"/>
	<xsl:variable name="form" select="$house/poster"/>
	<xsl:variable name="timeline-size"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($lengths[@name = 'timeline-type']/@value)"/></xsl:call-template></xsl:variable>

	<xsl:template match="dossier" mode="sheets">
		<xsl:for-each select="story">
			<xsl:apply-templates select="timeline/case[care/period]" mode="sheet"/>
			<xsl:apply-templates select="rotondes/rotonde" mode="sheet"/>
		</xsl:for-each>
		<xsl:apply-templates select="strand" mode="sheet"/>
		<xsl:if test="not(story/timeline/case[care/period] | story/rotondes/rotonde | strand)"><xsl:call-template name="empty-sheet"/></xsl:if>
	</xsl:template>

	<!-- Periods of care that a sheet has room for. A case with more goes on to further sheets: by date, each with all its rotondes and talks. -->
	<xsl:variable name="periods-most" select="12"/>

	<xsl:template match="timeline/case" mode="sheet">
		<xsl:apply-templates select="self::*[count(care/period) &lt;= $periods-most]" mode="timeline-sheet"/>
		<xsl:apply-templates select="self::*[count(care/period) &gt; $periods-most]" mode="timeline-sheets"/>
	</xsl:template>

	<xsl:template match="timeline/case" mode="timeline-sheets">
		<xsl:param name="from" select="1"/>
		<xsl:variable name="part">
			<publication>
				<xsl:copy-of select="/publication/@* | /publication/title | /publication/date"/>
				<timeline>
					<case>
						<xsl:copy-of select="@* | *[not(self::care)]"/>
						<care>
							<xsl:for-each select="care/period">
								<xsl:sort select="@from"/>
								<xsl:if test="position() &gt;= $from and position() &lt; $from + $periods-most"><xsl:copy-of select="."/></xsl:if>
							</xsl:for-each>
						</care>
					</case>
				</timeline>
			</publication>
		</xsl:variable>
		<xsl:apply-templates select="exsl:node-set($part)/publication/timeline/case" mode="timeline-sheet"/>
		<xsl:if test="count(care/period) &gt;= $from + $periods-most">
			<xsl:apply-templates select="." mode="timeline-sheets"><xsl:with-param name="from" select="$from + $periods-most"/></xsl:apply-templates>
		</xsl:if>
	</xsl:template>

	<xsl:template match="timeline/case" mode="timeline-sheet">
		<fo:page-sequence master-reference="sheet">
			<xsl:call-template name="form-furniture"><xsl:with-param name="about"><xsl:apply-templates select="/publication/title/node()" mode="plain"/></xsl:with-param></xsl:call-template>
			<fo:flow xsl:use-attribute-sets="flow">
				<xsl:call-template name="sheet-head">
					<xsl:with-param name="kicker"><xsl:call-template name="label"><xsl:with-param name="name">timeline</xsl:with-param></xsl:call-template></xsl:with-param>
				</xsl:call-template>
				<fo:block xsl:use-attribute-sets="picture" space-before="{$half-line}">
					<fo:instream-foreign-object>
						<xsl:attribute name="fox:alt-text"><xsl:call-template name="timeline-words"/></xsl:attribute>
						<xsl:call-template name="svg-timeline">
							<xsl:with-param name="end" select="string(/publication/date)"/>
							<xsl:with-param name="width" select="$text-measure"/>
							<xsl:with-param name="beside" select="true()"/>
							<xsl:with-param name="size" select="$timeline-size"/>
						</xsl:call-template>
					</fo:instream-foreign-object>
				</fo:block>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<xsl:template match="rotonde" mode="sheet">
		<xsl:variable name="facts"><xsl:call-template name="turn-facts"/></xsl:variable>
		<xsl:variable name="title"><xsl:apply-templates select="title/node()" mode="plain"/></xsl:variable>
		<xsl:variable name="said" select="../../turn[@ref = current()/@ref]/elements"/>
		<fo:page-sequence master-reference="sheet">
			<xsl:call-template name="form-furniture">
				<xsl:with-param name="words" select="concat($facts, ' · ', $title)"/>
				<xsl:with-param name="about"><xsl:apply-templates select="../../title/node()" mode="plain"/></xsl:with-param>
			</xsl:call-template>
			<fo:flow xsl:use-attribute-sets="flow">
				<fo:block>
					<xsl:call-template name="sheet-head"><xsl:with-param name="kicker" select="$facts"/></xsl:call-template>
					<xsl:for-each select="description">
						<fo:block><xsl:copy-of select="$look.text"/><xsl:call-template name="source"/><xsl:apply-templates mode="inline"/></fo:block>
					</xsl:for-each>
					<xsl:call-template name="drawing-of-rotonde"/>
				</fo:block>
				<xsl:apply-templates select="$said" mode="said"/>
				<xsl:call-template name="room"/>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<xsl:template match="strand" mode="sheet">
		<xsl:variable name="title"><xsl:apply-templates select="title/node()" mode="plain"/></xsl:variable>
		<fo:page-sequence master-reference="sheet">
			<xsl:call-template name="form-furniture">
				<xsl:with-param name="words" select="$title"/>
				<xsl:with-param name="about"><xsl:apply-templates select="/publication/title/node()" mode="plain"/></xsl:with-param>
			</xsl:call-template>
			<fo:flow xsl:use-attribute-sets="flow">
				<fo:block>
					<xsl:call-template name="sheet-head"><xsl:with-param name="kicker"><xsl:call-template name="label"><xsl:with-param name="name">thread</xsl:with-param></xsl:call-template></xsl:with-param></xsl:call-template>
					<xsl:for-each select="definition">
						<fo:block><xsl:copy-of select="$look.text"/><xsl:call-template name="source"/><xsl:apply-templates mode="inline"/></fo:block>
					</xsl:for-each>
				</fo:block>
				<xsl:apply-templates select="elements" mode="said"/>
				<xsl:call-template name="room"/>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<xsl:template name="empty-sheet">
		<fo:page-sequence master-reference="sheet">
			<fo:flow xsl:use-attribute-sets="flow">
				<fo:block xsl:use-attribute-sets="form-heading"><xsl:copy-of select="$look.title"/><xsl:call-template name="label"><xsl:with-param name="name">sheets-none</xsl:with-param></xsl:call-template></fo:block>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<xsl:template name="sheet-head">
		<xsl:param name="kicker"/>
		<fo:block hyphenate="false" keep-with-next.within-page="always"><xsl:copy-of select="$look.kicker"/><xsl:value-of select="$kicker"/></fo:block>
		<fo:block xsl:use-attribute-sets="form-heading">
			<xsl:copy-of select="$look.title"/>
			<xsl:call-template name="source"><xsl:with-param name="all" select="true()"/></xsl:call-template>
			<xsl:apply-templates select="title/node()" mode="inline"/>
		</fo:block>
	</xsl:template>

	<!-- What helped beside what did not, a quote of each a row; of one kind alone two in a row, also of what is left of one when the other is
	     through. Rows go on to a further sheet, under the same heads. -->
	<xsl:template match="elements" mode="said">
		<xsl:variable name="helping" select="group[@kind = 'helping']/quote"/>
		<xsl:variable name="not-helping" select="group[@kind = 'not-helping']/quote"/>
		<xsl:variable name="more" select="count($helping) - count($not-helping)"/>
		<!-- one more is no reason for another head -->
		<xsl:variable name="rows" select="($more > 0) * count($not-helping) + ($more &lt;= 0) * count($helping) + ($more = 1 or $more = -1)"/>
		<xsl:if test="$helping and $not-helping">
			<xsl:call-template name="said-table">
				<xsl:with-param name="heads">
					<xsl:call-template name="said-head"><xsl:with-param name="kind">helping</xsl:with-param></xsl:call-template>
					<fo:table-cell><fo:block/></fo:table-cell>
					<xsl:call-template name="said-head"><xsl:with-param name="kind">not-helping</xsl:with-param></xsl:call-template>
				</xsl:with-param>
				<xsl:with-param name="rows">
					<xsl:for-each select="($helping | $not-helping)[position() &lt;= $rows]">
						<xsl:variable name="n" select="position()"/>
						<xsl:call-template name="said-row"><xsl:with-param name="left" select="$helping[$n]"/><xsl:with-param name="right" select="$not-helping[$n]"/></xsl:call-template>
					</xsl:for-each>
				</xsl:with-param>
			</xsl:call-template>
		</xsl:if>
		<xsl:for-each select="group">
			<xsl:variable name="from" select="$rows * boolean($helping and $not-helping)"/>
			<xsl:if test="count(quote) > $from">
				<xsl:call-template name="said-table">
					<xsl:with-param name="heads"><xsl:call-template name="said-head"><xsl:with-param name="kind" select="@kind"/><xsl:with-param name="span" select="3"/></xsl:call-template></xsl:with-param>
					<xsl:with-param name="rows">
						<xsl:for-each select="quote[position() > $from and (position() - $from) mod 2 = 1]">
							<xsl:call-template name="said-row"><xsl:with-param name="left" select="."/><xsl:with-param name="right" select="following-sibling::quote[1]"/></xsl:call-template>
						</xsl:for-each>
					</xsl:with-param>
				</xsl:call-template>
			</xsl:if>
		</xsl:for-each>
	</xsl:template>
	<xsl:template name="said-table">
		<xsl:param name="heads"/>
		<xsl:param name="rows"/>
		<fo:table table-layout="fixed" width="100%" space-before="{$line}">
			<fo:table-column column-width="proportional-column-width(1)"/>
			<fo:table-column column-width="{$page/@gap}"/>
			<fo:table-column column-width="proportional-column-width(1)"/>
			<fo:table-header xsl:use-attribute-sets="fresh"><fo:table-row><xsl:copy-of select="$heads"/></fo:table-row></fo:table-header>
			<fo:table-body xsl:use-attribute-sets="fresh"><xsl:copy-of select="$rows"/></fo:table-body>
		</fo:table>
	</xsl:template>
	<xsl:template name="said-row">
		<xsl:param name="left"/>
		<xsl:param name="right"/>
		<fo:table-row keep-together.within-page="always">
			<fo:table-cell padding-before="{$half-line}"><fo:block><xsl:apply-templates select="$left" mode="unit"/></fo:block></fo:table-cell>
			<fo:table-cell><fo:block/></fo:table-cell>
			<fo:table-cell padding-before="{$half-line}"><fo:block><xsl:apply-templates select="$right" mode="unit"/></fo:block></fo:table-cell>
		</fo:table-row>
	</xsl:template>
	<xsl:template name="said-head">
		<xsl:param name="kind"/>
		<xsl:param name="span" select="1"/>
		<fo:table-cell number-columns-spanned="{$span}" border-bottom="{$m.rule-strong} solid {$colour.dark}">
			<fo:block hyphenate="false">
				<xsl:copy-of select="$look.section[name() != 'space-before']"/>
				<xsl:call-template name="label"><xsl:with-param name="name" select="$kind"/></xsl:call-template>
			</fo:block>
		</fo:table-cell>
	</xsl:template>

	<xsl:template name="room">
		<fo:block keep-together.within-page="always">
			<fo:block xsl:use-attribute-sets="heading" role="H2">
				<xsl:copy-of select="$look.section"/>
				<xsl:call-template name="label"><xsl:with-param name="name">room</xsl:with-param></xsl:call-template>
			</fo:block>
			<xsl:call-template name="writing-lines"><xsl:with-param name="count" select="3"/></xsl:call-template>
		</fo:block>
	</xsl:template>

</xsl:stylesheet>
