<?xml version="1.0" encoding="UTF-8"?>
<!-- The looks. Every colour, font, size and length comes from the house style, as variables of CSS: c-NAME a colour, f-NAME a font, t-NAME a
     kind of text (font, size and leading at once) and i-NAME its colour, NAME a length. Here stands only how they are used. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:rotonde:functions" exclude-result-prefixes="r">

  <xsl:param name="profile">public</xsl:param>
  <xsl:variable name="review" select="$profile = 'review'"/>

  <xsl:variable name="web" select="$house/web"/>
  <xsl:variable name="medium" select="$web/length[@name = 'medium']/@value"/>
  <xsl:variable name="wide" select="$web/length[@name = 'wide']/@value"/>
  <xsl:variable name="wider" select="$web/length[@name = 'wider']/@value"/>

  <xsl:template name="style">
    <xsl:variable name="faces"><xsl:call-template name="faces"/></xsl:variable>
    <xsl:value-of select="r:announce(string($faces))"/> <!-- it makes their files while the text is set -->
    <xsl:text>:root{</xsl:text>
    <xsl:for-each select="$house/colours/colour">--c-<xsl:value-of select="@name"/>:<xsl:value-of select="@value"/>;</xsl:for-each>
    <xsl:for-each select="$fonts">--f-<xsl:value-of select="concat(@name, ':', @family, ',', $stand-in, ',', @fallback, ';')"/></xsl:for-each>
    <xsl:for-each select="$web/length">--<xsl:value-of select="@name"/>:<xsl:value-of select="@value"/>;</xsl:for-each>
    <xsl:for-each select="$web/type">
      <xsl:apply-templates select="." mode="font"><xsl:with-param name="size" select="@narrow"/></xsl:apply-templates>
      <xsl:value-of select="concat('--i-', @name, ':var(--c-', @colour, ');')"/>
      <xsl:if test="@tracking">--tracking-<xsl:value-of select="@name"/>:<xsl:value-of select="@tracking"/>;</xsl:if>
    </xsl:for-each>
    <xsl:text>}&#10;@media (min-width:</xsl:text><xsl:value-of select="$wide"/><xsl:text>){:root{</xsl:text>
    <xsl:apply-templates select="$web/type" mode="font"/>
    <xsl:text>}}&#10;</xsl:text>
    <xsl:call-template name="style-text"/>
    <xsl:call-template name="style-items"/>
    <xsl:call-template name="style-islands"/>
    <xsl:text>@media (min-width:</xsl:text><xsl:value-of select="$medium"/><xsl:text>){
.rotondes>.rotonde{grid-template-columns:var(--drawing) minmax(0,1fr);align-content:start}
.rotonde>*{grid-column:2}
.rotonde .drawing{grid-column:1;grid-row:1/span 2}
}&#10;</xsl:text>
    <xsl:text>@media (min-width:</xsl:text><xsl:value-of select="$wide"/><xsl:text>){</xsl:text>
    <xsl:call-template name="style-wide"/>
    <xsl:text>}&#10;</xsl:text>
    <xsl:if test="$review"><xsl:call-template name="style-review"/></xsl:if>
    <xsl:call-template name="style-paper"/>
  </xsl:template>

  <!-- size: of the letters. -->
  <xsl:template match="type" mode="font">
    <xsl:param name="size" select="@size"/>
    <xsl:variable name="face" select="$fonts[@name = current()/@font]"/>
    <xsl:value-of select="concat('--t-', @name, ':')"/>
    <xsl:if test="@slant = 'italic'">italic </xsl:if>
    <xsl:value-of select="concat(@weight, ' ', $size, '/', @leading, ' ', $face/@family, ',', $stand-in, ',', $face/@fallback, ';')"/>
  </xsl:template>

  <!-- ==== the faces that the page is set in ====
       Each is a rule without a file: the program puts the file in, with the characters that the page shows, or takes the rule out (src/pipeline/page.c).
       A face that is named twice is put in once. -->
  <xsl:variable name="stand-in">stand-in</xsl:variable> <!-- the family of characters that the others do not have -->

  <xsl:template name="faces">
    <xsl:variable name="code" select="boolean(//code | //pre)"/>
    <xsl:variable name="text" select="$web/type[@name = 'text']"/>
    <xsl:variable name="quote" select="boolean(//quote)"/>
    <xsl:variable name="em" select="//em"/>
    <xsl:variable name="strong" select="//strong"/>
    <xsl:variable name="both" select="$em[ancestor::strong or .//strong]"/>
    <!-- Those in what is set in the font of headings; all others are in that of the text. -->
    <xsl:variable name="head" select="($em | $strong)[ancestor::*[self::box or self::table or self::figure or self::footnote or self::note or self::title or
      self::imprint or self::head or self::heart or self::hands] or not(ancestor::*[self::p or self::li or self::lead or self::definition])]"/>
    <xsl:variable name="head-em" select="$head[self::em]"/>
    <xsl:variable name="head-both" select="$head-em[ancestor::strong or .//strong]"/>
    <xsl:for-each select="$web/type[@font != 'code' or $code][@name != 'quote' or $quote]"><xsl:call-template name="face"/></xsl:for-each>
    <xsl:if test="count($strong) &gt; count($head[self::strong])">
      <xsl:call-template name="face"><xsl:with-param name="type" select="$text"/><xsl:with-param name="weight">700</xsl:with-param></xsl:call-template>
    </xsl:if>
    <xsl:if test="count($em) &gt; count($head-em)">
      <xsl:call-template name="face"><xsl:with-param name="type" select="$text"/><xsl:with-param name="slant">italic</xsl:with-param></xsl:call-template>
    </xsl:if>
    <xsl:if test="$strong[ancestor::quote] or count($both) &gt; count($head-both)">
      <xsl:call-template name="face">
        <xsl:with-param name="type" select="$text"/><xsl:with-param name="weight">700</xsl:with-param><xsl:with-param name="slant">italic</xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="$head-em">
      <xsl:variable name="title" select="boolean($head-em[ancestor::title])"/>
      <xsl:variable name="bold" select="$title or $head-both or $head-em[ancestor::th]"/>
      <xsl:for-each select="$web/type[@font = 'head'][@weight &lt;= 400 or $title or $bold and @weight &lt;= 700]">
        <xsl:call-template name="face"><xsl:with-param name="slant">italic</xsl:with-param></xsl:call-template>
      </xsl:for-each>
    </xsl:if>
    <xsl:value-of select="concat('@font-face{font-family:', $stand-in, '}&#10;')"/>
  </xsl:template>

  <!-- type: the row that it is the face of; weight, slant: where they differ. -->
  <xsl:template name="face">
    <xsl:param name="type" select="."/>
    <xsl:param name="weight" select="$type/@weight"/>
    <xsl:param name="slant">
      <xsl:value-of select="$type/@slant"/>
      <xsl:if test="not($type/@slant)">normal</xsl:if>
    </xsl:param>
    <xsl:value-of select="concat('@font-face{font-family:', $fonts[@name = $type/@font]/@family, ';font-weight:', $weight, ';font-style:', $slant, '}&#10;')"/>
  </xsl:template>

  <xsl:template name="style-text"><xsl:text>
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;color-scheme:light;scroll-padding-top:var(--line)}
body{margin:0;background:var(--c-paper);color:var(--i-text);font:var(--t-text);font-variant-numeric:oldstyle-nums;hyphens:auto;hyphenate-limit-chars:9 4 4;overflow-wrap:break-word;--left:var(--edge)}
p,li,dd{text-wrap:pretty}
p,ul,ol,dl,dd,figure,blockquote,h1,h2,h3,h4,h5,h6,table,pre{margin:0;padding:0}
h1,h2,h3,h4,h5,h6,.label,.kicker,.subtitle,.byline{hyphens:manual;text-wrap:balance}
h1,h2,h3,h4,h5,h6,dl,table,figcaption,.label,.kicker{font-variant-numeric:lining-nums}
img,svg{max-width:100%;height:auto;display:block}
a{color:var(--c-dark);text-decoration-thickness:var(--rule);text-underline-offset:.2em}
a:hover{text-decoration-thickness:calc(2*var(--rule))}
:focus-visible{outline:var(--focus) solid var(--c-dark);outline-offset:var(--focus)}
.cover :focus-visible{outline-color:var(--c-warm)}
q{quotes:"‘" "’" "“" "”"}
code{font:var(--t-code);font-size:.85em;line-height:inherit;overflow-wrap:anywhere;hyphens:manual}
pre{font:var(--t-code);background:var(--c-tint);padding:calc(var(--line)/2) var(--edge);white-space:pre-wrap;hyphens:manual}
pre code{font:inherit}
sup{line-height:0;font-size:.7em;vertical-align:.45em}
sup a{text-decoration:none;font-weight:700;padding:.5em .15em;margin:0 -.1em;font-family:var(--f-head)}
.skip{position:absolute;left:var(--edge);top:0;transform:translateY(-110%);z-index:2;background:var(--c-paper);padding:calc(var(--line)/4) var(--edge);font:var(--t-data)}
.skip:focus{transform:none}
.text>*,.text section>*,.imprint>div>*{max-width:var(--measure)}
.text section:not(.box,.notes,.inner){max-width:none}
.text p+p{text-indent:1.2em}
.text .tight+p,.text li p+p,.quote p+p,.quotation p+p,.box p+p,.notes p+p{text-indent:0}
.text>*+*,.text section>*+*{margin-top:var(--line)}
.text p+p{margin-top:0}
.text p+.lead,.text .lead+p,.text .definition+p,.text .participants+p{text-indent:0;margin-top:var(--line)}
.lead,.definition{font:var(--t-lead);color:var(--i-lead)}
.text section{margin-top:calc(2*var(--line))}
.text section>:is(h2,h3,h4,h5,h6)+*{margin-top:calc(var(--line)/3)}
.text section>h3,.text section>h4,.text section>h5{font:var(--t-section);color:var(--i-section)}
.text section section{margin-top:calc(1.5*var(--line))}
.text section section>:is(h4,h5,h6){font:var(--t-subsection);color:var(--i-subsection)}
.text section section section>:is(h5,h6){font:var(--t-paragraph);color:var(--i-paragraph)}
.anchor{text-decoration:none;font-weight:400;color:var(--c-grey);opacity:0}
:is(h2,h3,h4,h5,h6):hover .anchor{opacity:1}
ul,ol{padding-left:1.4em}
li+li{margin-top:calc(var(--line)/3)}
.tight>li+li{margin-top:0}
li::marker{color:var(--c-dark);font-family:var(--f-head);font-weight:700;font-variant-numeric:lining-nums}
li>:is(ul,ol){margin-top:calc(var(--line)/4)}
hr{border:0;height:calc(var(--bar)*2);width:calc(var(--bar)*2);border-radius:50%;margin:var(--line) 0;background:var(--c-warm)}
.quote{border-left:var(--bar) solid var(--c-warm);padding-left:var(--edge)}
.quote figcaption{font:var(--t-speaker);color:var(--i-speaker)}
.quote blockquote{font:var(--t-quote);color:var(--i-quote)}
.quotation{border-left:var(--rule) solid var(--c-rule);padding-left:var(--edge);color:var(--c-ink)}
.quote p+p,.quotation p+p{margin-top:calc(var(--line)/2)!important}
.box{background:var(--c-tint);padding:var(--line) var(--edge);max-width:var(--measure)!important;font:var(--t-data);color:var(--i-data)}
.text .box>:is(h2,h3,h4,h5,h6){font:var(--t-subsection);color:var(--i-subsection);font-weight:900}
.box{box-decoration-break:clone}
.box p+p{margin-top:calc(var(--line)/2)!important}
.picture img{width:auto;max-height:var(--picture-height)}
figcaption,caption{font:var(--t-small);color:var(--i-small);text-align:left}
.picture figcaption{margin-top:calc(var(--line)/3);text-wrap:balance}
.table .unseen{position:absolute;width:1em;height:1em;overflow:hidden;clip-path:inset(50%)}
figcaption strong,caption strong{color:var(--c-dark)}
.inline{display:inline;height:1em;vertical-align:-.1em}
.table{overflow-x:auto;max-width:calc(var(--measure) + var(--gap))!important}
.table table{border-collapse:collapse;font:var(--t-data);color:var(--i-data);hyphens:manual;width:100%}
.table caption{padding-bottom:calc(var(--line)/3)}
.table :is(th,td){text-align:left;vertical-align:top;padding:calc(var(--line)/4) var(--edge) calc(var(--line)/4) 0;border-bottom:var(--rule) solid var(--c-rule);min-width:6em}
.table th{color:var(--c-dark);vertical-align:bottom;border-bottom:calc(2*var(--rule)) solid var(--c-dark)}
.table code{overflow-wrap:break-word}
.table :is(th,td){text-wrap:balance}
@media(max-width:40em){.table :is(th,td,code){overflow-wrap:anywhere}.table :is(th,td){hyphens:auto;min-width:5em}}
.table .right{text-align:right}.table .center{text-align:center}
.notes{border-top:var(--rule) solid var(--c-dark);padding-top:calc(var(--line)/2);font:var(--t-small);color:var(--c-ink)}
.notes ol{padding-left:1.6em}
.notes li:target,sup:has(:target){background:var(--c-tint)}
.return{padding:.5em}
</xsl:text></xsl:template>

  <xsl:template name="style-items"><xsl:text>
