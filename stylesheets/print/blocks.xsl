<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands in a body. Every block is written by its template in mode block; a review copy's additions come in by mode margin. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:fox="http://xmlgraphics.apache.org/fop/extensions" xmlns:rx="urn:rotonde:fo" xmlns:r="urn:rotonde:functions"
	xmlns:str="http://exslt.org/strings" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="r str exsl">

	<!-- What may have something beside it in the margin of a review copy goes through mode unit (review.xsl). -->
	<xsl:template match="body" mode="block"><xsl:apply-templates select="*" mode="unit"/></xsl:template>

	<!-- ================ paragraphs ================ -->

	<!-- First lines are indented after another paragraph only. What ends in a colon announces what comes next. -->
	<xsl:template match="p" mode="block">
		<fo:block>
			<xsl:call-template name="source"/>
			<xsl:if test="preceding-sibling::*[not(self::note)][1][self::p]"><xsl:attribute name="text-indent"><xsl:value-of select="$indent"/></xsl:attribute></xsl:if>
			<xsl:if test="substring(., string-length()) = ':'"><xsl:attribute name="keep-with-next.within-page">2</xsl:attribute></xsl:if>
			<xsl:call-template name="words"/>
		</fo:block>
	</xsl:template>

	<!-- In boxes, notes and lists paragraphs are set apart by space. -->
	<xsl:template match="box/p | footnote/p | li/p | imprint/body/p" mode="block">
		<fo:block>
			<xsl:call-template name="source"/>
			<xsl:if test="preceding-sibling::*[not(self::note)][1][self::p]"><xsl:attribute name="space-before"><xsl:value-of select="$half-line"/></xsl:attribute></xsl:if>
			<xsl:call-template name="words"/>
		</fo:block>
	</xsl:template>

	<xsl:template match="lead" mode="block">
		<fo:block xsl:use-attribute-sets="short step" keep-together.within-page="4">
			<xsl:copy-of select="$look.lead"/>
			<xsl:call-template name="source"/>
			<xsl:call-template name="words"/>
		</fo:block>
	</xsl:template>

	<!-- A scene break. -->
	<xsl:template match="break" mode="block">
		<fo:block xsl:use-attribute-sets="with-next" space-before="{$half-line}" space-after="{$half-line}" line-height="{$line}">
			<xsl:call-template name="source"/>
			<fo:leader leader-pattern="rule" leader-length="{$m.strip}" rule-thickness="{$m.quote-bar}" color="{$colour.warm}"/>
		</fo:block>
	</xsl:template>

	<!-- ================ sections ================ -->

	<xsl:template match="section" mode="block">
		<xsl:apply-templates select="*" mode="unit"/>
	</xsl:template>

	<xsl:template match="section/title" mode="block">
		<fo:block xsl:use-attribute-sets="hanging" id="{../@id}">
			<xsl:apply-templates select=".." mode="heading-look"/>
			<xsl:for-each select=".."><xsl:call-template name="heading-role-attribute"/></xsl:for-each>
			<xsl:call-template name="source"/>
			<xsl:call-template name="words"/>
		</fo:block>
	</xsl:template>

	<!-- Two looks that stand out, one that does not; one step smaller in what stands within a chapter. -->
	<xsl:template match="section" mode="heading-look">
		<xsl:variable name="depth" select="@level + count(ancestor::chapter[parent::chapter] | ancestor::*[self::thread or self::case or self::session or self::reflection][parent::chapter])
			- count(ancestor::body[parent::publication])"/>
		<xsl:choose>
			<xsl:when test="$depth &lt;= 1"><xsl:call-template name="look-in-lines"><xsl:with-param name="look" select="$lines.section"/></xsl:call-template></xsl:when>
			<xsl:otherwise>
				<xsl:attribute name="start-indent"><xsl:value-of select="$hang"/></xsl:attribute>
				<xsl:choose>
					<xsl:when test="$depth = 2"><xsl:call-template name="look-in-lines"><xsl:with-param name="look" select="$lines.subsection"/></xsl:call-template></xsl:when>
					<xsl:otherwise><xsl:call-template name="look-in-lines"><xsl:with-param name="look" select="$lines.paragraph"/></xsl:call-template></xsl:otherwise>
				</xsl:choose>
			</xsl:otherwise>
		</xsl:choose>
	</xsl:template>
	<!-- Cross-heads of a portrait. -->
	<xsl:template match="reflection/body/section" mode="heading-look">
		<xsl:attribute name="start-indent"><xsl:value-of select="$hang"/></xsl:attribute>
		<xsl:call-template name="look-in-lines"><xsl:with-param name="look" select="$lines.subsection"/></xsl:call-template>
	</xsl:template>

	<!-- ================ quotes, quotations, boxes ================ -->

	<xsl:template match="quote" mode="block">
		<fo:block role="BlockQuote" text-indent="0mm" border-start-style="solid" border-start-width="{$m.quote-bar}"
			border-start-color="{$colour.warm}" padding-start="{$m.quote-indent} - {$m.quote-bar}">
			<xsl:call-template name="stands-in"/>
			<!-- up to a quarter of a page -->
			<xsl:if test="string-length() &lt; 800"><xsl:attribute name="keep-together.within-page">4</xsl:attribute></xsl:if>
			<xsl:copy-of select="$look.quote"/>
			<xsl:if test="@id"><xsl:attribute name="id"><xsl:value-of select="@id"/></xsl:attribute></xsl:if>
			<xsl:call-template name="source"><xsl:with-param name="all" select="parent::quotes or parent::group"/></xsl:call-template>
			<xsl:if test="@label">
				<fo:block xsl:use-attribute-sets="with-next" hyphenate="false" font-style="normal">
					<xsl:copy-of select="$look.speaker"/>
					<xsl:value-of select="@label"/>
				</fo:block>
			</xsl:if>
			<xsl:apply-templates select="*" mode="block"/>
		</fo:block>
	</xsl:template>

	<!-- Further in than the text around: that of an item of a list, and a quotation within one, is further in itself. -->
	<xsl:template name="stands-in">
		<xsl:attribute name="start-indent">
			<xsl:choose>
				<xsl:when test="ancestor::li or ancestor::quotation or ancestor::quote">from-parent(start-indent)</xsl:when>
				<xsl:otherwise><xsl:value-of select="$hang"/></xsl:otherwise>
			</xsl:choose>
			<xsl:value-of select="concat(' + ', $m.quote-indent)"/>
		</xsl:attribute>
	</xsl:template>

	<xsl:template match="quotation" mode="block">
		<fo:block role="BlockQuote" end-indent="{$m.quote-indent}" text-indent="0mm">
			<xsl:call-template name="stands-in"/>
			<xsl:copy-of select="$look.quote[name() != 'font-style']"/>
			<xsl:call-template name="source"/>
			<xsl:apply-templates select="*" mode="block"/>
		</fo:block>
	</xsl:template>

	<xsl:template match="box" mode="block">
		<fo:block xsl:use-attribute-sets="apart" role="Sect" id="{@id}" background-color="{$colour.tint}" text-indent="0mm" start-indent="{$hang}" end-indent="{$m.box-padding}"
			padding-start="{$m.box-padding}" padding-end="{$m.box-padding}" padding-before.length="{$m.box-padding}" padding-after.length="{$m.box-padding}"
			padding-before.conditionality="retain" padding-after.conditionality="retain">
			<xsl:copy-of select="$look.box"/>
			<xsl:call-template name="source"/>
			<xsl:apply-templates select="*" mode="unit"/>
		</fo:block>
	</xsl:template>
	<xsl:template match="box/title" mode="block">
		<fo:block xsl:use-attribute-sets="heading">
			<xsl:call-template name="heading-role-attribute"><xsl:with-param name="deeper" select="1"/></xsl:call-template>
			<xsl:copy-of select="$look.box-title"/>
			<xsl:call-template name="words"/>
		</fo:block>
	</xsl:template>

	<!-- ================ lists and code ================ -->

	<xsl:template match="ul | ol" mode="block">
		<fo:list-block provisional-distance-between-starts="{$m.list-indent}" provisional-label-separation="{$m.list-gap}" text-indent="0mm"
			space-before="{$half-line}" space-after="{$half-line}">
			<xsl:if test="parent::li"><xsl:attribute name="space-before">0pt</xsl:attribute><xsl:attribute name="space-after">0pt</xsl:attribute></xsl:if>
			<xsl:call-template name="source"/>
			<xsl:apply-templates select="li" mode="block"/>
		</fo:list-block>
	</xsl:template>

	<xsl:template match="li" mode="block">
		<fo:list-item>
			<xsl:if test="not(../@tight) and preceding-sibling::li"><xsl:attribute name="space-before"><xsl:value-of select="$half-line"/></xsl:attribute></xsl:if>
			<xsl:call-template name="source"/>
			<fo:list-item-label end-indent="label-end()">
				<fo:block><xsl:apply-templates select="." mode="item-label"/></fo:block>
			</fo:list-item-label>
			<fo:list-item-body start-indent="body-start()"><xsl:apply-templates select="." mode="item-body"/></fo:list-item-body>
		</fo:list-item>
	</xsl:template>
	<xsl:template match="li" mode="item-body"><xsl:apply-templates select="*" mode="block"/></xsl:template>
	<xsl:template match="ul/li" mode="item-label">–</xsl:template>
	<xsl:template match="ol/li" mode="item-label">
		<fo:inline font-family="{$look.data[name() = 'font-family']}" font-size="{$look.data[name() = 'font-size']}" font-weight="700" color="{$colour.dark}">
			<xsl:value-of select="number(concat('0', ../@start)) + not(../@start) + count(preceding-sibling::li)"/>
			<xsl:text>.</xsl:text>
		</fo:inline>
	</xsl:template>

	<!-- Lines as written; the tint stands out to the left as that of a box does. -->
	<xsl:template match="pre" mode="block">
		<fo:block xsl:use-attribute-sets="apart" role="Code" linefeed-treatment="preserve" white-space-treatment="preserve" white-space-collapse="false" hyphenate="false" text-indent="0mm"
			background-color="{$colour.tint}" padding-start="{$m.box-padding}" padding-before.length="{$half-line}" padding-after.length="{$half-line}"
			padding-before.conditionality="retain" padding-after.conditionality="retain">
			<xsl:copy-of select="$look.code"/>
			<xsl:call-template name="source"/>
			<!-- without the line feed at the end -->
			<xsl:value-of select="substring(., 1, string-length() - (substring(., string-length()) = '&#10;'))"/>
		</fo:block>
	</xsl:template>

	<!-- ================ figures ================ -->

	<xsl:template match="figure" mode="block">
		<fo:block xsl:use-attribute-sets="together apart" id="{@id}" text-indent="0mm">
			<xsl:call-template name="source"/>
			<fo:block xsl:use-attribute-sets="picture">
				<xsl:if test="caption"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
				<xsl:apply-templates select="." mode="picture"/>
			</fo:block>
			<xsl:apply-templates select="." mode="caption"/>
		</fo:block>
	</xsl:template>

	<!-- As large as it is (a pixel is 0.75 pt), at most as wide as the text and as high as the house style says. -->
	<xsl:template match="figure" mode="picture">
		<xsl:variable name="wide" select="r:image-width(string(@href)) * 0.75"/>
		<xsl:variable name="high" select="r:image-height(string(@href)) * 0.75"/>
		<xsl:variable name="most" select="number(substring-before($m.picture-width, 'mm')) * 72 div 25.4"/>
		<xsl:variable name="highest" select="number(substring-before($m.picture-height, 'mm')) * 72 div 25.4"/>
		<xsl:variable name="by-width"><xsl:call-template name="least"><xsl:with-param name="a" select="1"/><xsl:with-param name="b" select="$most div $wide"/></xsl:call-template></xsl:variable>
		<xsl:variable name="scale"><xsl:call-template name="least"><xsl:with-param name="a" select="$by-width"/><xsl:with-param name="b" select="$highest div $high"/></xsl:call-template></xsl:variable>
		<fo:external-graphic src="url('{@href}')" fox:alt-text="{@alt}" scaling="uniform">
			<xsl:attribute name="content-width">
				<xsl:choose>
					<xsl:when test="$wide > 0"><xsl:value-of select="format-number($wide * $scale, '0.###')"/>pt</xsl:when>
					<xsl:otherwise><xsl:value-of select="$m.picture-width"/></xsl:otherwise>
				</xsl:choose>
			</xsl:attribute>
		</fo:external-graphic>
	</xsl:template>
	<xsl:template name="least">
		<xsl:param name="a"/>
		<xsl:param name="b"/>
		<xsl:choose>
			<xsl:when test="$a &lt; $b"><xsl:value-of select="$a"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="$b"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<xsl:template match="figure | table | timeline" mode="caption">
		<xsl:if test="@number or caption">
			<fo:block xsl:use-attribute-sets="short" role="Caption">
				<xsl:copy-of select="$look.caption"/>
				<xsl:if test="@number">
					<fo:inline font-weight="700" color="{$colour.dark}">
						<xsl:call-template name="label"><xsl:with-param name="name" select="name()"/></xsl:call-template>
						<xsl:text>&#160;</xsl:text>
						<xsl:value-of select="@number"/>
					</fo:inline>
					<xsl:text>&#8195;</xsl:text>
				</xsl:if>
				<xsl:apply-templates select="caption/node()" mode="inline"/>
			</fo:block>
		</xsl:if>
	</xsl:template>

	<!-- ================ tables ================ -->

	<!-- Four columns or more, or much in a row, use the whole width of the text block, other tables that of the text. -->
	<xsl:template match="table" mode="block">
		<fo:block xsl:use-attribute-sets="apart divided" text-indent="0mm">
			<xsl:if test="not(ancestor::li)"><xsl:attribute name="start-indent"><xsl:value-of select="$hang"/></xsl:attribute></xsl:if>
			<xsl:variable name="whole" select="(count(thead/tr/th) > 3 or */tr[string-length() > 100]) and not(ancestor::box or ancestor::li)"/>
			<xsl:if test="$whole"><xsl:attribute name="start-indent">0mm</xsl:attribute></xsl:if>
			<xsl:copy-of select="$look.data"/>
			<xsl:call-template name="source"/>
			<fo:table id="{@id}" table-layout="fixed" width="100%" border-bottom="{$m.rule-fine} solid {$colour.dark}" border-separation="0pt">
				<xsl:call-template name="columns"><xsl:with-param name="width" select="$block-width - $text-hang * not($whole)"/></xsl:call-template>
				<fo:table-header xsl:use-attribute-sets="fresh" font-weight="700" color="{$colour.dark}"><xsl:apply-templates select="thead/tr"/></fo:table-header>
				<xsl:if test="not(tbody/tr)">
					<fo:table-body xsl:use-attribute-sets="fresh"><fo:table-row><fo:table-cell number-columns-spanned="{count(thead/tr/th)}"><fo:block/></fo:table-cell></fo:table-row></fo:table-body>
				</xsl:if>
				<xsl:if test="tbody/tr"><fo:table-body xsl:use-attribute-sets="fresh"><xsl:apply-templates select="tbody/tr"/></fo:table-body></xsl:if>
			</fo:table>
		</fo:block>
	</xsl:template>

	<!-- A column asks for the width of its longest cell, up to that of some words, and never less than its longest word needs: where words may be divided,
	     not all of it. What is over goes to all alike; where not all get what they ask for, each gets what it needs and a share of the rest. -->
	<xsl:template name="columns">
		<xsl:param name="width"/>
		<xsl:variable name="measured"><xsl:apply-templates select="thead/tr/th" mode="measure"/></xsl:variable>
		<xsl:variable name="columns" select="exsl:node-set($measured)/column"/>
		<xsl:variable name="asked" select="sum($columns/@asked)"/>
		<xsl:variable name="least" select="sum($columns/@least)"/>
		<xsl:variable name="share" select="($width - $least) div ($asked - $least + 0.001) * ($width > $least)"/>
		<xsl:for-each select="$columns">
			<xsl:variable name="own" select="@asked * ($asked &lt;= $width) + (@least + $share * (@asked - @least)) * ($asked > $width)"/>
			<fo:table-column column-width="proportional-column-width({format-number($own, '0.#')})"/>
		</xsl:for-each>
	</xsl:template>

	<xsl:variable name="cell-gap"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="$m.cell-gap"/></xsl:call-template></xsl:variable>
	<xsl:variable name="cell-size"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($look.data[name() = 'font-size'])"/></xsl:call-template></xsl:variable>
	<xsl:variable name="cell-most"><xsl:call-template name="cell-width"><xsl:with-param name="words" select="'veertig letters, ruim genoeg voor een zin.'"/></xsl:call-template></xsl:variable>
	<xsl:variable name="cell-part"><xsl:call-template name="cell-width"><xsl:with-param name="words" select="'tien-letter-'"/></xsl:call-template></xsl:variable>

	<xsl:template match="th" mode="measure">
		<xsl:variable name="place" select="position()"/>
		<xsl:variable name="cells" select="../../../*/tr/*[position() = $place]"/>
		<xsl:variable name="words"><xsl:for-each select="$cells"><xsl:value-of select="concat(., ' ')"/></xsl:for-each></xsl:variable>
		<xsl:variable name="cell"><xsl:call-template name="longest"><xsl:with-param name="of" select="$cells"/></xsl:call-template></xsl:variable>
		<xsl:variable name="word"><xsl:call-template name="longest"><xsl:with-param name="of" select="str:tokenize($words, ' &#10;-/')"/></xsl:call-template></xsl:variable>
		<xsl:variable name="cell-width"><xsl:call-template name="cell-width"><xsl:with-param name="words" select="string($cell)"/><xsl:with-param name="code" select="boolean($cells//code)"/></xsl:call-template></xsl:variable>
		<xsl:variable name="word-width"><xsl:call-template name="cell-width"><xsl:with-param name="words" select="string($word)"/><xsl:with-param name="code" select="boolean($cells//code)"/></xsl:call-template></xsl:variable>
		<xsl:variable name="needed"><xsl:choose>
			<xsl:when test="count(../th) > 4"><xsl:call-template name="least"><xsl:with-param name="a" select="$word-width"/><xsl:with-param name="b" select="$cell-part"/></xsl:call-template></xsl:when>
			<xsl:otherwise><xsl:value-of select="$word-width"/></xsl:otherwise>
		</xsl:choose></xsl:variable>
		<xsl:variable name="wanted"><xsl:call-template name="least"><xsl:with-param name="a" select="$cell-width"/><xsl:with-param name="b" select="$cell-most"/></xsl:call-template></xsl:variable>
		<column xmlns="" least="{$cell-gap + $needed}" asked="{$cell-gap + $wanted * ($wanted > $needed) + $needed * ($wanted &lt;= $needed)}"/>
	</xsl:template>

	<xsl:template name="longest">
		<xsl:param name="of"/>
		<xsl:for-each select="$of">
			<xsl:sort select="string-length()" data-type="number" order="descending"/>
			<xsl:if test="position() = 1"><xsl:value-of select="normalize-space()"/></xsl:if>
		</xsl:for-each>
	</xsl:template>

	<!-- In millimetres, at most: as a heading. -->
	<xsl:template name="cell-width">
		<xsl:param name="words"/>
		<xsl:param name="code" select="false()"/>
		<xsl:variable name="as-text"><xsl:call-template name="text-width"><xsl:with-param name="words" select="$words"/><xsl:with-param name="size" select="$cell-size"/></xsl:call-template></xsl:variable>
		<xsl:variable name="as-code" select="0.52 * $cell-size * string-length($words) * $code"/>
		<xsl:value-of select="$as-text * ($as-text > $as-code) + $as-code * ($as-text &lt;= $as-code)"/>
	</xsl:template>

	<xsl:template match="tr">
		<fo:table-row xsl:use-attribute-sets="together">
			<xsl:call-template name="source"/>
			<xsl:if test="parent::tbody">
				<xsl:call-template name="row-keeps">
					<xsl:with-param name="before" select="preceding-sibling::tr"/>
					<xsl:with-param name="after" select="following-sibling::tr"/>
				</xsl:call-template>
			</xsl:if>
			<xsl:apply-templates select="th | td"/>
		</fo:table-row>
	</xsl:template>

	<!-- Neither the first nor the last row of a body stands alone on a page, where it can be helped. -->
	<xsl:template name="row-keeps">
		<xsl:param name="before"/>
		<xsl:param name="after"/>
		<xsl:if test="not($before)"><xsl:attribute name="keep-with-next.within-page">5</xsl:attribute></xsl:if>
		<xsl:if test="not($after)"><xsl:attribute name="keep-with-previous.within-page">5</xsl:attribute></xsl:if>
	</xsl:template>

	<!-- Attributes that a stylesheet on this one adds to a cell's text. -->
	<xsl:template match="*" mode="mark"/>
	<xsl:template match="th | td">
		<fo:table-cell padding-before="{$m.cell-padding}" padding-after="{$m.cell-padding}" padding-end="{$m.cell-gap}">
			<xsl:choose>
				<xsl:when test="self::th"><xsl:attribute name="border-bottom"><xsl:value-of select="concat($m.rule-strong, ' solid ', $colour.dark)"/></xsl:attribute></xsl:when>
				<xsl:when test="../preceding-sibling::tr"><xsl:attribute name="border-top"><xsl:value-of select="concat($m.rule-fine, ' solid ', $colour.rule)"/></xsl:attribute></xsl:when>
			</xsl:choose>
			<xsl:if test="self::th"><xsl:attribute name="display-align">after</xsl:attribute></xsl:if>
			<xsl:if test="position() = last()"><xsl:attribute name="padding-end">0mm</xsl:attribute></xsl:if>
			<fo:block xsl:use-attribute-sets="short">
				<xsl:apply-templates select="." mode="mark"/>
				<xsl:if test="count(../*) > 4"><xsl:attribute name="hyphenate">true</xsl:attribute></xsl:if>
				<xsl:if test="@align = 'right'"><xsl:attribute name="text-align">end</xsl:attribute></xsl:if>
				<xsl:if test="@align = 'center'"><xsl:attribute name="text-align">center</xsl:attribute></xsl:if>
				<xsl:apply-templates mode="inline"/>
			</fo:block>
		</fo:table-cell>
	</xsl:template>

	<!-- ================ islands ================ -->

	<xsl:template match="island" mode="block"><xsl:apply-templates select="*" mode="island"/></xsl:template>

</xsl:stylesheet>
