<?xml version="1.0" encoding="UTF-8"?>
<!-- Blocks that the program fills from the data: mode island. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions" xmlns:rx="urn:rotonde:fo">

	<!-- ================ drawings ================ -->

	<!-- Decoration: in page furniture only. -->
	<xsl:template name="ring"><fo:instream-foreign-object><xsl:call-template name="svg-ring"/></fo:instream-foreign-object></xsl:template>
	<xsl:template name="roundabout">
		<xsl:param name="height"/>
		<fo:instream-foreign-object width="{$page/@width}" height="{$height}" content-width="{$page/@width}" scaling="uniform" overflow="hidden" display-align="center">
			<xsl:call-template name="svg-roundabout"/>
		</fo:instream-foreign-object>
	</xsl:template>
	<xsl:template name="part-drawing">
		<xsl:param name="number"/>
		<fo:instream-foreign-object width="{$page/@width}" height="{$page/@height}" content-width="{$page/@width}" scaling="uniform" overflow="hidden" display-align="after">
			<xsl:call-template name="svg-part"><xsl:with-param name="number" select="$number"/></xsl:call-template>
		</fo:instream-foreign-object>
	</xsl:template>

	<!-- ================ timeline ================ -->

	<xsl:template match="timeline" mode="island"><xsl:apply-templates select="case[care/period]" mode="island"/></xsl:template>

	<xsl:template match="timeline/case" mode="island">
		<fo:block xsl:use-attribute-sets="together apart" text-indent="0mm" start-indent="0mm">
			<xsl:call-template name="source"/>
			<fo:block xsl:use-attribute-sets="picture" keep-with-next.within-page="always">
				<fo:instream-foreign-object>
					<xsl:attribute name="fox:alt-text"><xsl:call-template name="timeline-words"/></xsl:attribute>
					<xsl:call-template name="svg-timeline">
						<xsl:with-param name="end" select="string(/publication/date)"/>
						<xsl:with-param name="width" select="$block-width"/>
					</xsl:call-template>
				</fo:instream-foreign-object>
			</fo:block>
			<fo:block role="Caption" start-indent="{$hang}">
				<xsl:copy-of select="$look.caption"/>
				<fo:inline font-weight="700" color="{$colour.dark}"><xsl:call-template name="label"><xsl:with-param name="name">timeline</xsl:with-param></xsl:call-template></fo:inline>
				<xsl:text>&#8195;</xsl:text>
				<xsl:apply-templates select="title/node()" mode="inline"/>
			</fo:block>
		</fo:block>
	</xsl:template>

	<!-- ================ rotondes ================ -->

	<xsl:template match="rotondes" mode="island">
		<fo:block xsl:use-attribute-sets="apart" text-indent="0mm"><xsl:apply-templates select="rotonde" mode="island"/></fo:block>
	</xsl:template>

	<!-- <rotonde ref=""/>: the one, with its exits in the drawing. -->
	<xsl:template match="island/rotonde" mode="island">
		<fo:block xsl:use-attribute-sets="apart" text-indent="0mm" keep-together.within-page="4">
			<xsl:apply-templates select="rotonde" mode="island"/>
			<xsl:for-each select="rotonde">
				<fo:block xsl:use-attribute-sets="picture" start-indent="0mm" space-before="{$line}" space-after="{$half-line}">
					<fo:instream-foreign-object>
						<xsl:attribute name="fox:alt-text"><xsl:call-template name="rotonde-words"/></xsl:attribute>
						<xsl:call-template name="svg-rotonde-whole"><xsl:with-param name="width" select="$block-width"/></xsl:call-template>
					</fo:instream-foreign-object>
				</fo:block>
				<xsl:if test="@taken = 'none'"><fo:block><xsl:copy-of select="$look.data"/><xsl:call-template name="label"><xsl:with-param name="name">none-taken</xsl:with-param></xsl:call-template></fo:block></xsl:if>
			</xsl:for-each>
		</fo:block>
	</xsl:template>

	<!-- The drawing in the margin of the text, beside it when, what and which ways there were. -->
	<xsl:template match="rotonde" mode="island">
		<fo:list-block xsl:use-attribute-sets="numbered-row" provisional-label-separation="{$m.label-gap}" text-indent="0mm" keep-together.within-page="3" role="Sect">
			<xsl:if test="preceding-sibling::rotonde"><xsl:attribute name="space-before">1.5 * <xsl:value-of select="$line"/></xsl:attribute></xsl:if>
			<xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if>
			<xsl:call-template name="source"/>
			<fo:list-item role="NonStruct">
				<fo:list-item-label end-indent="label-end()" role="NonStruct">
					<fo:block xsl:use-attribute-sets="picture" role="NonStruct">
						<xsl:if test="not(parent::rotonde)"><fo:instream-foreign-object role="Artifact" width="{$hang} - {$m.label-gap}" content-width="scale-down-to-fit" scaling="uniform"><xsl:call-template name="svg-rotonde"/></fo:instream-foreign-object></xsl:if>
					</fo:block>
				</fo:list-item-label>
				<fo:list-item-body start-indent="body-start()" role="NonStruct">
					<fo:block xsl:use-attribute-sets="heading">
						<xsl:call-template name="heading-role-attribute"><xsl:with-param name="deeper" select="1"/></xsl:call-template>
						<xsl:copy-of select="$look.subsection[name() != 'space-before']"/>
						<xsl:apply-templates select="title/node()" mode="inline"/>
					</fo:block>
					<fo:block xsl:use-attribute-sets="short with-next">
						<xsl:copy-of select="$look.caption[name() != 'space-before']"/>
						<xsl:call-template name="label"><xsl:with-param name="name">rotonde</xsl:with-param></xsl:call-template>
						<xsl:text>&#160;</xsl:text>
						<xsl:value-of select="@number"/>
						<xsl:text>&#160;· </xsl:text>
						<xsl:call-template name="date"><xsl:with-param name="date" select="@when"/></xsl:call-template>
						<xsl:call-template name="stagnation"/>
						<xsl:call-template name="confirmed"/>
					</fo:block>
					<xsl:apply-templates select="description" mode="island"/>
					<xsl:if test="not(parent::rotonde)"><xsl:call-template name="exits"/></xsl:if>
				</fo:list-item-body>
			</fo:list-item>
		</fo:list-block>
	</xsl:template>

	<xsl:template match="rotonde/description" mode="island">
		<fo:block space-before="{$m.tight}">
			<xsl:call-template name="source"/>
			<xsl:apply-templates mode="inline"/>
		</fo:block>
	</xsl:template>

	<!-- The ways out, by the letters of the drawing; the one taken in bold, with what came of it. -->
	<xsl:template name="exits">
		<xsl:if test="exit">
			<fo:list-block provisional-distance-between-starts="{$m.list-indent}" provisional-label-separation="{$m.list-gap}" space-before="{$half-line}">
				<xsl:copy-of select="$look.data"/>
				<xsl:apply-templates select="exit" mode="island"/>
			</fo:list-block>
		</xsl:if>
		<xsl:if test="@taken = 'none'">
			<fo:block space-before="{$m.tight}">
				<xsl:copy-of select="$look.data"/>
				<xsl:call-template name="label"><xsl:with-param name="name">none-taken</xsl:with-param></xsl:call-template>
			</fo:block>
		</xsl:if>
	</xsl:template>

	<xsl:template match="exit" mode="island">
		<fo:list-item space-before="{$m.tight}">
			<xsl:call-template name="source"/>
			<fo:list-item-label end-indent="label-end()">
				<fo:block color="{$colour.dark}">
					<xsl:if test="@taken = 'yes'"><xsl:attribute name="font-weight">700</xsl:attribute></xsl:if>
					<xsl:number count="exit" format="a"/>
				</fo:block>
			</fo:list-item-label>
			<fo:list-item-body start-indent="body-start()">
				<fo:block hyphenate="false">
					<xsl:if test="@taken = 'yes'">
						<xsl:attribute name="font-weight">700</xsl:attribute>
						<xsl:attribute name="color"><xsl:value-of select="$colour.dark"/></xsl:attribute>
					</xsl:if>
					<xsl:apply-templates mode="inline"/>
				</fo:block>
				<xsl:if test="@at"><fo:block hyphenate="false"><xsl:value-of select="@at"/></fo:block></xsl:if>
			</fo:list-item-body>
		</fo:list-item>
	</xsl:template>

	<!-- ================ quotes ================ -->

	<xsl:template match="quotes" mode="island"><xsl:apply-templates select="quote" mode="unit"/></xsl:template>

	<xsl:template match="elements" mode="island"><xsl:apply-templates select="group" mode="island"/></xsl:template>
	<xsl:template match="group" mode="island">
		<fo:block xsl:use-attribute-sets="heading">
			<xsl:call-template name="heading-role-attribute"><xsl:with-param name="deeper" select="1"/></xsl:call-template>
			<xsl:copy-of select="$look.subsection"/>
			<xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template>
		</fo:block>
		<xsl:apply-templates select="quote" mode="unit"/>
	</xsl:template>

	<!-- ================ persons and sessions ================ -->

	<xsl:template match="persons" mode="island">
		<xsl:if test="person">
			<fo:block xsl:use-attribute-sets="apart" text-indent="0mm" hyphenate="false">
				<xsl:if test="not(ancestor::box or ancestor::li)"><xsl:attribute name="start-indent">0mm</xsl:attribute></xsl:if>
				<xsl:copy-of select="$look.data"/>
				<fo:table table-layout="fixed" width="100%" border-bottom="{$m.rule-fine} solid {$colour.dark}">
					<fo:table-column column-width="proportional-column-width(13)"/>
					<fo:table-column column-width="proportional-column-width(16)"/>
					<fo:table-column column-width="proportional-column-width(14)"/>
					<fo:table-header xsl:use-attribute-sets="fresh" font-weight="700" color="{$colour.dark}">
						<fo:table-row>
							<xsl:call-template name="person-head"><xsl:with-param name="name">who</xsl:with-param></xsl:call-template>
							<xsl:call-template name="person-head"><xsl:with-param name="name">function</xsl:with-param></xsl:call-template>
							<xsl:call-template name="person-head"><xsl:with-param name="name">organisation</xsl:with-param></xsl:call-template>
						</fo:table-row>
					</fo:table-header>
					<fo:table-body xsl:use-attribute-sets="fresh"><xsl:apply-templates select="person" mode="island"/></fo:table-body>
				</fo:table>
			</fo:block>
		</xsl:if>
	</xsl:template>
	<xsl:template name="person-head">
		<xsl:param name="name"/>
		<fo:table-cell padding-before="{$m.cell-padding}" padding-after="{$m.cell-padding}" border-bottom="{$m.rule-strong} solid {$colour.dark}">
			<fo:block><xsl:call-template name="label"><xsl:with-param name="name" select="$name"/></xsl:call-template></fo:block>
		</fo:table-cell>
	</xsl:template>
	<xsl:template match="person" mode="island">
		<fo:table-row xsl:use-attribute-sets="together">
			<xsl:call-template name="source"/>
			<xsl:call-template name="row-keeps">
				<xsl:with-param name="before" select="preceding-sibling::person"/>
				<xsl:with-param name="after" select="following-sibling::person"/>
			</xsl:call-template>
			<xsl:call-template name="person-cell"><xsl:with-param name="words" select="label"/></xsl:call-template>
			<xsl:variable name="role"><xsl:call-template name="label"><xsl:with-param name="name" select="@role"/></xsl:call-template></xsl:variable>
			<xsl:call-template name="person-cell"><xsl:with-param name="words" select="concat(function, substring($role, 1, 99 * not(function)))"/></xsl:call-template>
			<xsl:call-template name="person-cell"><xsl:with-param name="words" select="organisation"/><xsl:with-param name="gap">0mm</xsl:with-param></xsl:call-template>
		</fo:table-row>
	</xsl:template>
	<xsl:template name="person-cell">
		<xsl:param name="words"/>
		<xsl:param name="gap" select="$m.cell-gap"/>
		<fo:table-cell padding-before="{$m.cell-padding}" padding-after="{$m.cell-padding}" padding-end="{$gap}">
			<xsl:if test="preceding-sibling::person"><xsl:attribute name="border-top"><xsl:value-of select="concat($m.rule-fine, ' solid ', $colour.rule)"/></xsl:attribute></xsl:if>
			<fo:block xsl:use-attribute-sets="short"><xsl:value-of select="normalize-space($words)"/></fo:block>
		</fo:table-cell>
	</xsl:template>

	<!-- What, when and where, who: three lines each. -->
	<xsl:template match="sessions" mode="island">
		<fo:list-block xsl:use-attribute-sets="numbered-row" text-indent="0mm" space-before="{$half-line}" space-after="{$line}" hyphenate="false" role="L">
			<xsl:copy-of select="$look.data"/>
			<xsl:apply-templates select="session" mode="island"/>
		</fo:list-block>
	</xsl:template>
	<xsl:template match="session" mode="island">
		<fo:list-item xsl:use-attribute-sets="together" space-before="{$half-line}">
			<xsl:call-template name="source"/>
			<fo:list-item-label end-indent="label-end()"><fo:block/></fo:list-item-label>
			<fo:list-item-body start-indent="body-start()">
				<fo:block font-weight="700" color="{$colour.dark}"><xsl:apply-templates select="title/node()" mode="inline"/></fo:block>
				<fo:block>
					<xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template>
					<xsl:if test="place">
						<xsl:text>&#160;· </xsl:text>
						<xsl:apply-templates select="place/node()" mode="inline"/>
					</xsl:if>
				</fo:block>
				<fo:block color="{$colour.grey}"><xsl:call-template name="participants"/></fo:block>
			</fo:list-item-body>
		</fo:list-item>
	</xsl:template>

	<!-- ================ reflections: head, heart, hands ================ -->

	<xsl:template match="reflections" mode="island">
		<xsl:if test="reflection">
			<xsl:call-template name="reflections"><xsl:with-param name="reflections" select="reflection"/></xsl:call-template>
		</xsl:if>
	</xsl:template>

	<xsl:template name="reflections">
		<xsl:param name="reflections"/>
		<fo:block xsl:use-attribute-sets="apart divided" text-indent="0mm">
			<xsl:copy-of select="$look.data"/>
			<fo:table table-layout="fixed" width="100%" border-bottom="{$m.rule-fine} solid {$colour.dark}">
				<fo:table-column column-width="proportional-column-width(1)"/>
				<fo:table-column column-width="proportional-column-width(1)"/>
				<fo:table-column column-width="proportional-column-width(1)"/>
				<fo:table-header xsl:use-attribute-sets="fresh">
					<fo:table-row>
						<xsl:call-template name="reflection-head"><xsl:with-param name="name">head</xsl:with-param></xsl:call-template>
						<xsl:call-template name="reflection-head"><xsl:with-param name="name">heart</xsl:with-param></xsl:call-template>
						<xsl:call-template name="reflection-head"><xsl:with-param name="name">hands</xsl:with-param></xsl:call-template>
					</fo:table-row>
				</fo:table-header>
				<fo:table-body xsl:use-attribute-sets="fresh"><xsl:apply-templates select="$reflections" mode="island"/></fo:table-body>
			</fo:table>
		</fo:block>
	</xsl:template>
	<xsl:template name="reflection-head">
		<xsl:param name="name"/>
		<fo:table-cell padding-after="{$m.cell-padding}" border-bottom="{$m.rule-strong} solid {$colour.dark}">
			<fo:block>
				<xsl:copy-of select="$look.box-title[name() != 'space-after']"/>
				<xsl:call-template name="label"><xsl:with-param name="name" select="$name"/></xsl:call-template>
			</fo:block>
		</fo:table-cell>
	</xsl:template>

	<!-- Who, over the three columns; then the three. -->
	<xsl:template match="reflection" mode="island">
		<fo:table-row keep-with-next.within-page="always" keep-together.within-page="always">
			<xsl:call-template name="source"/>
			<fo:table-cell number-columns-spanned="3" padding-before="{$m.cell-padding}">
				<xsl:if test="preceding-sibling::reflection"><xsl:attribute name="border-top"><xsl:value-of select="concat($m.rule-fine, ' solid ', $colour.rule)"/></xsl:attribute></xsl:if>
				<xsl:apply-templates select="." mode="mark"/>
				<fo:block>
					<xsl:copy-of select="$look.speaker[name() != 'space-after']"/>
					<xsl:value-of select="@label"/>
					<xsl:if test="@date and parent::reflections">
						<fo:inline font-weight="400" color="{$colour.grey}">
							<xsl:text>&#8194;</xsl:text>
							<xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template>
						</fo:inline>
					</xsl:if>
				</fo:block>
			</fo:table-cell>
		</fo:table-row>
		<fo:table-row xsl:use-attribute-sets="together">
			<xsl:call-template name="reflection-cell"><xsl:with-param name="words" select="head"/></xsl:call-template>
			<xsl:call-template name="reflection-cell"><xsl:with-param name="words" select="heart"/></xsl:call-template>
			<xsl:call-template name="reflection-cell"><xsl:with-param name="words" select="hands"/></xsl:call-template>
		</fo:table-row>
	</xsl:template>
	<xsl:template name="reflection-cell">
		<xsl:param name="words"/>
		<fo:table-cell padding-after="{$half-line}" padding-end="{$m.cell-gap}">
			<xsl:if test="name($words) = 'head'"><xsl:apply-templates select="." mode="mark"/></xsl:if>
			<fo:block>
				<xsl:for-each select="$words"><xsl:call-template name="source"/></xsl:for-each>
				<xsl:apply-templates select="$words/node()" mode="inline"/>
			</fo:block>
		</fo:table-cell>
	</xsl:template>

	<!-- ================ editions ================ -->

	<!-- "Title  Portret · nieuw", with the page of what has one. -->
	<xsl:template match="entry" mode="island">
		<fo:block start-indent="{$hang} + {$m.list-indent}">
			<xsl:if test="not(following-sibling::entry)"><xsl:attribute name="space-after"><xsl:value-of select="$half-line"/></xsl:attribute></xsl:if>
			<xsl:if test="@title">
				<xsl:value-of select="@title"/>
				<xsl:text>&#8194;</xsl:text>
			</xsl:if>
			<fo:inline color="{$colour.grey}">
				<xsl:if test="@title"><xsl:call-template name="kind-words"/><xsl:text>&#160;· </xsl:text></xsl:if>
				<xsl:call-template name="change-words"/>
			</fo:inline>
		</fo:block>
	</xsl:template>

	<xsl:template match="editions | changes" mode="island">
		<fo:block xsl:use-attribute-sets="apart" text-indent="0mm" hyphenate="false">
			<xsl:copy-of select="$look.data"/>
			<xsl:for-each select="edition">
				<fo:block>
					<xsl:if test="@number">
						<fo:inline font-weight="700" color="{$colour.dark}">
							<xsl:call-template name="label"><xsl:with-param name="name">edition</xsl:with-param></xsl:call-template>
							<xsl:text> </xsl:text>
							<xsl:value-of select="@number"/>
						</fo:inline>
						<xsl:text>&#8194;</xsl:text>
					</xsl:if>
					<xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template>
				</fo:block>
				<xsl:apply-templates select="entry" mode="island"/>
			</xsl:for-each>
		</fo:block>
	</xsl:template>

</xsl:stylesheet>