.spread{padding:calc(3*var(--line)) var(--edge) calc(3*var(--line)) var(--left)}
.cover{background:var(--c-dark);color:var(--c-tint);display:flex;flex-direction:column;min-height:100vh;min-height:100svh}
.cover-picture,.cover-drawing svg{width:100%;height:auto;max-height:66vh;object-fit:cover}
.cover-picture,.cover-drawing{order:1}
.cover-drawing{display:flex}
.cover-text{padding:calc(2*var(--line)) var(--edge);display:flex;flex-direction:column;flex:1}
.cover h1{font:var(--t-cover-title);color:var(--i-cover-title);margin-bottom:calc(var(--line)/2)}
.cover .label{color:var(--c-warm);margin-bottom:var(--line)}
.label,.kicker{font:var(--t-label);color:var(--i-label);letter-spacing:var(--tracking-label);text-transform:uppercase}
.subtitle{font:var(--t-subtitle);color:var(--i-subtitle);max-width:var(--measure)}
.cover .subtitle{color:var(--c-tint)}
.cover .facts{font:var(--t-data);color:var(--c-tint);margin-top:auto;padding-top:calc(2*var(--line))}
.contents h2{font:var(--t-title);color:var(--i-title);margin-bottom:calc(1.5*var(--line))}
.contents ol{list-style:none;padding:0;font:var(--t-data)}
.contents li,.contents li>ol{margin:0}
.contents a{display:flex;gap:calc(var(--edge)/2);padding:calc(var(--line)/6) 0;color:var(--c-ink);text-decoration:none;max-width:var(--measure)}
.contents a:hover{text-decoration:underline}
.contents .number{flex:0 0 1.8em;color:var(--c-dark);font-weight:700}
.contents ol ol ol{padding-left:calc(1.8em + var(--edge)/2)}
.contents .by{display:block;color:var(--c-grey)}
.contents .part-entry{margin-top:var(--line)}
.contents .part-entry+:not(.part-entry){margin-top:var(--line)}
.contents .part-entry>a{font-weight:900;color:var(--c-dark)}
.part-opening{position:relative;overflow:hidden;background:var(--c-warm);color:var(--c-ink);min-height:70vh;display:flex;flex-direction:column;justify-content:flex-end}
.part-opening .label{color:var(--c-ink);margin-bottom:calc(var(--line)/2)}
.part-opening h2{font:var(--t-part-title);color:var(--i-part-title)}
.part-opening .subtitle{color:var(--c-ink);margin-top:calc(var(--line)/2)}
.part-opening .lead{color:var(--c-ink);margin-top:calc(2*var(--line));max-width:var(--measure)}
.part-opening>*{position:relative}
.part-opening>.drawing{display:none}
.part-opening .anchor{color:inherit}
.item{padding:calc(3*var(--line)) var(--edge) calc(2*var(--line)) var(--left)}
.opening{max-width:calc(var(--measure) + 2*var(--gap));margin-bottom:calc(1.5*var(--line))}
.opening :is(h2,h3){font:var(--t-title);color:var(--i-title);position:relative}
.opening .number{font:var(--t-number);color:var(--i-number);background:var(--c-warm);display:flex;align-items:center;height:var(--strip-narrow);width:max-content;min-width:calc(var(--edge) + var(--strip-narrow));margin:0 0 calc(var(--line)/2) calc(-1*var(--edge));padding:0 calc(var(--edge)/2) 0 var(--edge)}
.opening .number:empty{height:var(--bar)}
.kicker{margin-bottom:calc(var(--line)/4)}
.opening .subtitle,.byline{margin-top:calc(var(--line)/2)}
.byline{font:var(--t-data);color:var(--c-grey)}
.byline strong{color:var(--c-ink)}
.portrait-of{display:flex;gap:var(--edge);align-items:flex-end;margin-top:var(--line)}
.portrait-of img{width:var(--photo-narrow)}
.back{display:none}
.text>.inner{margin-top:calc(3*var(--line));padding-top:var(--line);border-top:var(--bar) solid var(--c-warm)}
.text>.inner>*{max-width:var(--measure)}
.text .inner>:is(h3,h4,h5,h6){font:var(--t-inner);color:var(--i-inner)}
.text .inner>:is(h3,h4,h5,h6)+*{margin-top:calc(var(--line)/2)}
.text .inner section>:is(h4,h5,h6){font:var(--t-subsection);color:var(--i-subsection)}
.participants{font:var(--t-data)}
.participants strong{color:var(--c-dark)}
.reflections{display:grid;gap:var(--line)}
.imprint{background:var(--c-tint);margin-top:calc(2*var(--line))}
.imprint h2{font:var(--t-section);color:var(--i-section);margin-bottom:calc(var(--line)/2)}
.imprint p{font:var(--t-data)}
.imprint p+p{margin-top:calc(var(--line)/2)}
.imprint dl{font:var(--t-data);margin-top:var(--line);border-top:var(--rule) solid var(--c-dark)}
.imprint dl>div{padding:calc(var(--line)/4) 0;border-bottom:var(--rule) solid var(--c-rule)}
.imprint dt{font-weight:700;color:var(--c-dark)}
.logo{width:var(--logo);margin-bottom:var(--line)}
</xsl:text></xsl:template>

  <xsl:template name="style-islands"><xsl:text>
