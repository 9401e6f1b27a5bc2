<?xml version="1.0" encoding="UTF-8"?>
<!-- What comes before the text: metadata, bookmarks, cover, contents. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions" xmlns:rx="urn:rotonde:fo" xmlns:r="urn:rotonde:functions" exclude-result-prefixes="r">

	<!-- ================ metadata ================ -->

	<xsl:template name="metadata">
		<fo:declarations>
			<x:xmpmeta xmlns:x="adobe:ns:meta/">
				<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
					<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
						<dc:title><rdf:Alt><rdf:li xml:lang="x-default"><xsl:if test="$profile = 'review'"><xsl:call-template name="label"><xsl:with-param name="name">concept</xsl:with-param></xsl:call-template>: </xsl:if><xsl:apply-templates select="title/node()" mode="plain"/></rdf:li></rdf:Alt></dc:title>
						<xsl:if test="author">
							<dc:creator><rdf:Seq><xsl:for-each select="author"><rdf:li><xsl:value-of select="normalize-space()"/></rdf:li></xsl:for-each></rdf:Seq></dc:creator>
						</xsl:if>
						<dc:description><rdf:Alt><rdf:li xml:lang="x-default"><xsl:value-of select="normalize-space(description)"/></rdf:li></rdf:Alt></dc:description>
						<xsl:if test="keyword">
							<dc:subject><rdf:Bag><xsl:for-each select="keyword"><rdf:li><xsl:value-of select="normalize-space()"/></rdf:li></xsl:for-each></rdf:Bag></dc:subject>
						</xsl:if>
						<dc:language><rdf:Bag><rdf:li><xsl:value-of select="@xml:lang"/></rdf:li></rdf:Bag></dc:language>
						<xsl:if test="contents/imprint/name">
							<dc:publisher><rdf:Bag><rdf:li><xsl:value-of select="normalize-space(contents/imprint/name)"/></rdf:li></rdf:Bag></dc:publisher>
						</xsl:if>
						<xsl:if test="edition or @revision">
							<xmpMM:VersionID xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"><xsl:call-template name="version-words"/></xmpMM:VersionID>
						</xsl:if>
						<xsl:if test="isbn"><dc:identifier>ISBN <xsl:value-of select="isbn"/></dc:identifier></xsl:if>
						<xsl:if test="keyword">
							<pdf:Keywords>
								<xsl:for-each select="keyword">
									<xsl:if test="position() > 1">, </xsl:if>
									<xsl:value-of select="normalize-space()"/>
								</xsl:for-each>
							</pdf:Keywords>
						</xsl:if>
					</rdf:Description>
				</rdf:RDF>
			</x:xmpmeta>
		</fo:declarations>
	</xsl:template>

	<!-- ================ bookmarks ================ -->

	<xsl:template name="bookmarks">
		<fo:bookmark-tree>
			<fo:bookmark internal-destination="cover"><fo:bookmark-title><xsl:apply-templates select="title/node()" mode="plain"/></fo:bookmark-title></fo:bookmark>
			<xsl:if test="$has-contents">
				<fo:bookmark internal-destination="contents">
					<fo:bookmark-title><xsl:call-template name="label"><xsl:with-param name="name">contents</xsl:with-param></xsl:call-template></fo:bookmark-title>
				</fo:bookmark>
			</xsl:if>
			<xsl:apply-templates select="body | contents/*" mode="bookmark"><xsl:sort select="not(self::body)"/></xsl:apply-templates>
		</fo:bookmark-tree>
	</xsl:template>

	<xsl:template match="publication/body" mode="bookmark"><xsl:apply-templates select="section" mode="bookmark"/></xsl:template>

	<xsl:template match="part | chapter | case | thread | session | reflection | appendix | imprint | section" mode="bookmark">
		<fo:bookmark internal-destination="{@id}" starting-state="hide">
			<xsl:if test="self::part"><xsl:attribute name="starting-state">show</xsl:attribute></xsl:if>
			<fo:bookmark-title>
				<xsl:if test="@number">
					<xsl:if test="self::part"><xsl:call-template name="label"><xsl:with-param name="name">part</xsl:with-param></xsl:call-template><xsl:text> </xsl:text></xsl:if>
					<xsl:value-of select="@number"/>
					<xsl:if test="self::part">.</xsl:if>
					<xsl:text> </xsl:text>
				</xsl:if>
				<xsl:apply-templates select="." mode="plain-title"/>
			</fo:bookmark-title>
			<xsl:apply-templates select="body/section | section | *[@id][self::chapter or self::case or self::thread or self::session or self::reflection]" mode="bookmark"/>
		</fo:bookmark>
	</xsl:template>

	<!-- Words alone: for bookmarks, metadata, running heads, alternative texts. -->
	<xsl:template match="text()" mode="plain"><xsl:value-of select="translate(., '&#10;', ' ')"/></xsl:template>
	<xsl:template match="*" mode="plain"><xsl:apply-templates mode="plain"/></xsl:template>
	<xsl:template match="q" mode="plain">
		<xsl:call-template name="quotation-mark"/>
		<xsl:apply-templates mode="plain"/>
		<xsl:call-template name="quotation-mark"><xsl:with-param name="side">close</xsl:with-param></xsl:call-template>
	</xsl:template>
	<xsl:template match="footnote | note" mode="plain"/>
	<xsl:template match="image" mode="plain"><xsl:value-of select="@alt"/></xsl:template>

	<!-- A title for the margin of a page: in short, where its author gives that; else cut behind a word. -->
	<xsl:variable name="running-most" select="64"/>
	<xsl:template match="title" mode="running">
		<xsl:variable name="words">
			<xsl:value-of select="@short"/>
			<xsl:if test="not(@short)"><xsl:apply-templates mode="plain"/></xsl:if>
		</xsl:variable>
		<xsl:choose>
			<xsl:when test="string-length($words) &gt; $running-most">
				<xsl:call-template name="cut"><xsl:with-param name="words" select="substring($words, 1, $running-most)"/></xsl:call-template>
			</xsl:when>
			<xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>
	<!-- Up to the last space, and without the sign that may stand before it. -->
	<xsl:template name="cut">
		<xsl:param name="words"/>
		<xsl:variable name="last" select="substring($words, string-length($words))"/>
		<xsl:variable name="rest" select="substring($words, 1, string-length($words) - 1)"/>
		<xsl:choose>
			<xsl:when test="not(contains($words, ' '))"><xsl:value-of select="concat($words, '…')"/></xsl:when>
			<xsl:when test="$last != ' '"><xsl:call-template name="cut"><xsl:with-param name="words" select="$rest"/></xsl:call-template></xsl:when>
			<xsl:when test="contains(',;:.–—', substring($rest, string-length($rest)))"><xsl:value-of select="concat(substring($rest, 1, string-length($rest) - 1), '…')"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="concat($rest, '…')"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- What an item is called. -->
	<xsl:template match="*" mode="plain-title"><xsl:apply-templates select="title/node()" mode="plain"/></xsl:template>
	<xsl:template match="imprint" mode="plain-title"><xsl:call-template name="label"><xsl:with-param name="name">colophon</xsl:with-param></xsl:call-template></xsl:template>

	<!-- ================ cover ================ -->

	<xsl:template match="publication" mode="cover">
		<xsl:variable name="picture" select="$m.cover-picture"/>
		<xsl:variable name="band" select="$m.cover-band"/>
		<fo:page-sequence master-reference="cover">
			<fo:static-content flow-name="cover">
				<fo:block-container absolute-position="absolute" left="0mm" top="0mm" width="{$page/@width}" height="{$page/@height} - {$band}" background-color="{$colour.dark}">
					<fo:block/>
				</fo:block-container>
				<xsl:if test="not(cover)">
					<fo:block-container absolute-position="absolute" left="0mm" top="{$picture}" width="{$page/@width}" height="{$page/@height} - {$band} - {$picture}" overflow="hidden">
						<fo:block xsl:use-attribute-sets="picture"><xsl:call-template name="roundabout"><xsl:with-param name="height" select="concat($page/@height, ' - ', $band, ' - ', $picture)"/></xsl:call-template></fo:block>
					</fo:block-container>
				</xsl:if>
			</fo:static-content>
			<fo:flow flow-name="xsl-region-body" hyphenate="false">
				<fo:block-container absolute-position="absolute" left="0mm" top="0mm" width="{$page/@width}" height="{$picture}" id="cover">
					<xsl:apply-templates select="." mode="cover-words"/>
				</fo:block-container>
				<xsl:apply-templates select="cover"/>
				<fo:block-container absolute-position="absolute" left="0mm" top="{$page/@height} - {$band}" width="{$page/@width}" height="{$band}" display-align="center">
					<xsl:apply-templates select="." mode="cover-facts"/>
				</fo:block-container>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<xsl:template match="publication" mode="cover-words">
		<fo:block start-indent="{$inner} + {$hang}" end-indent="{$inner}" padding-before="{$page/@top}">
			<fo:block space-after="{$line}">
				<xsl:copy-of select="$look/cover-label/@*"/>
				<xsl:value-of select="label"/>
				<xsl:if test="$review">
					<xsl:if test="label"><xsl:text> · </xsl:text></xsl:if>
					<xsl:call-template name="label"><xsl:with-param name="name">concept</xsl:with-param></xsl:call-template>
				</xsl:if>
			</fo:block>
			<xsl:variable name="words"><xsl:apply-templates select="title/node()" mode="plain"/></xsl:variable>
			<xsl:variable name="size"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($look/cover-title/@font-size)"/></xsl:call-template></xsl:variable>
			<xsl:variable name="width"><xsl:call-template name="text-width">
				<xsl:with-param name="words" select="string($words)"/>
				<xsl:with-param name="size" select="$size"/>
				<xsl:with-param name="bold" select="true()"/>
			</xsl:call-template></xsl:variable>
			<xsl:variable name="long" select="$width > 2.5 * $block-width"/>
			<fo:block rx:text-wrap="balance">
				<xsl:copy-of select="$look/cover-title/@*[not($long)] | $look/cover-title-long/@*[$long]"/>
				<xsl:apply-templates select="title/node()" mode="inline"/>
			</fo:block>
			<xsl:if test="subtitle">
				<fo:block rx:text-wrap="balance">
					<xsl:copy-of select="$look/cover-subtitle/@*"/>
					<xsl:apply-templates select="subtitle/node()" mode="inline"/>
				</fo:block>
			</xsl:if>
		</fo:block>
	</xsl:template>

	<!-- It fills its place: as wide as that, or as high where it is the wider of the two; what is more is cut at both sides alike. -->
	<xsl:template match="cover">
		<xsl:variable name="picture" select="$m.cover-picture"/>
		<xsl:variable name="band" select="$m.cover-band"/>
		<xsl:variable name="place-width"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($page/@width)"/></xsl:call-template></xsl:variable>
		<xsl:variable name="page-height"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($page/@height)"/></xsl:call-template></xsl:variable>
		<xsl:variable name="above"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="$picture"/></xsl:call-template></xsl:variable>
		<xsl:variable name="below"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="$band"/></xsl:call-template></xsl:variable>
		<xsl:variable name="wider" select="r:image-width(string(@href)) * ($page-height - $above - $below) > r:image-height(string(@href)) * $place-width"/>
		<fo:block-container absolute-position="absolute" left="0mm" top="{$picture}" width="{$page/@width}" height="{$page/@height} - {$band} - {$picture}" overflow="hidden">
			<fo:block xsl:use-attribute-sets="picture">
				<xsl:call-template name="source"/>
				<fo:external-graphic src="url('{@href}')" fox:alt-text="{@alt}" width="{$page/@width}" height="{$page/@height} - {$band} - {$picture}"
					scaling="uniform" overflow="hidden" display-align="center" text-align="center">
					<xsl:choose>
						<xsl:when test="$wider"><xsl:attribute name="content-height"><xsl:value-of select="concat($page/@height, ' - ', $band, ' - ', $picture)"/></xsl:attribute></xsl:when>
						<xsl:otherwise><xsl:attribute name="content-width"><xsl:value-of select="$page/@width"/></xsl:attribute></xsl:otherwise>
					</xsl:choose>
				</fo:external-graphic>
			</fo:block>
		</fo:block-container>
	</xsl:template>

	<xsl:template match="publication" mode="cover-facts">
		<fo:table table-layout="fixed" width="{$page/@width}" role="NonStruct">
			<fo:table-column column-width="{$inner} + {$hang}"/>
			<fo:table-column column-width="proportional-column-width(1)"/>
			<fo:table-column column-width="{$outer}"/>
			<fo:table-body xsl:use-attribute-sets="fresh" role="NonStruct">
				<fo:table-row role="NonStruct">
					<fo:table-cell role="NonStruct"><fo:block/></fo:table-cell>
					<fo:table-cell role="NonStruct" display-align="center">
						<fo:block>
							<xsl:copy-of select="$look/cover-facts/@*"/>
							<xsl:call-template name="date"><xsl:with-param name="date" select="date"/></xsl:call-template>
							<xsl:if test="edition">
								<xsl:text> · </xsl:text>
								<xsl:call-template name="label"><xsl:with-param name="name">edition</xsl:with-param></xsl:call-template>
								<xsl:text> </xsl:text>
								<xsl:value-of select="edition"/>
							</xsl:if>
						</fo:block>
						<xsl:if test="contents/imprint/name">
							<fo:block>
								<xsl:copy-of select="$look/cover-facts/@*"/>
								<xsl:value-of select="contents/imprint/name"/>
							</fo:block>
						</xsl:if>
					</fo:table-cell>
					<fo:table-cell role="NonStruct" display-align="center">
						<fo:block xsl:use-attribute-sets="picture">
							<xsl:for-each select="contents/imprint/logo[1]">
								<fo:external-graphic src="url('{@href}')" fox:alt-text="{@alt}" content-height="{$m.logo}" scaling="uniform"/>
							</xsl:for-each>
						</fo:block>
					</fo:table-cell>
				</fo:table-row>
			</fo:table-body>
		</fo:table>
	</xsl:template>

	<!-- ================ contents ================ -->

	<!-- None for one item alone, a colophon aside. -->
	<xsl:variable name="has-contents" select="count(/publication/body/section | /publication/body/*[not(self::section)][1] | /publication/contents/*[not(self::imprint)] | /publication/contents/*/*[@id][self::chapter or self::case
		or self::thread or self::session or self::reflection]) != 1"/>

	<xsl:template match="publication" mode="contents">
		<xsl:variable name="title"><xsl:call-template name="label"><xsl:with-param name="name">contents</xsl:with-param></xsl:call-template></xsl:variable>
		<xsl:if test="$has-contents">
		<fo:page-sequence master-reference="chapter">
			<xsl:call-template name="furniture"/>
			<fo:flow xsl:use-attribute-sets="flow">
				<xsl:copy-of select="$look.text"/>
				<xsl:call-template name="title">
					<xsl:with-param name="id">contents</xsl:with-param>
					<xsl:with-param name="words" select="$title"/>
					<xsl:with-param name="role">H1</xsl:with-param>
				</xsl:call-template>
				<fo:list-block xsl:use-attribute-sets="numbered-row" provisional-label-separation="{$m.label-gap}" role="TOC">
					<xsl:apply-templates select="body | contents/*" mode="entry"><xsl:sort select="not(self::body)"/></xsl:apply-templates>
				</fo:list-block>
			</fo:flow>
		</fo:page-sequence>
		</xsl:if>
	</xsl:template>

	<xsl:template match="publication/body" mode="entry">
		<xsl:apply-templates select="section" mode="entry"/>
	</xsl:template>

	<xsl:template match="part" mode="entry">
		<xsl:variable name="number">
			<xsl:call-template name="label"><xsl:with-param name="name">part</xsl:with-param></xsl:call-template>
			<xsl:text>&#160;</xsl:text>
			<xsl:value-of select="@number"/>
		</xsl:variable>
		<xsl:call-template name="entry">
			<xsl:with-param name="look" select="$look.contents-part"/>
			<xsl:with-param name="number" select="$number"/>
			<xsl:with-param name="part" select="true()"/>
		</xsl:call-template>
		<xsl:apply-templates select="chapter | case | thread | session | reflection[@id]" mode="entry"/>
	</xsl:template>

	<xsl:template match="chapter | case | thread | session | reflection | appendix | imprint | section" mode="entry">
		<xsl:call-template name="entry">
			<xsl:with-param name="number" select="@number"/>
			<xsl:with-param name="apart" select="parent::contents and preceding-sibling::*[1][self::part]"/>
		</xsl:call-template>
		<xsl:apply-templates select="chapter | case | thread | session | reflection[@id]" mode="entry"/>
	</xsl:template>

	<!-- One line of the contents, all of it a link. apart: with space above. -->
	<xsl:template name="entry">
		<xsl:param name="look" select="$look.contents"/>
		<xsl:param name="number"/>
		<xsl:param name="part" select="false()"/>
		<xsl:param name="apart" select="false()"/>
		<xsl:variable name="nested" select="parent::chapter"/>
		<fo:list-item role="TOCI">
			<xsl:copy-of select="$look[name() = 'space-before']"/>
			<xsl:if test="$part">
				<xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
			</xsl:if>
			<xsl:if test="self::reflection"><xsl:attribute name="space-before"><xsl:value-of select="$half-line"/></xsl:attribute></xsl:if>
			<xsl:if test="$apart"><xsl:attribute name="space-before"><xsl:value-of select="$look.contents-part[name() = 'space-before']"/></xsl:attribute></xsl:if>
			<fo:list-item-label end-indent="label-end()" role="Lbl">
				<fo:block text-align="end" hyphenate="false">
					<xsl:if test="$part"><xsl:attribute name="text-align">start</xsl:attribute></xsl:if>
					<xsl:copy-of select="$look[name() != 'space-before']"/>
					<xsl:value-of select="$number"/>
				</fo:block>
			</fo:list-item-label>
			<fo:list-item-body start-indent="body-start()" role="P">
				<xsl:apply-templates select="." mode="entry-above"/>
				<fo:block end-indent="{$m.contents-end}" last-line-end-indent="-{$m.contents-end}" text-align="start" text-align-last="justify" hyphenate="false">
					<xsl:copy-of select="$look[name() != 'space-before']"/>
					<xsl:if test="$nested"><xsl:attribute name="start-indent">body-start() + <xsl:value-of select="$m.list-indent"/></xsl:attribute></xsl:if>
					<fo:basic-link internal-destination="{@id}">
						<xsl:apply-templates select="." mode="entry-title"/>
						<xsl:text> </xsl:text>
						<fo:leader leader-pattern="dots" leader-pattern-width="{$m.contents-dots}" leader-alignment="reference-area"
							leader-length.minimum="0pt" leader-length.optimum="{$m.contents-end}" leader-length.maximum="100%"
							color="{$colour.grey}" font-weight="400"/>
						<xsl:text>&#160;</xsl:text>
						<fo:page-number-citation ref-id="{@id}"/>
					</fo:basic-link>
				</fo:block>
			</fo:list-item-body>
		</fo:list-item>
	</xsl:template>

	<xsl:template match="*" mode="entry-title"><xsl:apply-templates select="title/node()" mode="plain"/></xsl:template>
	<xsl:template match="imprint" mode="entry-title"><xsl:apply-templates select="." mode="plain-title"/></xsl:template>
	<xsl:template match="appendix" mode="entry-title">
		<xsl:if test="not(@number)">
			<xsl:call-template name="label"><xsl:with-param name="name">appendix</xsl:with-param></xsl:call-template>
			<xsl:text>: </xsl:text>
		</xsl:if>
		<xsl:apply-templates select="title/node()" mode="plain"/>
	</xsl:template>

	<!-- A portrait has two lines: its headline, and who it is of. -->
	<xsl:template match="*" mode="entry-above"/>
	<xsl:template match="reflection" mode="entry-above">
		<fo:block xsl:use-attribute-sets="short with-next" end-indent="{$m.contents-end}">
			<xsl:copy-of select="$look.contents[name() != 'space-before']"/>
			<xsl:if test="parent::chapter"><xsl:attribute name="start-indent">body-start() + <xsl:value-of select="$m.list-indent"/></xsl:attribute></xsl:if>
			<fo:basic-link internal-destination="{@id}"><xsl:apply-templates select="title/node()" mode="plain"/></fo:basic-link>
		</fo:block>
	</xsl:template>
	<xsl:template match="reflection" mode="entry-title">
		<fo:inline color="{$colour.grey}"><xsl:value-of select="normalize-space(person/name)"/></fo:inline>
	</xsl:template>

</xsl:stylesheet>
