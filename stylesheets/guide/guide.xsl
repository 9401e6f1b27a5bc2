<?xml version="1.0" encoding="UTF-8"?>
<!-- Interview guides, A4: what to say about consent; for the family of each case the whole line of rotondes; for every other person who they are, and
     for each rotonde they were part of the questions, with lines to write on. Somebody was part of a rotonde that was discussed in a session they
     took part in, or that lies in a period of care by their organisation. Parameter person: of this one only. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:r="urn:rotonde:functions" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="r str">
	<xsl:import href="../print/forms.xsl"/>
	<xsl:param name="person"/>
	<!-- Who must consent, as src/consent/consent.h writes it: "60 3 0:2 12:3 16:1": two numbers, then an age and who signs from then on. -->
	<xsl:param name="policy" select="'60 3 0:2 12:3 16:1'"/>
	<xsl:variable name="ages" select="str:tokenize($policy)[contains(., ':')]"/>
	<xsl:variable name="look.question" select="$look/question/@*"/>

	<xsl:template match="dossier" mode="sheets">
		<xsl:call-template name="consent-sheet"/>
		<xsl:for-each select="story">
			<xsl:if test="not(string($person))"><xsl:call-template name="family-sheet"/></xsl:if>
			<xsl:apply-templates select="persons/person[@role = 'professional' or string($person)][not(string($person)) or @ref = $person]" mode="sheet"/>
		</xsl:for-each>
	</xsl:template>

	<!-- One page-sequence. words: what it is called, content: the flow. -->
	<xsl:template name="guide-sheet">
		<xsl:param name="words"/>
		<xsl:param name="kicker"/>
		<xsl:param name="content"/>
		<fo:page-sequence master-reference="sheet">
			<xsl:call-template name="form-furniture">
				<xsl:with-param name="words" select="$words"/>
				<xsl:with-param name="about"><xsl:apply-templates select="ancestor-or-self::story/title/node()" mode="plain"/></xsl:with-param>
			</xsl:call-template>
			<fo:flow xsl:use-attribute-sets="flow">
				<fo:block hyphenate="false" keep-with-next.within-page="always"><xsl:copy-of select="$look.kicker"/><xsl:value-of select="$kicker"/></fo:block>
				<fo:block xsl:use-attribute-sets="form-heading">
					<xsl:copy-of select="$look.title"/>
					<xsl:value-of select="$words"/>
				</fo:block>
				<xsl:copy-of select="$content"/>
			</fo:flow>
		</fo:page-sequence>
	</xsl:template>

	<xsl:template name="guide-label"><xsl:call-template name="label"><xsl:with-param name="name">guide</xsl:with-param></xsl:call-template></xsl:template>

	<!-- ================ before the talk ================ -->

	<xsl:template name="consent-sheet">
		<xsl:call-template name="guide-sheet">
			<xsl:with-param name="kicker"><xsl:call-template name="guide-label"/></xsl:with-param>
			<xsl:with-param name="words"><xsl:call-template name="label"><xsl:with-param name="name">guide-consent</xsl:with-param></xsl:call-template></xsl:with-param>
			<xsl:with-param name="content">
				<fo:list-block provisional-distance-between-starts="{$m.list-indent} * 2" provisional-label-separation="{$m.list-gap}" space-before="{$line}">
					<xsl:copy-of select="$look.text"/>
					<xsl:call-template name="consent-row"/>
				</fo:list-block>
				<fo:block xsl:use-attribute-sets="with-next" space-before="{$line}">
					<xsl:copy-of select="$look.question"/>
					<xsl:call-template name="label"><xsl:with-param name="name">signature</xsl:with-param></xsl:call-template>
				</fo:block>
				<xsl:call-template name="writing-lines"/>
			</xsl:with-param>
		</xsl:call-template>
	</xsl:template>
	<xsl:template name="consent-row">
		<xsl:param name="n" select="1"/>
		<fo:list-item space-before="{$half-line}">
			<fo:list-item-label end-indent="label-end()"><fo:block><xsl:call-template name="tick"/></fo:block></fo:list-item-label>
			<fo:list-item-body start-indent="body-start()"><fo:block>
				<xsl:choose>
					<xsl:when test="$n = 4"><xsl:call-template name="signers"/></xsl:when>
					<xsl:otherwise><xsl:call-template name="label"><xsl:with-param name="name" select="concat('guide-consent-', $n)"/></xsl:call-template></xsl:otherwise>
				</xsl:choose>
			</fo:block></fo:list-item-body>
		</fo:list-item>
		<xsl:if test="$n &lt; 7"><xsl:call-template name="consent-row"><xsl:with-param name="n" select="$n + 1"/></xsl:call-template></xsl:if>
	</xsl:template>

	<!-- Who signs at which age: a sentence for every age at which that changes. -->
	<xsl:template name="signers">
		<xsl:variable name="page" select="."/>
		<xsl:for-each select="$ages[1] | $ages[position() > 1][substring-after(., ':') != substring-after(preceding-sibling::*[1], ':')]">
			<xsl:variable name="from" select="substring-before(., ':')"/>
			<xsl:variable name="who" select="substring-after(., ':')"/>
			<xsl:variable name="next" select="substring-before(following-sibling::*[substring-after(., ':') != $who][1], ':')"/>
			<xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>
			<xsl:for-each select="$page">
				<xsl:call-template name="label"><xsl:with-param name="name"><xsl:choose><xsl:when test="$from = 0 and $next">age-under</xsl:when><xsl:when test="$next">age-between</xsl:when><xsl:otherwise>age-from</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
				<xsl:text> </xsl:text>
				<xsl:choose>
					<xsl:when test="$from = 0 and $next"><xsl:value-of select="$next"/></xsl:when>
					<xsl:otherwise>
						<xsl:value-of select="$from"/>
						<xsl:if test="$next">
							<xsl:text> </xsl:text>
							<xsl:call-template name="label"><xsl:with-param name="name">age-to</xsl:with-param></xsl:call-template>
							<xsl:value-of select="concat(' ', $next - 1)"/>
						</xsl:if>
					</xsl:otherwise>
				</xsl:choose>
				<xsl:text>: </xsl:text>
				<xsl:call-template name="label"><xsl:with-param name="name" select="concat('signer-', $who)"/></xsl:call-template>
				<xsl:text>.</xsl:text>
			</xsl:for-each>
		</xsl:for-each>
	</xsl:template>

	<!-- ================ the family: the whole line ================ -->

	<xsl:template name="family-sheet">
		<xsl:call-template name="guide-sheet">
			<xsl:with-param name="kicker"><xsl:call-template name="guide-label"/></xsl:with-param>
			<xsl:with-param name="words"><xsl:call-template name="label"><xsl:with-param name="name">guide-family</xsl:with-param></xsl:call-template></xsl:with-param>
			<xsl:with-param name="content">
				<fo:block space-after="{$half-line}"><xsl:copy-of select="$look.text"/><xsl:call-template name="label"><xsl:with-param name="name">guide-order</xsl:with-param></xsl:call-template></fo:block>
				<xsl:for-each select="rotondes/rotonde">
					<xsl:sort select="@when"/>
					<fo:block keep-together.within-page="always" space-before="{$line}" padding-before="{$half-line}" border-top="{$m.rule-fine} solid {$colour.rule}">
						<xsl:call-template name="turn-head"/>
						<fo:block space-before="{$m.tight}" hyphenate="false">
							<xsl:copy-of select="$look.data"/>
							<xsl:call-template name="ticked"><xsl:with-param name="name">guide-right</xsl:with-param></xsl:call-template>
							<xsl:call-template name="ticked"><xsl:with-param name="name">guide-wrong</xsl:with-param></xsl:call-template>
							<xsl:call-template name="ticked"><xsl:with-param name="name">guide-rank</xsl:with-param></xsl:call-template>
						</fo:block>
						<xsl:call-template name="writing-lines"><xsl:with-param name="count" select="1"/></xsl:call-template>
					</fo:block>
				</xsl:for-each>
				<xsl:call-template name="asked"><xsl:with-param name="name">guide-missing</xsl:with-param><xsl:with-param name="lines" select="6"/></xsl:call-template>
			</xsl:with-param>
		</xsl:call-template>
	</xsl:template>
	<xsl:template name="ticked">
		<xsl:param name="name"/>
		<xsl:call-template name="tick"/>
		<xsl:text>&#160;</xsl:text>
		<xsl:call-template name="label"><xsl:with-param name="name" select="$name"/></xsl:call-template>
		<xsl:text>&#8195;</xsl:text>
	</xsl:template>

	<xsl:template name="turn-head">
		<fo:block xsl:use-attribute-sets="heading" role="H2">
			<xsl:copy-of select="$look.subsection[name() != 'space-before']"/>
			<xsl:call-template name="source"><xsl:with-param name="all" select="true()"/></xsl:call-template>
			<xsl:apply-templates select="title/node()" mode="inline"/>
		</fo:block>
		<fo:block xsl:use-attribute-sets="with-next" hyphenate="false">
			<xsl:copy-of select="$look.caption[name() != 'space-before']"/>
			<xsl:call-template name="turn-facts"/>
			<xsl:call-template name="confirmed"/>
		</fo:block>
		<xsl:for-each select="description">
			<fo:block space-before="{$m.tight}"><xsl:copy-of select="$look.text"/><xsl:apply-templates mode="inline"/></fo:block>
		</xsl:for-each>
	</xsl:template>

	<!-- ================ a person: the rotondes they were part of ================ -->

	<xsl:template match="person" mode="sheet">
		<xsl:variable name="own" select="."/>
		<xsl:variable name="all-discussed"><xsl:for-each select="../../sessions/session[participants/participant/@ref = current()/@ref]/discussed"><xsl:value-of select="concat(' ', @rotondes, ' ')"/></xsl:for-each></xsl:variable>
		<xsl:variable name="periods" select="../../timeline/case/care/period[@organisation = $own/@organisation]"/>
		<xsl:variable name="part">
			<xsl:for-each select="../../rotondes/rotonde">
				<xsl:variable name="when" select="translate(@when, '-', '')"/>
				<xsl:if test="contains($all-discussed, concat(' ', @ref, ' ')) or $periods[substring(concat(translate(@from, '-', ''), '00000000'), 1, 8) &lt;= substring(concat($when, '99999999'), 1, 8)]
					[not(@to) or substring(concat(translate(@to, '-', ''), '99999999'), 1, 8) >= substring(concat($when, '00000000'), 1, 8)]">
					<xsl:value-of select="concat(' ', @ref, ' ')"/>
				</xsl:if>
			</xsl:for-each>
		</xsl:variable>
		<xsl:variable name="rotondes" select="../../rotondes/rotonde[contains($part, concat(' ', @ref, ' '))]"/>
		<xsl:call-template name="guide-sheet">
			<xsl:with-param name="kicker"><xsl:call-template name="guide-label"/></xsl:with-param>
			<xsl:with-param name="words" select="label"/>
			<xsl:with-param name="content">
				<fo:block>
					<xsl:copy-of select="$look.text"/>
					<xsl:call-template name="source"><xsl:with-param name="all" select="true()"/></xsl:call-template>
					<xsl:value-of select="normalize-space(function)"/>
					<xsl:if test="not(function)"><xsl:call-template name="label"><xsl:with-param name="name" select="@role"/></xsl:call-template></xsl:if>
					<xsl:if test="organisation"><xsl:text>&#160;· </xsl:text><xsl:value-of select="organisation"/></xsl:if>
				</fo:block>
				<xsl:for-each select="$periods">
					<fo:block>
						<xsl:copy-of select="$look.data"/>
						<xsl:apply-templates select="title/node()" mode="inline"/>
						<xsl:text>, </xsl:text>
						<xsl:call-template name="date"><xsl:with-param name="date" select="@from"/></xsl:call-template>
						<xsl:if test="@to"><xsl:text> – </xsl:text><xsl:call-template name="date"><xsl:with-param name="date" select="@to"/></xsl:call-template></xsl:if>
					</fo:block>
				</xsl:for-each>
				<xsl:if test="not($rotondes)">
					<xsl:if test="string($person)"><xsl:value-of select="r:warn('no-rotondes', string(@ref))"/></xsl:if>
					<fo:block space-before="{$line}"><xsl:copy-of select="$look.text"/><xsl:call-template name="label"><xsl:with-param name="name">guide-none</xsl:with-param></xsl:call-template></fo:block>
				</xsl:if>
				<xsl:for-each select="$rotondes"><xsl:call-template name="turn-questions"/></xsl:for-each>
			</xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<xsl:template name="turn-questions">
		<fo:block space-before="{$line}" padding-before="{$line}" border-top="{$m.rule-strong} solid {$colour.dark}">
			<xsl:call-template name="turn-head"/>
			<xsl:call-template name="drawing-of-rotonde"/>
		</fo:block>
		<xsl:for-each select="question">
			<fo:block keep-together.within-page="always">
				<fo:block xsl:use-attribute-sets="with-next"><xsl:copy-of select="$look.question"/><xsl:call-template name="source"/><xsl:apply-templates mode="inline"/></fo:block>
				<xsl:call-template name="writing-lines"/>
			</fo:block>
		</xsl:for-each>
		<xsl:call-template name="asked"><xsl:with-param name="name">ask-facts</xsl:with-param></xsl:call-template>
		<xsl:call-template name="asked"><xsl:with-param name="name">ask-experience</xsl:with-param></xsl:call-template>
		<xsl:call-template name="asked"><xsl:with-param name="name">ask-hands</xsl:with-param></xsl:call-template>
		<xsl:call-template name="asked"><xsl:with-param name="name">ask-heart</xsl:with-param></xsl:call-template>
		<xsl:call-template name="asked"><xsl:with-param name="name">ask-head</xsl:with-param></xsl:call-template>
		<xsl:call-template name="asked"><xsl:with-param name="name">ask-else</xsl:with-param></xsl:call-template>
	</xsl:template>

	<!-- A question that is asked of everybody, and lines for the answer. -->
	<xsl:template name="asked">
		<xsl:param name="name"/>
		<xsl:param name="lines" select="3"/>
		<fo:block keep-together.within-page="always">
			<fo:block xsl:use-attribute-sets="with-next"><xsl:copy-of select="$look.question"/><xsl:call-template name="label"><xsl:with-param name="name" select="$name"/></xsl:call-template></fo:block>
			<xsl:call-template name="writing-lines"><xsl:with-param name="count" select="$lines"/></xsl:call-template>
		</fo:block>
	</xsl:template>

</xsl:stylesheet>