svg text{font-family:var(--f-head);hyphens:manual}
.island{font:var(--t-data);color:var(--i-data);hyphens:manual}
.text .island{max-width:calc(var(--measure) + 2*var(--gap))}
.island dl,.island ol,.island ul{list-style:none;padding:0}
.rotondes>li{display:grid;grid-template-columns:minmax(0,1fr);gap:calc(var(--line)/3) var(--edge);padding:var(--line) 0;border-top:var(--rule) solid var(--c-rule);margin:0}
.rotonde .when{font:var(--t-small);color:var(--i-small);text-wrap:balance}
.rotonde :is(h3,h4,h5,h6){font:var(--t-subsection);color:var(--i-subsection)}
.rotonde .drawing{width:var(--drawing)}
.rotonde .drawing svg{width:100%}
.rotonde .exits{margin-top:calc(var(--line)/3)}
.rotonde .exits li{position:relative;padding-left:1.8em;margin-top:calc(var(--line)/6)}
.rotonde .exits .letter{position:absolute;left:0;font-weight:700;color:var(--c-grey)}
.rotonde .taken{font-weight:700}
.rotonde .taken .at{font-weight:400;display:block}
.rotonde .tag{background:var(--c-warm);color:var(--c-ink);font:var(--t-small);padding:0 .4em;white-space:nowrap}
.rotonde .whole,.timeline .drawing{display:none}
.periods{border-top:var(--rule) solid var(--c-rule)}
.periods li{display:flex;flex-wrap:wrap;gap:0 var(--edge);padding:calc(var(--line)/6) 0;border-bottom:var(--rule) solid var(--c-rule);margin:0}
.periods .when{flex:0 0 13em;color:var(--c-grey)}
.periods .what{flex:1 1 var(--column)}
.periods .kind{color:var(--c-grey)}
.periods .turn .what{font-weight:700}
.periods .turn b{display:inline-block;min-width:1.5em;text-align:center;border-radius:1em;background:var(--c-warm);font-weight:900}
.persons{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,var(--column)),1fr));gap:calc(var(--line)/2) var(--gap)}
.persons dt{font-weight:700;color:var(--c-dark)}
.rows li{display:flex;flex-wrap:wrap;gap:0 var(--edge);padding:calc(var(--line)/4) 0;border-top:var(--rule) solid var(--c-rule);margin:0}
.rows li:last-child{border-bottom:var(--rule) solid var(--c-rule)}
.rows .when{flex:0 0 9em;color:var(--c-grey)}
.rows .what{flex:1 1 var(--column)}
.rows .kind{display:block;color:var(--c-grey)}
.rows .entries{list-style:none;margin:0;padding:0}
.rows .entries li{display:block;border:0;padding:calc(var(--line)/4) 0 0}
.rows .entries .kind{display:inline}
.three{font:var(--t-data);border-top:calc(2*var(--rule)) solid var(--c-dark);padding-top:calc(var(--line)/3)}
.three .who{font:var(--t-speaker);color:var(--i-speaker)}
.three .when{font-weight:400;color:var(--c-grey)}
.three dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,var(--column-narrow)),1fr));gap:calc(var(--line)/2) var(--gap);margin-top:calc(var(--line)/4)}
.three dt{font:var(--t-label);color:var(--i-label);letter-spacing:var(--tracking-label);text-transform:uppercase}
.reflections{display:grid;gap:calc(1.5*var(--line))}
.text>*+.reflections{margin-top:calc(2*var(--line))}
.text .island .quote+.quote{margin-top:var(--line)}
.groups{display:grid;gap:var(--line) var(--gap);grid-template-columns:repeat(auto-fit,minmax(min(100%,var(--column)),1fr))}
.overview .drawing{margin-bottom:calc(var(--line)/2)}.overview .drawing svg{width:100%;height:auto}
.overview .table{max-width:none!important}.overview tbody th{color:inherit;font-weight:inherit;vertical-align:top;border-bottom:var(--rule) solid var(--c-rule)}
.overview :is(thead,tbody) th:first-child{width:34%}
.overview .total :is(th,td){font-weight:700;border-bottom:calc(2*var(--rule)) solid var(--c-dark)}
.overview .kind{font:var(--t-small);color:var(--i-small);white-space:nowrap}
.overview .remark{font:var(--t-small);color:var(--i-small);margin-top:calc(var(--line)/4)}
.groups h6,.groups .kicker{margin-bottom:calc(var(--line)/2)}
</xsl:text></xsl:template>

  <xsl:template name="style-wide"><xsl:text>
