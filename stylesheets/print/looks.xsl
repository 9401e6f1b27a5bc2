<?xml version="1.0" encoding="UTF-8"?>
<!-- The house style for paper. A row <type> of the house style becomes a set of FO attributes, once a run: $look.NAME is to be copied into the
     block that is set in it (<xsl:copy-of select="$look.section"/>). What a look has beside its type (keeps, indents) is an attribute set. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:exsl="http://exslt.org/common" xmlns:rx="urn:rotonde:fo" exclude-result-prefixes="exsl">

	<!-- ================ types ================ -->

	<xsl:variable name="looks"><xsl:apply-templates select="$house/print/type" mode="look"/></xsl:variable>
	<xsl:variable name="look" select="exsl:node-set($looks)"/>

	<xsl:template match="type" mode="look">
		<xsl:element name="{@name}">
			<xsl:attribute name="font-family">
				<xsl:value-of select="$fonts[@name = current()/@font]/@family"/>
			</xsl:attribute>
			<xsl:attribute name="font-size"><xsl:value-of select="@size"/></xsl:attribute>
			<xsl:attribute name="line-height"><xsl:value-of select="@leading"/></xsl:attribute>
			<xsl:attribute name="font-weight"><xsl:value-of select="@weight"/></xsl:attribute>
			<xsl:attribute name="color"><xsl:value-of select="$house/colours/colour[@name = current()/@colour]/@value"/></xsl:attribute>
			<xsl:apply-templates select="@slant | @tracking | @before | @after" mode="look"/>
		</xsl:element>
	</xsl:template>
	<xsl:template match="@slant" mode="look"><xsl:attribute name="font-style"><xsl:value-of select="."/></xsl:attribute></xsl:template>
	<xsl:template match="@before" mode="look"><xsl:attribute name="space-before"><xsl:value-of select="."/></xsl:attribute></xsl:template>
	<xsl:template match="@after" mode="look"><xsl:attribute name="space-after"><xsl:value-of select="."/></xsl:attribute></xsl:template>
	<xsl:template match="@tracking" mode="look">
		<xsl:attribute name="letter-spacing"><xsl:value-of select="."/></xsl:attribute>
		<xsl:attribute name="text-transform">uppercase</xsl:attribute>
	</xsl:template>

	<xsl:variable name="look.text" select="$look/text/@*"/>
	<xsl:variable name="look.lead" select="$look/lead/@*"/>
	<xsl:variable name="look.title" select="$look/title/@*"/>
	<xsl:variable name="look.subtitle" select="$look/subtitle/@*"/>
	<xsl:variable name="look.number" select="$look/number/@*"/>
	<xsl:variable name="look.kicker" select="$look/kicker/@*"/>
	<xsl:variable name="look.section" select="$look/section/@*"/>
	<xsl:variable name="look.subsection" select="$look/subsection/@*"/>
	<xsl:variable name="look.paragraph" select="$look/paragraph/@*"/>
	<xsl:variable name="look.quote" select="$look/quote/@*"/>
	<xsl:variable name="look.speaker" select="$look/speaker/@*"/>
	<xsl:variable name="look.box" select="$look/box/@*"/>
	<xsl:variable name="look.box-title" select="$look/box-title/@*"/>
	<xsl:variable name="look.data" select="$look/data/@*"/>
	<xsl:variable name="look.caption" select="$look/caption/@*"/>
	<xsl:variable name="look.note" select="$look/note/@*"/>
	<xsl:variable name="look.running" select="$look/running/@*"/>
	<xsl:variable name="look.folio" select="$look/folio/@*"/>
	<xsl:variable name="look.code" select="$look/code/@*"/>
	<xsl:variable name="look.contents" select="$look/contents/@*"/>
	<xsl:variable name="look.contents-part" select="$look/contents-part/@*"/>
	<xsl:variable name="look.portrait" select="$look/portrait/@*"/>
	<xsl:variable name="look.review" select="$look/review/@*"/>

	<!-- ================ measures ================ -->

	<!-- $m.NAME: the row <length name="NAME"> of the house style. -->
	<xsl:variable name="lengths" select="$house/print/length"/>
	<xsl:variable name="m.box-padding" select="string($lengths[@name = 'box-padding']/@value)"/>
	<xsl:variable name="m.cell-gap" select="string($lengths[@name = 'cell-gap']/@value)"/>
	<xsl:variable name="m.cell-padding" select="string($lengths[@name = 'cell-padding']/@value)"/>
	<xsl:variable name="m.contents-dots" select="string($lengths[@name = 'contents-dots']/@value)"/>
	<xsl:variable name="m.contents-end" select="string($lengths[@name = 'contents-end']/@value)"/>
	<xsl:variable name="m.cover-band" select="string($lengths[@name = 'cover-band']/@value)"/>
	<xsl:variable name="m.cover-picture" select="string($lengths[@name = 'cover-picture']/@value)"/>
	<xsl:variable name="m.fact-indent" select="string($lengths[@name = 'fact-indent']/@value)"/>
	<xsl:variable name="m.folio-rise" select="string($lengths[@name = 'folio-rise']/@value)"/>
	<xsl:variable name="m.half-line" select="string($lengths[@name = 'half-line']/@value)"/>
	<xsl:variable name="m.label-gap" select="string($lengths[@name = 'label-gap']/@value)"/>
	<xsl:variable name="m.line" select="string($lengths[@name = 'line']/@value)"/>
	<xsl:variable name="m.line-number" select="string($lengths[@name = 'line-number']/@value)"/>
	<xsl:variable name="m.list-gap" select="string($lengths[@name = 'list-gap']/@value)"/>
	<xsl:variable name="m.list-indent" select="string($lengths[@name = 'list-indent']/@value)"/>
	<xsl:variable name="m.logo" select="string($lengths[@name = 'logo']/@value)"/>
	<xsl:variable name="m.note-indent" select="string($lengths[@name = 'note-indent']/@value)"/>
	<xsl:variable name="m.note-mark" select="string($lengths[@name = 'note-mark']/@value)"/>
	<xsl:variable name="m.note-mark-shift" select="string($lengths[@name = 'note-mark-shift']/@value)"/>
	<xsl:variable name="m.note-rule" select="string($lengths[@name = 'note-rule']/@value)"/>
	<xsl:variable name="m.photo" select="string($lengths[@name = 'photo']/@value)"/>
	<xsl:variable name="m.photo-height" select="string($lengths[@name = 'photo-height']/@value)"/>
	<xsl:variable name="m.photo-gap" select="string($lengths[@name = 'photo-gap']/@value)"/>
	<xsl:variable name="m.picture-height" select="string($lengths[@name = 'picture-height']/@value)"/>
	<xsl:variable name="m.picture-width" select="string($lengths[@name = 'picture-width']/@value)"/>
	<xsl:variable name="m.quote-bar" select="string($lengths[@name = 'quote-bar']/@value)"/>
	<xsl:variable name="m.quote-indent" select="string($lengths[@name = 'quote-indent']/@value)"/>
	<xsl:variable name="m.rule-fine" select="string($lengths[@name = 'rule-fine']/@value)"/>
	<xsl:variable name="m.rule-strong" select="string($lengths[@name = 'rule-strong']/@value)"/>
	<xsl:variable name="m.running-drop" select="string($lengths[@name = 'running-drop']/@value)"/>
	<xsl:variable name="m.strip" select="string($lengths[@name = 'strip']/@value)"/>
	<xsl:variable name="m.strip-foot" select="string($lengths[@name = 'strip-foot']/@value)"/>
	<xsl:variable name="m.tight" select="string($lengths[@name = 'tight']/@value)"/>
	<xsl:variable name="page" select="$house/print/page"/>
	<xsl:variable name="hang" select="string($page/@hang)"/>
	<xsl:variable name="indent" select="string($house/print/type[@name = 'text']/@indent)"/>
	<xsl:variable name="line" select="$m.line"/>
	<xsl:variable name="half-line" select="$m.half-line"/>

	<!-- ================ looks beside the type ================ -->

	<!-- Running text: ranged left, hyphenated; four letters at least go to the next line, so that compounds are divided between their parts more often. -->
	<xsl:attribute-set name="flow">
		<xsl:attribute name="flow-name">xsl-region-body</xsl:attribute>
		<xsl:attribute name="start-indent"><xsl:value-of select="$hang"/></xsl:attribute>
		<xsl:attribute name="text-align">start</xsl:attribute>
		<xsl:attribute name="hyphenate">true</xsl:attribute>
		<xsl:attribute name="hyphenation-ladder-count">1</xsl:attribute>
		<xsl:attribute name="hyphenation-remain-character-count">3</xsl:attribute>
		<xsl:attribute name="hyphenation-push-character-count">4</xsl:attribute>
		<xsl:attribute name="orphans">2</xsl:attribute>
		<xsl:attribute name="widows">2</xsl:attribute>
		<xsl:attribute name="line-stacking-strategy">font-height</xsl:attribute>
	</xsl:attribute-set>

	<!-- Never hyphenated, lines of even length, with what follows. -->
	<xsl:attribute-set name="heading">
		<xsl:attribute name="hyphenate">false</xsl:attribute>
		<xsl:attribute name="text-align">start</xsl:attribute>
		<xsl:attribute name="rx:text-wrap">balance</xsl:attribute>
		<xsl:attribute name="keep-together.within-page">always</xsl:attribute>
		<xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
	</xsl:attribute-set>

	<!-- In narrow columns, where there is less to choose from. -->
	<xsl:attribute-set name="divided">
		<xsl:attribute name="hyphenate">true</xsl:attribute>
		<xsl:attribute name="hyphenation-push-character-count">3</xsl:attribute>
	</xsl:attribute-set>

	<!-- Short texts: lines of even length, no hyphens. -->
	<xsl:attribute-set name="short">
		<xsl:attribute name="rx:text-wrap">balance</xsl:attribute>
		<xsl:attribute name="hyphenate">false</xsl:attribute>
	</xsl:attribute-set>

	<!-- A heading that stands out to the left of the text. -->
	<xsl:attribute-set name="hanging" use-attribute-sets="heading">
		<xsl:attribute name="start-indent">0mm</xsl:attribute>
	</xsl:attribute-set>

	<!-- Number in the margin of the text, words in the text's own place: chapter titles, lines of the contents. -->
	<xsl:attribute-set name="numbered-row">
		<xsl:attribute name="start-indent">0mm</xsl:attribute>
		<xsl:attribute name="provisional-distance-between-starts"><xsl:value-of select="$hang"/></xsl:attribute>
		<xsl:attribute name="provisional-label-separation"><xsl:value-of select="concat($hang, ' - ', $m.strip)"/></xsl:attribute>
	</xsl:attribute-set>

	<!-- A line that holds a picture: exactly as high as that, whatever letters there are in it. -->
	<xsl:attribute-set name="picture">
		<xsl:attribute name="line-height">0pt</xsl:attribute>
		<xsl:attribute name="line-stacking-strategy">line-height</xsl:attribute>
	</xsl:attribute-set>

	<!-- What is not set in lines of the text: the space after it brings the text back to them, and is never less before a heading.
	     Nearer to a heading that it stands under. -->
	<xsl:attribute-set name="step"><xsl:attribute name="rx:block-step"><xsl:value-of select="$line"/></xsl:attribute></xsl:attribute-set>
	<xsl:attribute-set name="apart" use-attribute-sets="step">
		<xsl:attribute name="space-before">
			<xsl:choose>
				<xsl:when test="ancestor-or-self::*[parent::section][1]/preceding-sibling::*[not(self::note)][1][self::title]"><xsl:value-of select="$half-line"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="$line"/></xsl:otherwise>
			</xsl:choose>
		</xsl:attribute>
		<xsl:attribute name="space-after"><xsl:value-of select="$line"/></xsl:attribute>
		<xsl:attribute name="space-after.minimum">
			<xsl:choose>
				<xsl:when test="ancestor-or-self::*[parent::section or parent::body][1]/following-sibling::*[not(self::note)][1][not(self::section)]"><xsl:value-of select="$half-line"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="$line"/></xsl:otherwise>
			</xsl:choose>
		</xsl:attribute>
	</xsl:attribute-set>

	<!-- A heading's look, its space so divided that it takes up whole lines, also at the top of a page: what fills the lines stays there. As an element. -->
	<xsl:template name="divide">
		<xsl:param name="look"/>
		<xsl:variable name="of-line"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="$line"/></xsl:call-template></xsl:variable>
		<xsl:variable name="leading"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($look[name() = 'line-height'])"/></xsl:call-template></xsl:variable>
		<xsl:variable name="before"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($look[name() = 'space-before'])"/></xsl:call-template></xsl:variable>
		<xsl:variable name="after"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($look[name() = 'space-after'])"/></xsl:call-template></xsl:variable>
		<xsl:variable name="over" select="($leading + $after) mod $of-line"/>
		<xsl:variable name="filling" select="($of-line - $over) * ($over > 0.01 and $of-line - $over &lt;= $before)"/>
		<look xmlns="">
			<xsl:copy-of select="$look[name() != 'space-before' and name() != 'space-after']"/>
			<xsl:attribute name="space-before"><xsl:value-of select="format-number($before - $filling, '0.####')"/>mm</xsl:attribute>
			<xsl:attribute name="padding-before"><xsl:value-of select="format-number($filling, '0.####')"/>mm</xsl:attribute>
			<xsl:attribute name="padding-after"><xsl:value-of select="format-number($after, '0.####')"/>mm</xsl:attribute>
		</look>
	</xsl:template>
	<xsl:variable name="section-divided"><xsl:call-template name="divide"><xsl:with-param name="look" select="$look.section"/></xsl:call-template></xsl:variable>
	<xsl:variable name="subsection-divided"><xsl:call-template name="divide"><xsl:with-param name="look" select="$look.subsection"/></xsl:call-template></xsl:variable>
	<xsl:variable name="paragraph-divided"><xsl:call-template name="divide"><xsl:with-param name="look" select="$look.paragraph"/></xsl:call-template></xsl:variable>
	<xsl:variable name="lines.section" select="exsl:node-set($section-divided)/look/@*"/>
	<xsl:variable name="lines.subsection" select="exsl:node-set($subsection-divided)/look/@*"/>
	<xsl:variable name="lines.paragraph" select="exsl:node-set($paragraph-divided)/look/@*"/>

	<!-- look: one of these. -->
	<xsl:template name="look-in-lines">
		<xsl:param name="look"/>
		<xsl:copy-of select="$look"/>
		<!-- of several lines: the text below comes a little nearer, or further -->
		<xsl:if test="title[following-sibling::*[not(self::note)][1][self::p]]">
			<xsl:attribute name="rx:block-step"><xsl:value-of select="$line"/></xsl:attribute>
			<xsl:attribute name="space-after.minimum"><xsl:value-of select="format-number(-substring-before($look[name() = 'padding-after'], 'mm'), '0.####')"/>mm</xsl:attribute>
		</xsl:if>
	</xsl:template>

	<xsl:attribute-set name="together"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:attribute-set>
	<xsl:attribute-set name="with-next"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:attribute-set>

	<!-- Indents of the text around are not those of cells (which inherit from the body or header of their table) or of a container. -->
	<xsl:attribute-set name="fresh">
		<xsl:attribute name="start-indent">0mm</xsl:attribute>
		<xsl:attribute name="end-indent">0mm</xsl:attribute>
		<xsl:attribute name="text-indent">0mm</xsl:attribute>
	</xsl:attribute-set>

	<xsl:attribute-set name="link"><xsl:attribute name="color"><xsl:value-of select="$colour.dark"/></xsl:attribute></xsl:attribute-set>

</xsl:stylesheet>
