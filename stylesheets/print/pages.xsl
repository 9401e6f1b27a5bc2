<?xml version="1.0" encoding="UTF-8"?>
<!-- Page masters, and what stands around the text: folio and running head in the outer margin, the strip above a chapter's title.

     Every region-before is as large as the page and lies beneath the text, so that its content is placed from the corner of the paper. A review
     copy is one-sided: its masters have no parity. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:rx="urn:rotonde:fo">

	<xsl:variable name="inner"><xsl:value-of select="$page/@inner[not($review)] | $house/print/review/@inner[$review]"/></xsl:variable>
	<xsl:variable name="outer"><xsl:value-of select="$page/@outer[not($review)] | $house/print/review/@outer[$review]"/></xsl:variable>

	<xsl:template name="masters">
		<fo:layout-master-set>
			<xsl:call-template name="master">
				<xsl:with-param name="name">cover</xsl:with-param>
				<xsl:with-param name="top">0mm</xsl:with-param>
				<xsl:with-param name="bottom">0mm</xsl:with-param>
				<xsl:with-param name="left">0mm</xsl:with-param>
				<xsl:with-param name="right">0mm</xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="pair"><xsl:with-param name="name">page</xsl:with-param></xsl:call-template>
			<xsl:call-template name="pair">
				<xsl:with-param name="name">opening</xsl:with-param>
				<xsl:with-param name="top" select="$page/@opening"/>
			</xsl:call-template>
			<xsl:call-template name="pair"><xsl:with-param name="name">plain</xsl:with-param></xsl:call-template>
			<xsl:call-template name="pair">
				<xsl:with-param name="name">part</xsl:with-param>
				<xsl:with-param name="ground" select="$colour.warm"/>
			</xsl:call-template>
			<xsl:call-template name="sequence-master"><xsl:with-param name="name">chapter</xsl:with-param><xsl:with-param name="first">opening</xsl:with-param></xsl:call-template>
			<xsl:call-template name="sequence-master"><xsl:with-param name="name">portrait</xsl:with-param><xsl:with-param name="first">plain</xsl:with-param></xsl:call-template>
			<xsl:call-template name="sequence-master">
				<xsl:with-param name="name">parts</xsl:with-param>
				<xsl:with-param name="first">part</xsl:with-param>
				<xsl:with-param name="rest">part</xsl:with-param>
			</xsl:call-template>
		</fo:layout-master-set>
	</xsl:template>

	<!-- One page: its margins; its region-before has its name. -->
	<xsl:template name="master">
		<xsl:param name="name"/>
		<xsl:param name="top" select="$page/@top"/>
		<xsl:param name="bottom" select="$page/@bottom"/>
		<xsl:param name="left"/>
		<xsl:param name="right"/>
		<xsl:param name="ground"/>
		<fo:simple-page-master master-name="{$name}" page-width="{$page/@width}" page-height="{$page/@height}">
			<fo:region-body margin-top="{$top}" margin-bottom="{$bottom}" margin-left="{$left}" margin-right="{$right}"/>
			<fo:region-before region-name="{$name}" extent="{$page/@height}" precedence="true">
				<xsl:if test="$ground"><xsl:attribute name="background-color"><xsl:value-of select="$ground"/></xsl:attribute></xsl:if>
			</fo:region-before>
		</fo:simple-page-master>
	</xsl:template>

	<!-- NAME-odd and NAME-even, mirrored; in a review copy both alike. -->
	<xsl:template name="pair">
		<xsl:param name="name"/>
		<xsl:param name="top" select="$page/@top"/>
		<xsl:param name="ground"/>
		<xsl:call-template name="master">
			<xsl:with-param name="name" select="concat($name, '-odd')"/>
			<xsl:with-param name="top" select="$top"/>
			<xsl:with-param name="left" select="$inner"/>
			<xsl:with-param name="right" select="$outer"/>
			<xsl:with-param name="ground" select="$ground"/>
		</xsl:call-template>
		<xsl:if test="not($review)">
			<xsl:call-template name="master">
				<xsl:with-param name="name" select="concat($name, '-even')"/>
				<xsl:with-param name="top" select="$top"/>
				<xsl:with-param name="left" select="$outer"/>
				<xsl:with-param name="right" select="$inner"/>
				<xsl:with-param name="ground" select="$ground"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- A first page by the masters FIRST-odd and FIRST-even, then those of REST. -->
	<xsl:template name="sequence-master">
		<xsl:param name="name"/>
		<xsl:param name="first"/>
		<xsl:param name="rest" select="'page'"/>
		<fo:page-sequence-master master-name="{$name}">
			<fo:repeatable-page-master-alternatives>
				<xsl:if test="not($review)">
					<fo:conditional-page-master-reference master-reference="{$first}-even" page-position="first" odd-or-even="even"/>
				</xsl:if>
				<fo:conditional-page-master-reference master-reference="{$first}-odd" page-position="first"/>
				<xsl:if test="not($review)">
					<fo:conditional-page-master-reference master-reference="{$rest}-even" odd-or-even="even"/>
				</xsl:if>
				<fo:conditional-page-master-reference master-reference="{$rest}-odd"/>
			</fo:repeatable-page-master-alternatives>
		</fo:page-sequence-master>
	</xsl:template>

	<!-- ================ around the text ================ -->

	<!-- What stands around the text of one page-sequence; before fo:flow. first: the masters of its first page, opening or plain.
	     number: on the strip of an opening. -->
	<xsl:template name="furniture">
		<xsl:param name="number"/>
		<xsl:param name="first" select="'opening'"/>
		<fo:static-content flow-name="{$first}-odd">
			<xsl:if test="$first = 'opening'">
				<xsl:call-template name="strip"><xsl:with-param name="left" select="$inner"/><xsl:with-param name="number" select="$number"/></xsl:call-template>
			</xsl:if>
			<xsl:call-template name="odd"/>
		</fo:static-content>
		<fo:static-content flow-name="page-odd">
			<xsl:if test="not($review)">
				<xsl:call-template name="running-head">
					<xsl:with-param name="left" select="$right-column"/>
					<xsl:with-param name="align">end</xsl:with-param>
				</xsl:call-template>
			</xsl:if>
			<xsl:call-template name="odd"/>
		</fo:static-content>
		<xsl:if test="not($review)">
			<fo:static-content flow-name="{$first}-even">
				<xsl:if test="$first = 'opening'">
					<xsl:call-template name="strip"><xsl:with-param name="left" select="$outer"/><xsl:with-param name="number" select="$number"/></xsl:call-template>
				</xsl:if>
				<xsl:call-template name="even"/>
			</fo:static-content>
			<fo:static-content flow-name="page-even">
				<xsl:call-template name="running-head">
					<xsl:with-param name="left" select="$page/@edge"/>
					<xsl:with-param name="publication" select="true()"/>
				</xsl:call-template>
				<xsl:call-template name="even"/>
			</fo:static-content>
		</xsl:if>
		<fo:static-content flow-name="xsl-footnote-separator">
			<fo:block xsl:use-attribute-sets="fresh" start-indent="{$hang}" line-height="{$line}" space-before="{$half-line}">
				<fo:leader leader-pattern="rule" leader-length="{$m.note-rule}" rule-thickness="{$m.rule-fine}" color="{$colour.dark}"/>
			</fo:block>
		</fo:static-content>
	</xsl:template>

	<!-- Where things stand, from the corner of the paper. -->
	<xsl:variable name="right-column" select="concat($page/@width, ' - ', $outer, ' + ', $page/@gap)"/>
	<xsl:variable name="column-width" select="concat($outer, ' - ', $page/@edge, ' - ', $page/@gap)"/>
	<xsl:variable name="folio-top" select="concat($page/@height, ' - ', $page/@bottom, ' - ', $house/print/type[@name = 'folio']/@leading, ' - ', $m.folio-rise)"/>
	<xsl:variable name="number-height" select="string($house/print/type[@name = 'number']/@leading)"/>
	<xsl:variable name="number-top" select="concat($page/@opening, ' + ', $line)"/>

	<!-- In millimetres: the text block, and how far text itself stands in from its left. -->
	<xsl:variable name="block-width">
		<xsl:variable name="of-page"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($page/@width)"/></xsl:call-template></xsl:variable>
		<xsl:variable name="of-inner"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($inner)"/></xsl:call-template></xsl:variable>
		<xsl:variable name="of-outer"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($outer)"/></xsl:call-template></xsl:variable>
		<xsl:value-of select="$of-page - $of-inner - $of-outer"/>
	</xsl:variable>
	<xsl:variable name="text-hang"><xsl:call-template name="millimetres"><xsl:with-param name="measure" select="string($hang)"/></xsl:call-template></xsl:variable>

	<!-- A column in the outer margin, at a height. -->
	<xsl:attribute-set name="margin-column">
		<xsl:attribute name="absolute-position">absolute</xsl:attribute>
		<xsl:attribute name="width"><xsl:value-of select="$column-width"/></xsl:attribute>
		<xsl:attribute name="hyphenate">false</xsl:attribute>
	</xsl:attribute-set>

	<!-- The publication's title on left-hand pages, the chapter's (or part's) on right-hand ones. -->
	<xsl:template name="running-head">
		<xsl:param name="left"/>
		<xsl:param name="align">start</xsl:param>
		<xsl:param name="publication" select="false()"/>
		<fo:block-container xsl:use-attribute-sets="margin-column" left="{$left}" top="{$page/@top}" text-align="{$align}">
			<fo:block padding-before="{$m.running-drop}" rx:text-wrap="balance">
				<xsl:copy-of select="$look.running"/>
				<xsl:choose>
					<xsl:when test="$publication"><xsl:apply-templates select="/publication/title" mode="running"/></xsl:when>
					<xsl:otherwise><fo:retrieve-marker retrieve-class-name="running" retrieve-position="first-including-carryover"/></xsl:otherwise>
				</xsl:choose>
			</fo:block>
		</fo:block-container>
	</xsl:template>

	<!-- On every right-hand page, on every left-hand page. -->
	<xsl:template name="odd">
		<xsl:if test="$review"><xsl:call-template name="review-head"/></xsl:if>
		<xsl:call-template name="folio">
			<xsl:with-param name="left" select="$right-column"/>
			<xsl:with-param name="align">end</xsl:with-param>
		</xsl:call-template>
	</xsl:template>
	<xsl:template name="even">
		<xsl:call-template name="folio"><xsl:with-param name="left" select="$page/@edge"/></xsl:call-template>
	</xsl:template>
	<xsl:template name="folio">
		<xsl:param name="left"/>
		<xsl:param name="align">start</xsl:param>
		<fo:block-container xsl:use-attribute-sets="margin-column" left="{$left}" text-align="{$align}" top="{$folio-top}">
			<fo:block>
				<xsl:copy-of select="$look.folio"/>
				<fo:page-number/>
			</fo:block>
		</fo:block-container>
	</xsl:template>

	<!-- The road from the top of the paper that a chapter's number stands on. Without a number it ends in a ring. -->
	<xsl:template name="strip">
		<xsl:param name="left"/>
		<xsl:param name="number"/>
		<fo:block-container absolute-position="absolute" left="{$left}" top="0mm" width="{$m.strip}" background-color="{$colour.warm}"
			height="{$number-top} + {$number-height} + {$m.strip-foot}">
			<fo:block/>
		</fo:block-container>
		<xsl:if test="not(string($number))">
			<fo:block-container absolute-position="absolute" left="{$left}" top="{$number-top}" width="{$m.strip}" height="{$number-height}">
				<fo:block xsl:use-attribute-sets="picture" text-align="center"><xsl:call-template name="ring"/></fo:block>
			</fo:block-container>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
