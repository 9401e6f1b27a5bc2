<?xml version="1.0" encoding="UTF-8"?>
<!-- A publication as XSL-FO. Input: the assembled tree (src/document/document.h). Standard FO: Apache FOP takes it too; attributes of our own
     (namespaces urn:rotonde:source, urn:rotonde:fo) and fox: are ignored where they are not known.

       looks.xsl       the house style as sets of attributes
       pages.xsl       page masters, running heads, folios
       front.xsl       cover, contents, bookmarks, metadata
       items.xsl       parts, chapters, cases, threads, sessions, portraits, appendices, colophon
       blocks.xsl      what stands in a body
       inlines.xsl     what stands in a paragraph
       islands.xsl     blocks that the program fills
       overview.xsl    those that count
       review.xsl      what only a review copy shows

     Modes: page (an item as pages of its own), within (an item inside another), block and inline (content), opening (the head of an
     item), entry (a line of the contents), bookmark, plain (a title without marks), margin (a review copy's). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:fo="http://www.w3.org/1999/XSL/Format"
	xmlns:s="urn:rotonde:source">

	<xsl:import href="../common/style.xsl"/>
	<xsl:import href="../common/labels.xsl"/>
	<xsl:import href="../common/source.xsl"/>
	<xsl:import href="../common/editions.xsl"/>
	<xsl:import href="../common/diagrams.xsl"/>
	<xsl:import href="../common/overview.xsl"/>
	<xsl:include href="looks.xsl"/>
	<xsl:include href="pages.xsl"/>
	<xsl:include href="front.xsl"/>
	<xsl:include href="items.xsl"/>
	<xsl:include href="blocks.xsl"/>
	<xsl:include href="inlines.xsl"/>
	<xsl:include href="islands.xsl"/>
	<xsl:include href="overview.xsl"/>
	<xsl:include href="review.xsl"/>

	<xsl:output method="xml" encoding="UTF-8"/>

	<!-- public or review -->
	<xsl:param name="profile" select="'public'"/>
	<xsl:variable name="review" select="$profile = 'review'"/>

	<xsl:template match="/publication">
		<fo:root xml:lang="{@xml:lang}">
			<xsl:call-template name="source"/>
			<xsl:call-template name="masters"/>
			<xsl:call-template name="metadata"/>
			<xsl:call-template name="bookmarks"/>
			<xsl:apply-templates select="." mode="cover"/>
			<xsl:apply-templates select="." mode="contents"/>
			<xsl:apply-templates select="body | contents/*" mode="page">
				<xsl:sort select="not(self::body)"/>
			</xsl:apply-templates>
		</fo:root>
	</xsl:template>

</xsl:stylesheet>
