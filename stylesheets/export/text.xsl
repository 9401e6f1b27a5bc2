<?xml version="1.0" encoding="UTF-8"?>
<!-- What is said in a session, as plain text (mode text):
       x:p            a paragraph, on a line of its own; spaces in it are closed up, x:br begins a new line
       x:quote        paragraphs of one speaker: @label stands before the first, x:code(@guid) names a code, @guid the selection
     Blocks are parted by an empty line. Blocks that the program fills are left out: what they say stands elsewhere. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:rotonde:exchange" xmlns:r="urn:rotonde:functions"
	xmlns:str="http://exslt.org/strings" exclude-result-prefixes="r str">

	<xsl:key name="thread" match="/publication/contents//thread[@href]" use="@id"/>
	<xsl:key name="rotonde" match="/publication/contents//case[@href]/rotondes/rotonde" use="@id"/>

	<xsl:template match="body" mode="text">
		<xsl:apply-templates select="*" mode="text"/>
		<xsl:apply-templates select=".//footnote[not(ancestor::island)]" mode="text-note"/>
	</xsl:template>
	<xsl:template match="section | box | quotation | ul | ol | li" mode="text"><xsl:apply-templates select="*" mode="text"/></xsl:template>
	<xsl:template match="section/title | box/title" mode="text">
		<x:p><xsl:value-of select="concat(substring('######', 1, count(ancestor::section)), substring('#', 1, not(ancestor::section)), ' ')"/><xsl:apply-templates mode="text-inline"/></x:p>
	</xsl:template>
	<xsl:template match="p | lead | caption" mode="text"><x:p><xsl:apply-templates mode="text-inline"/></x:p></xsl:template>
	<xsl:template match="li/p[1]" mode="text"><x:p>- <xsl:apply-templates mode="text-inline"/></x:p></xsl:template>
	<xsl:template match="pre" mode="text"><x:p><xsl:value-of select="."/></x:p></xsl:template>
	<xsl:template match="table" mode="text"><xsl:apply-templates select=".//tr" mode="text"/></xsl:template>
	<xsl:template match="tr" mode="text">
		<x:p>
			<xsl:for-each select="th | td">
				<xsl:if test="position() > 1"> | </xsl:if>
				<xsl:apply-templates mode="text-inline"/>
			</xsl:for-each>
		</x:p>
	</xsl:template>
	<xsl:template match="figure" mode="text">
		<x:p>[<xsl:value-of select="@alt"/>]</x:p>
		<xsl:apply-templates select="caption" mode="text"/>
	</xsl:template>
	<xsl:template match="break | island | note" mode="text"/>

	<xsl:template match="quote" mode="text">
		<x:quote label="{@label}">
			<xsl:attribute name="guid"><xsl:call-template name="selection-guid"/></xsl:attribute>
			<xsl:for-each select="str:tokenize(@codes)">
				<x:code><xsl:attribute name="guid"><xsl:call-template name="code-guid"><xsl:with-param name="code" select="string(.)"/></xsl:call-template></xsl:attribute></x:code>
			</xsl:for-each>
			<xsl:apply-templates select="*" mode="text"/>
		</x:quote>
	</xsl:template>

	<!-- The current quote's selection: the same as long as who says what, where, is the same. -->
	<xsl:template name="selection-guid"><xsl:value-of select="r:guid(concat('selection ', ancestor::session[1]/@id, ' ', @speaker, ' ', normalize-space(.)))"/></xsl:template>

	<!-- tokens stand in a document of their own -->
	<xsl:variable name="all" select="/"/>
	<xsl:template name="code-guid">
		<xsl:param name="code"/>
		<xsl:for-each select="$all">
			<xsl:choose>
				<xsl:when test="key('thread', $code)"><xsl:value-of select="r:guid(concat('thread ', $code))"/></xsl:when>
				<xsl:when test="key('rotonde', $code)"><xsl:value-of select="r:guid(concat('rotonde ', $code))"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="r:guid(concat('code ', $code))"/></xsl:otherwise>
			</xsl:choose>
		</xsl:for-each>
	</xsl:template>

	<xsl:template match="footnote" mode="text-inline">[<xsl:value-of select="@number"/>]</xsl:template>
	<xsl:template match="footnote" mode="text-note">
		<x:p>[<xsl:value-of select="@number"/>] <xsl:for-each select="*"><xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if><xsl:apply-templates mode="text-inline"/></xsl:for-each></x:p>
	</xsl:template>
	<xsl:template match="br" mode="text-inline"><x:br/></xsl:template>
	<xsl:template match="image" mode="text-inline">[<xsl:value-of select="@alt"/>]</xsl:template>
	<xsl:template match="note" mode="text-inline"/>
	<xsl:template match="*" mode="text-inline"><xsl:apply-templates mode="text-inline"/></xsl:template>
	<xsl:template match="text()" mode="text-inline"><xsl:value-of select="."/></xsl:template>
	<xsl:template match="text()" mode="text"/>

</xsl:stylesheet>
