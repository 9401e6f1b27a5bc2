<?xml version="1.0" encoding="UTF-8"?>
<!-- The codes of a workspace in the exchange standard REFI-QDA 1.0: what helped and what did not, the red threads, the rotondes of each case. A
     codebook and a project write the same elements in two namespaces: who includes this defines $ns.
     Identifiers are made from ids: "code helpend", "thread ID", "rotonde ID", "case ID", "session ID", "person ID" (src/exchange/exchange.h). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions" exclude-result-prefixes="r">

	<xsl:variable name="threads" select="/publication/contents//thread[@href]"/>
	<xsl:variable name="cases" select="/publication/contents//case[@href]"/>

	<xsl:template name="codes">
		<xsl:element name="Codes" namespace="{$ns}">
			<xsl:call-template name="code-group">
				<xsl:with-param name="name">elements</xsl:with-param>
				<xsl:with-param name="codes">
					<xsl:call-template name="code"><xsl:with-param name="id">code helpend</xsl:with-param><xsl:with-param name="name">helpend</xsl:with-param></xsl:call-template>
					<xsl:call-template name="code"><xsl:with-param name="id">code niet-helpend</xsl:with-param><xsl:with-param name="name">niet-helpend</xsl:with-param></xsl:call-template>
				</xsl:with-param>
			</xsl:call-template>
			<xsl:if test="$threads">
				<xsl:call-template name="code-group">
					<xsl:with-param name="name">threads</xsl:with-param>
					<xsl:with-param name="codes"><xsl:apply-templates select="$threads" mode="code"/></xsl:with-param>
				</xsl:call-template>
			</xsl:if>
			<xsl:if test="$cases/rotondes/rotonde">
				<xsl:call-template name="code-group">
					<xsl:with-param name="name">rotondes</xsl:with-param>
					<xsl:with-param name="codes"><xsl:apply-templates select="$cases[rotondes/rotonde]" mode="code"/></xsl:with-param>
				</xsl:call-template>
			</xsl:if>
		</xsl:element>
	</xsl:template>

	<xsl:template match="thread | rotonde" mode="code">
		<xsl:call-template name="code">
			<xsl:with-param name="id" select="concat(local-name(), ' ', @id)"/>
			<xsl:with-param name="name" select="title"/>
			<xsl:with-param name="description" select="definition | description"/>
		</xsl:call-template>
	</xsl:template>
	<xsl:template match="case" mode="code">
		<xsl:call-template name="code">
			<xsl:with-param name="id" select="concat('rotondes ', @id)"/>
			<xsl:with-param name="name" select="title"/>
			<xsl:with-param name="codable" select="'false'"/>
			<xsl:with-param name="codes"><xsl:apply-templates select="rotondes/rotonde" mode="code"/></xsl:with-param>
		</xsl:call-template>
	</xsl:template>

	<!-- A code that only holds others. name: of a label. -->
	<xsl:template name="code-group">
		<xsl:param name="name"/>
		<xsl:param name="codes"/>
		<xsl:call-template name="code">
			<xsl:with-param name="id" select="concat('group ', $name)"/>
			<xsl:with-param name="name"><xsl:call-template name="label"><xsl:with-param name="name" select="$name"/></xsl:call-template></xsl:with-param>
			<xsl:with-param name="codable" select="'false'"/>
			<xsl:with-param name="codes" select="$codes"/>
		</xsl:call-template>
	</xsl:template>

	<!-- id: what its identifier is made from. codes: those below it. -->
	<xsl:template name="code">
		<xsl:param name="id"/>
		<xsl:param name="name"/>
		<xsl:param name="description" select="/.."/>
		<xsl:param name="codable" select="'true'"/>
		<xsl:param name="codes" select="/.."/>
		<xsl:element name="Code" namespace="{$ns}">
			<xsl:attribute name="guid"><xsl:value-of select="r:guid($id)"/></xsl:attribute>
			<xsl:attribute name="name"><xsl:value-of select="normalize-space($name)"/></xsl:attribute>
			<xsl:attribute name="isCodable"><xsl:value-of select="$codable"/></xsl:attribute>
			<xsl:if test="normalize-space($description)">
				<xsl:element name="Description" namespace="{$ns}"><xsl:value-of select="normalize-space($description)"/></xsl:element>
			</xsl:if>
			<xsl:copy-of select="$codes"/>
		</xsl:element>
	</xsl:template>

</xsl:stylesheet>
