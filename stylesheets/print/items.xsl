<?xml version="1.0" encoding="UTF-8"?>
<!-- The items of a publication. Mode page: as pages of its own; mode within: as a section of the item around it; mode opening: its head. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions" xmlns:rx="urn:rotonde:fo" xmlns:r="urn:rotonde:functions" exclude-result-prefixes="r">

	<!-- The publication's own text: each of its first sections as an unnumbered chapter. -->
	<xsl:template match="publication/body" mode="page">
		<xsl:if test="*[not(self::section)]">
			<fo:page-sequence master-reference="chapter">
				<xsl:call-template name="source"/>
				<xsl:call-template name="furniture"/>
				<fo:flow xsl:use-attribute-sets="flow">
					<xsl:copy-of select="$look.text"/>
					<xsl:call-template name="title">
						<xsl:with-param name="id">opening</xsl:with-param>
						<xsl:with-param name="words"><xsl:call-template name="label"><xsl:with-param name="name">opening</xsl:with-param></xsl:call-template></xsl:with-param>
					</xsl:call-template>
					<xsl:apply-templates select="*[not(self::section)]" mode="unit"/>
				</fo:flow>
			</fo:page-sequence>
		</xsl:if>
		<xsl:apply-templates select="section" mode="page"/>
	</xsl:template>

	<xsl:template match="section" mode="page">
		<fo:page-sequence master-reference="chapter">
			<xsl:call-template name="source"/>
			<xsl:call-template name="furniture"/>
			<fo:flow xsl:use-attribute-sets="flow">
				<xsl:copy-of select="$look.text"/>
				<xsl:call-template name="title"/>
				<xsl:apply-templates select="*[not(self::title)]" mode="unit"/>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<!-- ================ part ================ -->

	<xsl:template match="part" mode="page">
		<fo:page-sequence master-reference="parts" role="Part">
			<xsl:call-template name="source"/>
			<xsl:call-template name="part-furniture"/>
			<fo:flow flow-name="xsl-region-body" start-indent="{$hang}" hyphenate="false">
				<xsl:apply-templates select="." mode="opening"/>
			</fo:flow>
		</fo:page-sequence>
		<xsl:if test="body/node()">
			<fo:page-sequence master-reference="portrait">
				<xsl:call-template name="furniture"><xsl:with-param name="first">plain</xsl:with-param></xsl:call-template>
				<fo:flow xsl:use-attribute-sets="flow">
					<xsl:copy-of select="$look.text"/>
					<fo:block>
						<fo:marker marker-class-name="running"><xsl:apply-templates select="title" mode="running"/></fo:marker>
						<xsl:for-each select="body"><xsl:call-template name="file-marker"/></xsl:for-each>
					</fo:block>
					<xsl:apply-templates select="body" mode="block"/>
				</fo:flow>
			</fo:page-sequence>
		</xsl:if>
		<xsl:apply-templates select="chapter | case | thread | session | reflection" mode="page"/>
	</xsl:template>

	<xsl:template match="part" mode="opening">
		<fo:block role="H1" id="{@id}">
			<xsl:call-template name="source"/>
			<fo:block space-before="{$line}" space-before.conditionality="retain" space-after="{$line}" role="Span">
				<xsl:copy-of select="$look/part-label/@*"/>
				<xsl:call-template name="label"><xsl:with-param name="name">part</xsl:with-param></xsl:call-template>
				<xsl:text> </xsl:text>
				<xsl:value-of select="@number"/>
			</fo:block>
			<fo:block rx:text-wrap="balance" role="Span">
				<xsl:copy-of select="$look/part-title/@*"/>
				<xsl:apply-templates select="title/node()" mode="inline"/>
			</fo:block>
		</fo:block>
		<xsl:if test="subtitle">
			<fo:block rx:text-wrap="balance">
				<xsl:copy-of select="$look/part-subtitle/@*"/>
				<xsl:apply-templates select="subtitle/node()" mode="inline"/>
			</fo:block>
		</xsl:if>
		<xsl:if test="lead">
			<fo:block space-before="3 * {$line}" hyphenate="true">
				<xsl:copy-of select="$look/part-lead/@*"/>
				<xsl:apply-templates select="lead/node()" mode="inline"/>
			</fo:block>
		</xsl:if>
	</xsl:template>

	<xsl:template name="part-furniture">
		<fo:static-content flow-name="part-odd"><xsl:call-template name="part-ground"/></fo:static-content>
		<xsl:if test="not($review)">
			<fo:static-content flow-name="part-even"><xsl:call-template name="part-ground"/></fo:static-content>
		</xsl:if>
	</xsl:template>
	<xsl:template name="part-ground">
		<fo:block xsl:use-attribute-sets="picture">
			<xsl:call-template name="part-drawing"><xsl:with-param name="number" select="@number"/></xsl:call-template>
		</fo:block>
	</xsl:template>

	<!-- ================ chapters and what is set as one ================ -->

	<xsl:template match="chapter | case | thread | session | appendix" mode="page">
		<fo:page-sequence master-reference="chapter">
			<xsl:call-template name="source"/>
			<xsl:call-template name="furniture"><xsl:with-param name="number" select="@number"/></xsl:call-template>
			<fo:flow xsl:use-attribute-sets="flow">
				<xsl:copy-of select="$look.text"/>
				<xsl:apply-templates select="." mode="opening"/>
				<xsl:apply-templates select="." mode="content"/>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<xsl:template match="chapter | case | thread | session | appendix" mode="opening"><xsl:call-template name="title"/></xsl:template>

	<!-- What stands over a title and says what it is: words alone. -->
	<xsl:template match="*" mode="kicker"/>
	<xsl:template match="case | thread | appendix" mode="kicker">
		<xsl:call-template name="label"><xsl:with-param name="name" select="name()"/></xsl:call-template>
	</xsl:template>
	<xsl:template match="session" mode="kicker">
		<xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template>
		<xsl:text> · </xsl:text>
		<xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template>
	</xsl:template>

	<!-- The head of an opening page: kicker, number on the strip, title, and subtitle and authors below. words: instead of the current node's title.
	     The title always stands at the same height, with or without a kicker. -->
	<xsl:template name="title">
		<xsl:param name="id" select="@id"/>
		<xsl:param name="words"/>
		<xsl:param name="role"><xsl:call-template name="heading-role"/></xsl:param>
		<xsl:variable name="kicker"><xsl:apply-templates select="." mode="kicker"/></xsl:variable>
		<xsl:variable name="below" select="subtitle[not(parent::publication)] | author[not(parent::publication)]"/>
		<xsl:if test="string($kicker)">
			<fo:block xsl:use-attribute-sets="with-next" hyphenate="false">
				<xsl:copy-of select="$look.kicker"/>
				<xsl:value-of select="$kicker"/>
			</fo:block>
		</xsl:if>
		<fo:list-block xsl:use-attribute-sets="numbered-row heading" id="{$id}" role="{$role}">
			<xsl:copy-of select="$look.title"/>
			<xsl:if test="$below"><xsl:attribute name="space-after"><xsl:value-of select="$half-line"/></xsl:attribute></xsl:if>
			<xsl:if test="not(string($kicker))"><xsl:attribute name="padding-before"><xsl:value-of select="$line"/></xsl:attribute></xsl:if>
			<xsl:call-template name="source"/>
			<fo:marker marker-class-name="running">
				<xsl:copy-of select="$words"/>
				<xsl:if test="not(string($words))">
					<xsl:apply-templates select="title" mode="running"/>
					<xsl:if test="not(title)"><xsl:apply-templates select="." mode="plain-title"/></xsl:if>
				</xsl:if>
			</fo:marker>
			<xsl:call-template name="file-marker"/>
			<fo:list-item>
				<fo:list-item-label end-indent="label-end()">
					<fo:block text-align="center" role="Span">
						<xsl:copy-of select="$look.number"/>
						<xsl:value-of select="@number"/>
					</fo:block>
				</fo:list-item-label>
				<fo:list-item-body start-indent="body-start()">
					<fo:block role="Span">
						<xsl:copy-of select="$words"/>
						<xsl:if test="not(string($words))"><xsl:apply-templates select="title/node()" mode="inline"/></xsl:if>
					</fo:block>
				</fo:list-item-body>
			</fo:list-item>
		</fo:list-block>
		<xsl:if test="$below">
			<fo:block xsl:use-attribute-sets="heading" space-after="{$look.title[name() = 'space-after']}">
				<xsl:apply-templates select="$below"/>
			</fo:block>
		</xsl:if>
	</xsl:template>

	<xsl:template match="chapter/subtitle | appendix/subtitle">
		<fo:block rx:text-wrap="balance">
			<xsl:copy-of select="$look.subtitle"/>
			<xsl:apply-templates mode="inline"/>
		</fo:block>
	</xsl:template>
	<xsl:template match="chapter/author | appendix/author">
		<xsl:if test="not(preceding-sibling::author)">
			<fo:block>
				<xsl:copy-of select="$look.data"/>
				<xsl:for-each select="../author">
					<xsl:if test="position() > 1">, </xsl:if>
					<xsl:value-of select="normalize-space()"/>
				</xsl:for-each>
			</fo:block>
		</xsl:if>
	</xsl:template>

	<!-- How deep a heading is: "H1" to "H6". deeper: how many levels below the current node's own. -->
	<xsl:template name="heading-role">
		<xsl:param name="deeper" select="0"/>
		<xsl:variable name="level" select="$deeper + count(ancestor-or-self::section) + count(ancestor-or-self::*[self::part or self::chapter or self::case or self::thread
			or self::session or self::reflection or self::appendix or self::imprint][not(ancestor::island)])"/>
		<xsl:value-of select="concat('H', $level - ($level - 6) * ($level > 6) + ($level = 0))"/>
	</xsl:template>
	<xsl:template name="heading-role-attribute">
		<xsl:param name="deeper" select="0"/>
		<xsl:attribute name="role"><xsl:call-template name="heading-role"><xsl:with-param name="deeper" select="$deeper"/></xsl:call-template></xsl:attribute>
	</xsl:template>

	<!-- ================ what an item holds ================ -->

	<xsl:template match="*" mode="content">
		<xsl:apply-templates select="body" mode="block"/>
		<xsl:apply-templates select="chapter | case | thread | session | reflection" mode="within"/>
	</xsl:template>

	<xsl:template match="thread" mode="content">
		<xsl:apply-templates select="definition"/>
		<xsl:apply-templates select="body" mode="block"/>
	</xsl:template>
	<xsl:template match="thread/definition">
		<fo:block xsl:use-attribute-sets="short with-next step" keep-together.within-page="4">
			<xsl:call-template name="source"/>
			<xsl:copy-of select="$look.lead"/>
			<xsl:apply-templates mode="inline"/>
		</fo:block>
	</xsl:template>

	<xsl:template match="session" mode="content">
		<xsl:apply-templates select="." mode="facts"/>
		<xsl:apply-templates select="body" mode="block"/>
		<xsl:if test="reflection">
			<xsl:call-template name="reflections"><xsl:with-param name="reflections" select="reflection"/></xsl:call-template>
		</xsl:if>
	</xsl:template>
	<xsl:template match="session" mode="facts">
		<fo:block xsl:use-attribute-sets="apart" hyphenate="false">
			<xsl:copy-of select="$look.data"/>
			<xsl:if test="place">
				<fo:block>
					<xsl:apply-templates select="place/node()" mode="inline"/>
				</fo:block>
			</xsl:if>
			<fo:block>
				<fo:inline font-weight="700" color="{$colour.dark}">
					<xsl:call-template name="label"><xsl:with-param name="name">present</xsl:with-param></xsl:call-template>
				</fo:inline>
				<xsl:text> </xsl:text>
				<xsl:call-template name="participants"/>
			</fo:block>
		</fo:block>
	</xsl:template>
	<xsl:template name="participants">
		<xsl:for-each select="participants/participant">
			<xsl:if test="position() > 1">, </xsl:if>
			<xsl:value-of select="@label"/>
		</xsl:for-each>
	</xsl:template>

	<!-- ================ an item inside another ================ -->

	<xsl:template match="chapter | case | thread | session | reflection" mode="within">
		<fo:block xsl:use-attribute-sets="hanging" id="{@id}">
			<xsl:call-template name="heading-role-attribute"/>
			<xsl:call-template name="look-in-lines"><xsl:with-param name="look" select="$lines.section"/></xsl:call-template>
			<xsl:call-template name="source"/>
			<xsl:apply-templates select="title/node()" mode="inline"/>
		</fo:block>
		<xsl:apply-templates select="." mode="under-title"/>
		<xsl:apply-templates select="." mode="content"/>
	</xsl:template>

	<!-- What stands under the title of an item inside another, and is not its text: nothing of it may be missing there. -->
	<xsl:template match="*" mode="under-title"/>
	<xsl:template match="chapter[subtitle or author]" mode="under-title">
		<fo:block xsl:use-attribute-sets="with-next" space-after="{$half-line}" hyphenate="false">
			<xsl:copy-of select="$look.data"/>
			<xsl:for-each select="subtitle">
				<fo:block font-weight="700"><xsl:call-template name="source"/><xsl:apply-templates mode="inline"/></fo:block>
			</xsl:for-each>
			<xsl:apply-templates select="author"/>
		</fo:block>
	</xsl:template>
	<xsl:template match="session" mode="under-title">
		<fo:block xsl:use-attribute-sets="with-next" hyphenate="false">
			<xsl:copy-of select="$look.data"/>
			<xsl:apply-templates select="." mode="kicker"/>
		</fo:block>
	</xsl:template>
	<xsl:template match="reflection" mode="under-title">
		<fo:block xsl:use-attribute-sets="with-next" space-after="{$half-line}">
			<xsl:copy-of select="$look.data"/>
			<xsl:if test="person/photo">
				<fo:block xsl:use-attribute-sets="picture with-next" space-after="{$half-line}"><xsl:apply-templates select="person/photo"><xsl:with-param name="part" select="0.5"/></xsl:apply-templates></fo:block>
			</xsl:if>
			<xsl:call-template name="byline"/>
		</fo:block>
	</xsl:template>
	<xsl:template name="byline">
		<xsl:value-of select="normalize-space(person/name)"/>, <xsl:value-of select="normalize-space(person/function)"/>, <xsl:value-of select="normalize-space(person/organisation)"/>
	</xsl:template>

	<!-- ================ portrait ================ -->

	<xsl:template match="reflection" mode="page">
		<fo:page-sequence master-reference="portrait">
			<xsl:call-template name="source"/>
			<xsl:call-template name="furniture"><xsl:with-param name="first">plain</xsl:with-param></xsl:call-template>
			<fo:flow xsl:use-attribute-sets="flow">
				<xsl:copy-of select="$look.text"/>
				<xsl:apply-templates select="." mode="opening"/>
				<xsl:apply-templates select="body" mode="block"/>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<!-- Photo at the side of headline and byline; without a photo these stand in the text's own place. -->
	<xsl:template match="reflection" mode="opening">
		<fo:block xsl:use-attribute-sets="fresh with-next step" space-after="1.5 * {$line}" space-after.minimum="{$line}">
		<fo:table table-layout="fixed" width="100%" role="Sect">
			<xsl:choose>
				<xsl:when test="person/photo">
					<fo:table-column column-width="{$m.photo} + {$m.photo-gap}"/>
				</xsl:when>
				<xsl:otherwise><fo:table-column column-width="{$hang}"/></xsl:otherwise>
			</xsl:choose>
			<fo:table-column column-width="proportional-column-width(1)"/>
			<fo:table-body xsl:use-attribute-sets="fresh" role="NonStruct">
				<fo:table-row xsl:use-attribute-sets="together" role="NonStruct">
					<fo:table-cell role="NonStruct">
						<fo:block xsl:use-attribute-sets="picture"><xsl:apply-templates select="person/photo"/></fo:block>
					</fo:table-cell>
					<fo:table-cell role="NonStruct" display-align="after">
						<xsl:call-template name="portrait-words"/>
					</fo:table-cell>
				</fo:table-row>
			</fo:table-body>
		</fo:table>
		</fo:block>
	</xsl:template>

	<!-- As wide as its place, or as high where it is the taller of the two. part: of that. -->
	<xsl:template match="person/photo">
		<xsl:param name="part" select="1"/>
		<xsl:variable name="wide"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="$m.photo"/></xsl:call-template></xsl:variable>
		<xsl:variable name="high"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="$m.photo-height"/></xsl:call-template></xsl:variable>
		<xsl:call-template name="source"/>
		<fo:external-graphic src="url('{@href}')" fox:alt-text="{@alt}" scaling="uniform">
			<xsl:choose>
				<xsl:when test="r:image-height(string(@href)) * $wide > r:image-width(string(@href)) * $high"><xsl:attribute name="content-height"><xsl:value-of select="$part * $high"/>mm</xsl:attribute></xsl:when>
				<xsl:otherwise><xsl:attribute name="content-width"><xsl:value-of select="$part * $wide"/>mm</xsl:attribute></xsl:otherwise>
			</xsl:choose>
		</fo:external-graphic>
	</xsl:template>

	<xsl:template name="portrait-words">
		<fo:block hyphenate="false">
			<xsl:copy-of select="$look.kicker"/>
			<xsl:call-template name="label"><xsl:with-param name="name">portrait</xsl:with-param></xsl:call-template>
		</fo:block>
		<fo:block id="{@id}" hyphenate="false" rx:text-wrap="balance" space-after="{$half-line}">
			<xsl:call-template name="heading-role-attribute"/>
			<xsl:copy-of select="$look.portrait"/>
			<fo:marker marker-class-name="running"><xsl:value-of select="normalize-space(person/name)"/></fo:marker>
			<xsl:call-template name="file-marker"/>
			<xsl:apply-templates select="title/node()" mode="inline"/>
		</fo:block>
		<fo:block hyphenate="false">
			<xsl:copy-of select="$look.data"/>
			<fo:block font-weight="700" color="{$colour.dark}"><xsl:value-of select="normalize-space(person/name)"/></fo:block>
			<fo:block><xsl:value-of select="normalize-space(person/function)"/></fo:block>
			<fo:block><xsl:value-of select="normalize-space(person/organisation)"/></fo:block>
		</fo:block>
	</xsl:template>

	<!-- ================ colophon ================ -->

	<xsl:template match="imprint" mode="page">
		<fo:page-sequence master-reference="chapter">
			<xsl:call-template name="source"/>
			<xsl:call-template name="furniture"/>
			<fo:flow xsl:use-attribute-sets="flow">
				<xsl:copy-of select="$look.text"/>
				<xsl:call-template name="title">
					<xsl:with-param name="words"><xsl:apply-templates select="." mode="plain-title"/></xsl:with-param>
				</xsl:call-template>
				<fo:block>
					<xsl:copy-of select="$look.data"/>
					<xsl:apply-templates select="body" mode="block"/>
					<xsl:apply-templates select="/publication" mode="facts"/>
					<xsl:apply-templates select="." mode="facts"/>
				</fo:block>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<!-- What was published: words and their values, in two columns. -->
	<xsl:template match="publication" mode="facts">
		<fo:list-block provisional-distance-between-starts="{$m.fact-indent}" provisional-label-separation="{$m.cell-gap}" space-before="2 * {$line}" hyphenate="false">
			<xsl:apply-templates select="title" mode="fact"/>
			<xsl:apply-templates select="edition | date" mode="fact"/>
			<xsl:apply-templates select="@revision" mode="fact"/>
			<xsl:apply-templates select="author[1]" mode="fact"/>
			<xsl:apply-templates select="isbn" mode="fact"/>
			<xsl:apply-templates select="keyword[1]" mode="fact"/>
		</fo:list-block>
	</xsl:template>

	<xsl:template match="imprint" mode="facts">
		<fo:block space-before="2 * {$line}" hyphenate="false" keep-together.within-page="always">
			<xsl:for-each select="logo[1]">
				<fo:block xsl:use-attribute-sets="picture" space-after="{$line}" start-indent="{$hang}">
					<xsl:call-template name="source"/>
					<fo:external-graphic src="url('{@href}')" fox:alt-text="{@alt}" content-height="{$m.logo}" scaling="uniform"/>
				</fo:block>
			</xsl:for-each>
			<fo:block font-weight="700" color="{$colour.dark}"><xsl:value-of select="normalize-space(name)"/></fo:block>
			<xsl:for-each select="address | telephone"><fo:block><xsl:value-of select="normalize-space()"/></fo:block></xsl:for-each>
			<xsl:for-each select="email">
				<fo:block><fo:basic-link xsl:use-attribute-sets="link" external-destination="url('mailto:{normalize-space()}')"><xsl:value-of select="normalize-space()"/></fo:basic-link></fo:block>
			</xsl:for-each>
			<xsl:for-each select="website">
				<fo:block><fo:basic-link xsl:use-attribute-sets="link" external-destination="url('{normalize-space()}')"><xsl:value-of select="normalize-space()"/></fo:basic-link></fo:block>
			</xsl:for-each>
		</fo:block>
	</xsl:template>

	<xsl:template match="* | @revision" mode="fact">
		<fo:list-item>
			<fo:list-item-label end-indent="label-end()">
				<fo:block font-weight="700" color="{$colour.dark}"><xsl:apply-templates select="." mode="fact-name"/></fo:block>
			</fo:list-item-label>
			<fo:list-item-body start-indent="body-start()"><fo:block><xsl:apply-templates select="." mode="fact-value"/></fo:block></fo:list-item-body>
		</fo:list-item>
	</xsl:template>
	<xsl:template match="@revision" mode="fact-value"><xsl:call-template name="revision-words"/></xsl:template>
	<xsl:template match="* | @revision" mode="fact-name"><xsl:call-template name="label"><xsl:with-param name="name" select="name()"/></xsl:call-template></xsl:template>
	<xsl:template match="author" mode="fact-name">
		<xsl:call-template name="label"><xsl:with-param name="name" select="concat('author', substring('s', 1, count(../author) > 1))"/></xsl:call-template>
	</xsl:template>
	<xsl:template match="keyword" mode="fact-name"><xsl:call-template name="label"><xsl:with-param name="name">keywords</xsl:with-param></xsl:call-template></xsl:template>
	<xsl:template match="*" mode="fact-value"><xsl:apply-templates mode="inline"/></xsl:template>
	<xsl:template match="title" mode="fact-value">
		<xsl:apply-templates mode="inline"/>
		<xsl:for-each select="../subtitle">. <xsl:apply-templates mode="inline"/></xsl:for-each>
	</xsl:template>
	<xsl:template match="date" mode="fact-value"><xsl:call-template name="date"/></xsl:template>
	<xsl:template match="author | keyword" mode="fact-value">
		<xsl:for-each select="../*[name() = name(current())]">
			<xsl:if test="position() > 1">, </xsl:if>
			<xsl:value-of select="normalize-space()"/>
		</xsl:for-each>
	</xsl:template>

</xsl:stylesheet>