body{--left:clamp(var(--margin-least),var(--margin),var(--margin-most))}
.cover{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);position:relative}
.cover{overflow:hidden}
.cover-drawing{grid-column:2;grid-row:1;align-self:end;mask-image:linear-gradient(to right,transparent,black 40%)}
.cover-drawing svg{max-height:none}
.cover-picture{grid-column:2;grid-row:1;width:100%;height:100%;object-fit:cover;position:absolute;inset:0;max-width:none;max-height:none;mask-image:linear-gradient(to right,transparent,black 40%)}
.cover-text{grid-column:1;grid-row:1;padding:calc(3*var(--line)) var(--gap) calc(2*var(--line)) calc(2*var(--gap));position:relative}
.cover h1{margin-top:auto}
.cover .facts{margin-top:auto}
.item{display:grid;grid-template-columns:minmax(0,1fr);padding-top:calc(4*var(--line))}
.item>*{grid-column:1}
.opening{grid-row:1}
.text{grid-row:2}
.opening .number{position:absolute;top:0;right:calc(100% + var(--gap));width:calc(var(--left) - var(--gap));height:var(--strip);margin:0;justify-content:flex-end}
.opening .number:empty{height:var(--strip)}
.back{display:block;grid-row:2;position:sticky;top:var(--line);align-self:start;height:0;margin-left:calc(-1*var(--left));width:calc(var(--left) - var(--gap));text-align:right;font:var(--t-small)}
.back a{color:var(--c-grey);text-decoration:none}
.back a:hover{text-decoration:underline}
.portrait-of img{width:var(--photo)}
.box{padding:calc(1.2*var(--line)) calc(1.2*var(--line));margin-left:calc(-1.2*var(--line));max-width:calc(var(--measure) + 2.4*var(--line))!important}
.text pre{padding:calc(var(--line)/2) calc(1.2*var(--line));margin-left:calc(-1.2*var(--line));max-width:calc(var(--measure) + 2.4*var(--line))}
.box pre,li pre{margin-left:0;max-width:var(--measure)}
.rotonde .whole{display:block;margin-top:calc(var(--line)/2)}
.rotonde .whole svg{width:100%}
.rotonde .whole+.exits{position:absolute;width:1em;height:1em;overflow:hidden;clip-path:inset(50%)}
.timeline .drawing{display:block}
.timeline .drawing svg{width:100%}
.timeline .drawing+.periods{position:absolute;width:1em;height:1em;overflow:hidden;clip-path:inset(50%)}
.part-opening>.drawing{display:block;position:absolute;right:0;bottom:0;height:100%;mask-image:linear-gradient(to right,transparent,black 50%)}
.part-opening>.drawing svg{height:100%;width:auto}
.imprint dl>div{display:grid;grid-template-columns:9em minmax(0,1fr)}
.imprint dd{grid-column:2}
</xsl:text></xsl:template>

  <xsl:template name="style-review">
    <xsl:text>body::before{content:"</xsl:text>
    <xsl:call-template name="label"><xsl:with-param name="name">concept</xsl:with-param></xsl:call-template>
    <xsl:text>"}
.concept{font:var(--t-label);letter-spacing:var(--tracking-label);color:var(--c-ink);background:var(--c-warm);align-self:flex-start;padding:0 .5em;margin-bottom:var(--line)}
body::before{position:fixed;z-index:1;right:0;top:0;background:var(--c-warm);color:var(--c-ink);font:var(--t-label);letter-spacing:var(--tracking-label);padding:.2em .8em}
.note{display:block;font:var(--t-small);font-style:normal;color:var(--c-ink);background:var(--c-tint);border-left:var(--bar) solid var(--c-dark);padding:.4em .8em;margin:calc(var(--line)/4) 0!important;text-indent:0!important;hyphens:manual}
.codes{font:var(--t-small);font-style:normal;color:var(--i-small);margin-top:calc(var(--line)/4);text-indent:0!important}
[data-line]{position:relative}
[data-line]::before{content:attr(data-line);position:absolute;right:100%;top:0;font:var(--t-small);text-indent:0;padding-right:.5em;color:var(--c-grey);display:none}
.quote [data-line]::before,.quotation [data-line]::before{right:calc(100% + var(--edge) + var(--bar))}
.box [data-line]::before{right:calc(100% + 1.2*var(--line))}
.file{font:var(--t-small);color:var(--i-small);overflow-wrap:anywhere}
</xsl:text>
    <xsl:text>@media (min-width:</xsl:text><xsl:value-of select="$wide"/><xsl:text>){[data-line]::before{display:block}}&#10;</xsl:text>
    <xsl:text>@media (min-width:</xsl:text><xsl:value-of select="$wider"/><xsl:text>){.note{float:right;clear:right;width:var(--aside);margin-right:calc(100% - var(--measure) - var(--gap) - var(--aside))!important}}&#10;</xsl:text>
  </xsl:template>

  <!-- Printed from a browser. -->
  <xsl:template name="style-paper">
    <xsl:text>@media print{@page{margin:var(--paper-margin)}</xsl:text>
    <xsl:text>html{font-size:var(--paper-size)}
body{--left:0}
.item,.contents{padding-left:0;padding-right:0}
.part-opening,.imprint{padding-left:var(--edge)}
.cover-picture,.cover-drawing svg{max-height:50vh;object-fit:cover}
.skip,.back,.anchor,.return{display:none}
.cover,.part-opening,.opening .number,.box,.tag,.imprint{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.cover,.part-opening{min-height:0;break-after:page;break-inside:avoid}
.part,.contents,.imprint{break-before:page}
.item{padding-top:0;padding-bottom:calc(2*var(--line));display:block}
.opening .number,.opening .number:empty{position:static;width:max-content;margin-left:0;padding-left:calc(var(--edge)/2)}
.opening .number:empty{display:none}
h1,h2,h3,h4,h5,h6,figcaption,caption,.kicker,.opening,.lead{break-after:avoid}
.opening,.quote,.picture,.rotonde,tr,.three,.rows li,.imprint{break-inside:avoid}
tbody tr:first-child{break-before:avoid}
.imprint dl>div{display:grid;grid-template-columns:9em minmax(0,1fr)}
.imprint dd{grid-column:2}
p,li{orphans:2;widows:2}
.table{overflow:visible}
a{color:inherit}
}</xsl:text>
  </xsl:template>
</xsl:stylesheet>
