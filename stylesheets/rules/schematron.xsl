<?xml version="1.0" encoding="UTF-8"?>
<!-- ISO Schematron (query binding "xslt") to XSLT 1.0: schemas/rules.sch becomes a stylesheet whose result is a report in SVRL.

     What of Schematron it knows: schema, ns, let, pattern, rule (abstract ones too, with extends), assert, report, value-of, name, emph,
     span, diagnostics, properties, subject, role; xsl:key beside the patterns. Not phase, nor abstract patterns.

     Made to be fast: the program lists the elements that have rules (r:elements, by name), and each is looked at by the patterns that have
     a rule for its name, in one step when that is one pattern. So every context must end in an element's name, and steps before it carry
     no predicates: session[@date], case/care/period[@to], p | title.

     The report adds to a failed assertion where its subject (else the context) came from: r:file, r:line, r:column, and r:focus,
     what to underline there: the subject's attribute, or the assertion's property. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:out="urn:rotonde:alias"
                xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:svrl="http://purl.oclc.org/dsdl/svrl"
                xmlns:r="urn:rotonde:check" xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="sch exsl">
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <!-- "yes": not a stylesheet, but what tells whether there is anything to report at all, as expressions that the program evaluates itself (check/brief.h), for
       the many trees in which there is not. Each rule by itself, so that it may find what an earlier rule of the pattern would have kept from it: the
       report decides. -->
  <xsl:param name="brief" select="'no'"/>

  <xsl:key name="rule" match="sch:rule[@abstract = 'true']" use="@id"/>
  <xsl:key name="diagnostic" match="sch:diagnostic" use="@id"/>
  <xsl:key name="property" match="sch:property" use="@id"/>

  <!-- ==================================== the stylesheet as a whole ==================================== -->

  <xsl:template match="sch:schema">
    <xsl:variable name="all">
      <xsl:apply-templates select="sch:pattern/sch:rule[not(@abstract = 'true')]" mode="index"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$brief = 'yes'">
        <brief xmlns="">
          <xsl:copy-of select="sch:ns"/>
          <xsl:apply-templates select="sch:let | sch:pattern/sch:let" mode="brief-let"/>
          <xsl:apply-templates select="sch:pattern/sch:rule[not(@abstract = 'true')]" mode="brief">
            <xsl:with-param name="entries" select="exsl:node-set($all)/entry"/>
          </xsl:apply-templates>
        </brief>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="index">
          <xsl:apply-templates select="exsl:node-set($all)/entry"/>
        </xsl:variable>
        <xsl:call-template name="full">
          <xsl:with-param name="all" select="exsl:node-set($all)/entry"/>
          <xsl:with-param name="index" select="exsl:node-set($index)/entry"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="full">
    <xsl:param name="all"/>
    <xsl:param name="index"/>
    <out:stylesheet version="1.0">
      <xsl:for-each select="sch:ns">
        <!-- an attribute in the namespace is the way XSLT 1.0 has to declare one -->
        <xsl:attribute name="{@prefix}:declared" namespace="{@uri}">yes</xsl:attribute>
      </xsl:for-each>
      <out:output method="xml" encoding="UTF-8"/>
      <xsl:copy-of select="xsl:key"/>
      <xsl:apply-templates select="sch:let" mode="global"/>
      <xsl:apply-templates select="sch:pattern/sch:let" mode="global"/>
      <out:template match="/">
        <svrl:schematron-output title="{sch:title}">
          <out:apply-templates mode="element">
            <xsl:attribute name="select">
              <xsl:text>r:elements(' </xsl:text>
              <xsl:for-each select="$all[not(@name = preceding-sibling::entry/@name)]">
                <xsl:value-of select="concat(@name, ' ')"/>
              </xsl:for-each>
              <xsl:text>')</xsl:text>
            </xsl:attribute>
          </out:apply-templates>
        </svrl:schematron-output>
      </out:template>
      <xsl:call-template name="dispatch">
        <xsl:with-param name="entries" select="$index[@shared]"/>
      </xsl:call-template>
      <xsl:apply-templates select="sch:pattern">
        <xsl:with-param name="entries" select="$index"/>
      </xsl:apply-templates>
      <xsl:call-template name="places"/>
    </out:stylesheet>
  </xsl:template>

  <xsl:template match="sch:let" mode="global">
    <out:param name="{@name}" select="{@value}"/>
  </xsl:template>

  <!-- ==================================== each element to its rules ==================================== -->

  <xsl:template match="sch:rule" mode="index">
    <xsl:call-template name="index">
      <xsl:with-param name="contexts" select="@context"/>
    </xsl:call-template>
  </xsl:template>

  <!-- An entry for each alternative of a context: the name of the element that it ends in, its pattern and rule; and whether other
       patterns have rules for that name. -->
  <xsl:template match="entry">
    <xsl:variable name="name" select="@name"/>
    <xsl:variable name="pattern" select="@pattern"/>
    <entry>
      <xsl:copy-of select="@*"/>
      <xsl:if test="../entry[@name = $name][@pattern != $pattern]">
        <xsl:attribute name="shared">yes</xsl:attribute>
      </xsl:if>
    </entry>
  </xsl:template>

  <xsl:template name="index">
    <xsl:param name="contexts"/>
    <xsl:variable name="one" select="normalize-space(substring-before(concat($contexts, '|'), '|'))"/>
    <xsl:variable name="path" select="substring-before(concat($one, '['), '[')"/>
    <xsl:variable name="name">
      <xsl:call-template name="last-step">
        <xsl:with-param name="path" select="$path"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:if test="$name = '' or translate($name, '@*():', '') != $name or contains(substring-after($one, ']'), '/')">
      <xsl:message terminate="yes">a context must end in an element's name, without predicates before it: <xsl:value-of select="$one"/></xsl:message>
    </xsl:if>
    <entry name="{$name}" context="{$one}" pattern="{generate-id(..)}" rule="{generate-id()}"/>
    <xsl:if test="contains($contexts, '|')">
      <xsl:call-template name="index">
        <xsl:with-param name="contexts" select="substring-after($contexts, '|')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="last-step">
    <xsl:param name="path"/>
    <xsl:choose>
      <xsl:when test="contains($path, '/')">
        <xsl:call-template name="last-step">
          <xsl:with-param name="path" select="substring-after($path, '/')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$path"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="dispatch">
    <xsl:param name="entries"/>
    <xsl:for-each select="$entries[not(@name = preceding-sibling::entry/@name)]">
      <xsl:variable name="same" select="$entries[@name = current()/@name]"/>
      <out:template match="{@name}" mode="element">
        <xsl:for-each select="$same[not(@pattern = preceding-sibling::entry[@name = current()/@name]/@pattern)]">
          <out:apply-templates select="." mode="{@pattern}"/>
        </xsl:for-each>
      </out:template>
    </xsl:for-each>
    <out:template match="*" mode="element"/>
  </xsl:template>

  <!-- ==================================== patterns and rules ==================================== -->

  <!-- Of the rules in a pattern the first that fits a node is the one that counts. -->
  <xsl:template match="sch:pattern">
    <xsl:param name="entries"/>
    <xsl:apply-templates select="sch:rule[not(@abstract = 'true')]">
      <xsl:with-param name="entries" select="$entries"/>
    </xsl:apply-templates>
    <out:template match="*" mode="{generate-id()}" priority="-1"/>
  </xsl:template>

  <xsl:template match="sch:rule">
    <xsl:param name="entries"/>
    <xsl:variable name="id" select="generate-id()"/>
    <xsl:variable name="own" select="$entries[@rule = $id]"/>
    <xsl:call-template name="rule">
      <xsl:with-param name="entries" select="$own[@shared]"/>
      <xsl:with-param name="mode" select="generate-id(..)"/>
    </xsl:call-template>
    <xsl:call-template name="rule">
      <xsl:with-param name="entries" select="$own[not(@shared)]"/>
      <xsl:with-param name="mode" select="'element'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="rule">
    <xsl:param name="entries"/>
    <xsl:param name="mode"/>
    <xsl:variable name="contexts">
      <xsl:for-each select="$entries">
        <xsl:value-of select="concat(substring(' | ', 1, 3 * (position() &gt; 1)), @context)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="$entries">
      <out:template match="{$contexts}" mode="{$mode}" priority="{1000 - count(preceding-sibling::sch:rule)}">
        <xsl:apply-templates select="sch:let | sch:assert | sch:report | sch:extends" mode="body"/>
      </out:template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:let" mode="body">
    <out:variable name="{@name}" select="{@value}"/>
  </xsl:template>

  <xsl:template match="sch:extends" mode="body">
    <xsl:if test="not(key('rule', @rule))">
      <xsl:message terminate="yes">there is no abstract rule <xsl:value-of select="@rule"/></xsl:message>
    </xsl:if>
    <xsl:apply-templates select="key('rule', @rule)/*" mode="body"/>
  </xsl:template>

  <xsl:template match="sch:assert" mode="body">
    <out:if test="not({@test})">
      <svrl:failed-assert>
        <xsl:call-template name="finding"/>
      </svrl:failed-assert>
    </out:if>
  </xsl:template>

  <xsl:template match="sch:report" mode="body">
    <out:if test="{@test}">
      <svrl:successful-report>
        <xsl:call-template name="finding"/>
      </svrl:successful-report>
    </out:if>
  </xsl:template>

  <xsl:template name="finding">
    <xsl:copy-of select="@id | @role"/>
    <out:call-template name="place">
      <out:with-param name="node" select="{concat(@subject, substring('.', 1 div not(@subject)))}"/>
    </out:call-template>
    <svrl:text>
      <xsl:apply-templates select="node()" mode="text"/>
    </svrl:text>
    <xsl:call-template name="references">
      <xsl:with-param name="ids" select="concat(normalize-space(@diagnostics), ' ')"/>
      <xsl:with-param name="key" select="'diagnostic'"/>
    </xsl:call-template>
    <xsl:call-template name="references">
      <xsl:with-param name="ids" select="concat(normalize-space(@properties), ' ')"/>
      <xsl:with-param name="key" select="'property'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="references">
    <xsl:param name="ids"/>
    <xsl:param name="key"/>
    <xsl:variable name="id" select="substring-before($ids, ' ')"/>
    <xsl:if test="$id != ''">
      <xsl:if test="not(key($key, $id))">
        <xsl:message terminate="yes">there is no <xsl:value-of select="concat($key, ' ', $id)"/></xsl:message>
      </xsl:if>
      <xsl:apply-templates select="key($key, $id)" mode="reference"/>
      <xsl:call-template name="references">
        <xsl:with-param name="ids" select="substring-after($ids, ' ')"/>
        <xsl:with-param name="key" select="$key"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sch:diagnostic" mode="reference">
    <svrl:diagnostic-reference diagnostic="{@id}">
      <xsl:copy-of select="ancestor-or-self::*[@xml:lang][1]/@xml:lang"/>
      <xsl:apply-templates select="node()" mode="text"/>
    </svrl:diagnostic-reference>
  </xsl:template>

  <xsl:template match="sch:property" mode="reference">
    <svrl:property-reference property="{@id}">
      <xsl:apply-templates select="node()" mode="text"/>
    </svrl:property-reference>
  </xsl:template>

  <!-- ==================================== whether there is anything ==================================== -->

  <!-- entries: as the template entry has them, of all rules. -->
  <xsl:template match="sch:rule" mode="brief">
    <xsl:param name="entries"/>
    <xsl:variable name="id" select="generate-id()"/>
    <xsl:variable name="found">
      <xsl:call-template name="elements">
        <xsl:with-param name="entries" select="$entries[@rule = $id]"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="tests">
      <xsl:apply-templates select="*" mode="brief"/>
    </xsl:variable>
    <xsl:variable name="names">
      <xsl:for-each select="$entries[@rule = $id]">
        <xsl:value-of select="concat(' ', @name)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="when">
      <xsl:apply-templates select="*" mode="brief-when"/>
    </xsl:variable>
    <rule names="{normalize-space($names)}" elements="{$found}" test="{substring($tests, 5)}" xmlns="">
      <xsl:choose>
        <!-- of assembled trees alone -->
        <xsl:when test="not($entries[@rule = $id][not(contains(@context, '/publication/@profile'))])">
          <xsl:attribute name="when">/publication/@profile</xsl:attribute>
        </xsl:when>
        <xsl:when test="not(contains($when, 'true()'))">
          <xsl:attribute name="when"><xsl:value-of select="substring($when, 5)"/></xsl:attribute>
        </xsl:when>
      </xsl:choose>
      <xsl:apply-templates select="sch:let | sch:extends" mode="brief-let"/>
    </rule>
  </xsl:template>

  <xsl:template match="sch:let" mode="brief-let">
    <let name="{@name}" value="{@value}" xmlns=""/>
  </xsl:template>

  <xsl:template match="sch:extends" mode="brief-let">
    <xsl:apply-templates select="key('rule', @rule)/sch:let" mode="brief-let"/>
  </xsl:template>

  <!-- An expression for the elements that fit these contexts. -->
  <xsl:template name="elements">
    <xsl:param name="entries"/>
    <xsl:variable name="plain" select="$entries[@context = @name]"/>
    <xsl:if test="$plain">
      <xsl:text>r:elements(' </xsl:text>
      <xsl:for-each select="$plain">
        <xsl:value-of select="concat(@name, ' ')"/>
      </xsl:for-each>
      <xsl:text>')</xsl:text>
    </xsl:if>
    <xsl:for-each select="$entries[@context != @name]">
      <xsl:if test="$plain or position() &gt; 1"> | </xsl:if>
      <xsl:variable name="path" select="substring-before(concat(@context, '['), '[')"/>
      <xsl:value-of select="concat('r:elements(&quot;', @name, '&quot;)')"/>
      <xsl:if test="$path != @name">
        <xsl:call-template name="parents">
          <xsl:with-param name="path" select="substring($path, 1, string-length($path) - string-length(@name) - 1)"/>
        </xsl:call-template>
      </xsl:if>
      <xsl:value-of select="substring-after(@context, $path)"/>
    </xsl:for-each>
  </xsl:template>

  <!-- case/care as [parent::care[parent::case]] -->
  <xsl:template name="parents">
    <xsl:param name="path"/>
    <xsl:variable name="last">
      <xsl:call-template name="last-step">
        <xsl:with-param name="path" select="$path"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:value-of select="concat('[parent::', $last)"/>
    <xsl:if test="$path != $last">
      <xsl:call-template name="parents">
        <xsl:with-param name="path" select="substring($path, 1, string-length($path) - string-length($last) - 1)"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:text>]</xsl:text>
  </xsl:template>

  <!-- All of a rule's tests in one. -->
  <xsl:template match="sch:assert" mode="brief">
    <xsl:text> or not(</xsl:text>
    <xsl:value-of select="@test"/>
    <xsl:text>)</xsl:text>
  </xsl:template>

  <xsl:template match="sch:report" mode="brief">
    <xsl:text> or boolean(</xsl:text>
    <xsl:value-of select="@test"/>
    <xsl:text>)</xsl:text>
  </xsl:template>

  <xsl:template match="sch:extends" mode="brief">
    <xsl:apply-templates select="key('rule', @rule)/*" mode="brief"/>
  </xsl:template>

  <xsl:template match="*" mode="brief"/>

  <!-- What all of a rule's tests need of the whole tree: of "$a and b" it is $a, where that is a let of the schema. -->
  <xsl:template match="sch:assert" mode="brief-when"> or true()</xsl:template>

  <xsl:template match="sch:report" mode="brief-when">
    <xsl:variable name="first" select="substring-before(@test, ' and ')"/>
    <xsl:choose>
      <xsl:when test="starts-with($first, '$') and /sch:schema/sch:let[@name = substring($first, 2)] and not(contains(@test, ' or '))">
        <xsl:value-of select="concat(' or ', $first)"/>
      </xsl:when>
      <xsl:otherwise> or true()</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="sch:extends" mode="brief-when">
    <xsl:apply-templates select="key('rule', @rule)/*" mode="brief-when"/>
  </xsl:template>

  <xsl:template match="*" mode="brief-when"/>

  <!-- ==================================== words ==================================== -->

  <xsl:template match="text()" mode="text">
    <out:text><xsl:value-of select="."/></out:text>
  </xsl:template>

  <xsl:template match="sch:value-of" mode="text">
    <out:value-of select="{@select}"/>
  </xsl:template>

  <xsl:template match="sch:name" mode="text">
    <out:value-of select="name({@path})"/>
  </xsl:template>

  <xsl:template match="sch:emph | sch:span" mode="text">
    <xsl:element name="svrl:{local-name()}">
      <xsl:copy-of select="@class"/>
      <xsl:apply-templates select="node()" mode="text"/>
    </xsl:element>
  </xsl:template>

  <!-- ==================================== where ==================================== -->

  <!-- Only what is found is placed, so this may take its time. -->
  <xsl:template name="places">
    <out:template name="place">
      <out:param name="node"/>
      <out:variable name="one" select="$node[1]"/>
      <out:variable name="placed" select="$one/ancestor-or-self::*[@line][1]"/>
      <out:attribute name="r:file"><out:value-of select="$one/ancestor-or-self::*[@file][1]/@file"/></out:attribute>
      <out:attribute name="r:line"><out:value-of select="$placed/@line"/></out:attribute>
      <out:attribute name="r:column"><out:value-of select="$placed/@column"/></out:attribute>
      <out:attribute name="r:focus">
        <out:choose>
          <out:when test="count($one | $one/../@*) = count($one/../@*)">
            <out:value-of select="concat(name($one), '=&quot;', $one, '&quot;')"/>
          </out:when>
          <out:when test="$one/self::* and not($one/ancestor-or-self::body)">
            <out:value-of select="concat('&lt;', name($one))"/>
          </out:when>
        </out:choose>
      </out:attribute>
    </out:template>
  </xsl:template>
</xsl:stylesheet>
