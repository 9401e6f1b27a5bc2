<?xml version="1.0" encoding="UTF-8"?>
<!-- Words about editions and what changed, the same in every output. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

	<!-- "3f2a91c04b, 10 april 2025, with changes that are not committed": of the publication. -->
	<xsl:template name="revision-words">
		<xsl:value-of select="/publication/@revision"/>
		<xsl:text>, </xsl:text>
		<xsl:call-template name="date"><xsl:with-param name="date" select="substring(/publication/@revised, 1, 10)"/></xsl:call-template>
		<xsl:if test="/publication/@dirty">
			<xsl:text>, </xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name">dirty</xsl:with-param></xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- "2 (3f2a91c04b)": the version for metadata. -->
	<xsl:template name="version-words">
		<xsl:value-of select="normalize-space(/publication/edition)"/>
		<xsl:if test="/publication/@revision">
			<xsl:value-of select="concat(substring(' ', 1, count(/publication/edition)), '(', /publication/@revision, substring('+', 1, count(/publication/@dirty)), ')')"/>
		</xsl:if>
	</xsl:template>

	<!-- "nieuw", "2 citaten vervallen": what happened to the current entry. -->
	<xsl:template name="change-words">
		<xsl:if test="@count">
			<xsl:value-of select="concat(@count, ' ')"/>
			<xsl:call-template name="label">
				<xsl:with-param name="name">
					<xsl:choose>
						<xsl:when test="@count = 1"><xsl:value-of select="concat('one-', @kind)"/></xsl:when>
						<xsl:otherwise><xsl:value-of select="concat(@kind, 's')"/></xsl:otherwise>
					</xsl:choose>
				</xsl:with-param>
			</xsl:call-template>
			<xsl:text> </xsl:text>
		</xsl:if>
		<xsl:call-template name="label"><xsl:with-param name="name" select="concat('change-', @change)"/></xsl:call-template>
	</xsl:template>

	<!-- "Bijeenkomst, 14 maart 2025": what the current entry is. -->
	<xsl:template name="kind-words">
		<xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template>
		<xsl:if test="@date">
			<xsl:text>, </xsl:text>
			<xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
