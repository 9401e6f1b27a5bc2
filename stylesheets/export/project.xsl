<?xml version="1.0" encoding="UTF-8"?>
<!-- A project (project.qde) in REFI-QDA 1.0, from the assembled tree of an exchange. Texts stand in x:text (see text.xsl); src/exchange/ takes them
     out, counts the places of their quotes, and puts selections where they stood. Parameter version: of the program. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:QDA-XML:project:1.0" xmlns:x="urn:rotonde:exchange"
	xmlns:r="urn:rotonde:functions" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="r str">
	<xsl:import href="../common/labels.xsl"/>
	<xsl:include href="codes.xsl"/>
	<xsl:include href="text.xsl"/>

	<xsl:output method="xml" encoding="UTF-8"/>
	<xsl:param name="version"/>
	<xsl:variable name="ns" select="'urn:QDA-XML:project:1.0'"/>
	<xsl:variable name="sessions" select="/publication/contents//session[@href]"/>

	<xsl:template match="/publication">
		<Project name="{normalize-space(title)}" origin="{normalize-space(concat('Rotonde ', $version))}" creatingUserGUID="{r:guid('user rotonde')}">
			<Users><User guid="{r:guid('user rotonde')}" name="Rotonde"/></Users>
			<CodeBook><xsl:call-template name="codes"/></CodeBook>
			<Variables>
				<xsl:call-template name="variable"><xsl:with-param name="name">date</xsl:with-param><xsl:with-param name="type">Date</xsl:with-param></xsl:call-template>
				<xsl:call-template name="variable"><xsl:with-param name="name">kind</xsl:with-param><xsl:with-param name="type">Text</xsl:with-param></xsl:call-template>
				<xsl:call-template name="variable"><xsl:with-param name="name">role</xsl:with-param><xsl:with-param name="type">Text</xsl:with-param></xsl:call-template>
			</Variables>
			<Cases>
				<xsl:apply-templates select="$cases" mode="case"/>
				<xsl:apply-templates select="$cases/persons/person[@id = $sessions//quote/@speaker]" mode="case"/>
			</Cases>
			<xsl:if test="$sessions"><Sources><xsl:apply-templates select="$sessions" mode="source"/></Sources></xsl:if>
			<xsl:if test="normalize-space(description)"><Description><xsl:value-of select="normalize-space(description)"/></Description></xsl:if>
		</Project>
	</xsl:template>

	<xsl:template name="variable">
		<xsl:param name="name"/>
		<xsl:param name="type"/>
		<Variable guid="{r:guid(concat('variable ', $name))}" name="{$name}" typeOfVariable="{$type}"/>
	</xsl:template>

	<!-- value: an element -->
	<xsl:template name="value">
		<xsl:param name="name"/>
		<xsl:param name="value"/>
		<VariableValue><VariableRef targetGUID="{r:guid(concat('variable ', $name))}"/><xsl:copy-of select="$value"/></VariableValue>
	</xsl:template>

	<!-- A story: the sessions that are about it; of a session about several, what its own people say. -->
	<xsl:template match="case" mode="case">
		<xsl:variable name="id" select="@id"/>
		<Case guid="{r:guid(concat('case ', @id))}" name="{normalize-space(title)}">
			<xsl:for-each select="$sessions[str:tokenize(@case) = $id]"><SourceRef targetGUID="{r:guid(concat('session ', @id))}"/></xsl:for-each>
			<xsl:for-each select="$sessions[not(@case) or contains(@case, ' ')]//quote[not(ancestor::island)][@case = $id]"><xsl:call-template name="selection-ref"/></xsl:for-each>
		</Case>
	</xsl:template>

	<!-- Somebody who speaks. -->
	<xsl:template match="person" mode="case">
		<xsl:variable name="id" select="@id"/>
		<Case guid="{r:guid(concat('person ', @id))}" name="{concat(normalize-space(label), ' (', ../../@id, ')')}">
			<xsl:call-template name="value">
				<xsl:with-param name="name">role</xsl:with-param>
				<xsl:with-param name="value"><TextValue><xsl:value-of select="@role"/></TextValue></xsl:with-param>
			</xsl:call-template>
			<xsl:for-each select="$sessions//quote[not(ancestor::island)][@speaker = $id]"><xsl:call-template name="selection-ref"/></xsl:for-each>
		</Case>
	</xsl:template>

	<xsl:template name="selection-ref">
		<SelectionRef><xsl:attribute name="targetGUID"><xsl:call-template name="selection-guid"/></xsl:attribute></SelectionRef>
	</xsl:template>

	<xsl:template match="session" mode="source">
		<xsl:variable name="guid" select="r:guid(concat('session ', @id))"/>
		<!-- who and when: optional in the standard, wanted by some programs (QualCoder 3 stops at a selection without them) -->
		<TextSource guid="{$guid}" name="{@id}" plainTextPath="internal://{$guid}.txt" creatingUser="{r:guid('user rotonde')}" creationDateTime="{@date}T00:00:00Z">
			<Description><xsl:value-of select="normalize-space(title)"/></Description>
			<x:text guid="{$guid}"><xsl:apply-templates select="body" mode="text"/></x:text>
			<xsl:call-template name="value">
				<xsl:with-param name="name">date</xsl:with-param>
				<xsl:with-param name="value"><DateValue><xsl:value-of select="@date"/></DateValue></xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="value">
				<xsl:with-param name="name">kind</xsl:with-param>
				<xsl:with-param name="value"><TextValue><xsl:value-of select="@kind"/></TextValue></xsl:with-param>
			</xsl:call-template>
		</TextSource>
	</xsl:template>

</xsl:stylesheet>
