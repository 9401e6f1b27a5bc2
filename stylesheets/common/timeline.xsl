<?xml version="1.0" encoding="UTF-8"?>
<!-- The timeline of care of the current case (timeline/case of the assembled tree): a band for every kind of care, in it a bar for every period, its name
     above it; what overlaps in time, or whose names would touch, stands in lanes. Residential and crisis places have higher bars; a period without an
     end has a pointed one. Rotondes are numbered discs above with a line down, sessions are marks below. All measures follow from the size of the
     letters; a unit is a millimetre, a time is a number of months since the year 0. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="http://www.w3.org/2000/svg"
	xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

	<xsl:variable name="kinds-table">
		<kind xmlns="">home</kind><kind xmlns="">school</kind><kind xmlns="">day</kind><kind xmlns="">ambulatory</kind>
		<kind xmlns="">legal</kind><kind xmlns="">residential</kind><kind xmlns="">crisis</kind>
	</xsl:variable>
	<!-- From mark to mark, in months. -->
	<xsl:variable name="steps-table">
		<step xmlns="" is="1"/><step xmlns="" is="2"/><step xmlns="" is="3"/><step xmlns="" is="6"/><step xmlns="" is="12"/><step xmlns="" is="24"/>
		<step xmlns="" is="60"/><step xmlns="" is="120"/><step xmlns="" is="240"/><step xmlns="" is="600"/><step xmlns="" is="1200"/>
	</xsl:variable>

	<!-- end: the date at which periods without an end stop; width, size (of the letters): in millimetres. beside: names
	     stand beside their bars, not above them: lower, where letters are large. -->
	<xsl:template name="svg-timeline">
		<xsl:param name="end"/>
		<xsl:param name="width" select="144"/>
		<xsl:param name="size" select="$drawing-size"/>
		<xsl:param name="beside" select="false()"/>
		<xsl:variable name="left" select="10.6 * $size"/>
		<xsl:variable name="times"><xsl:call-template name="timeline-times"><xsl:with-param name="end" select="$end"/></xsl:call-template></xsl:variable>
		<xsl:variable name="time" select="exsl:node-set($times)/time"/>
		<xsl:variable name="first"><xsl:call-template name="extreme"><xsl:with-param name="of" select="$time/@from"/></xsl:call-template></xsl:variable>
		<xsl:variable name="last"><xsl:call-template name="extreme"><xsl:with-param name="of" select="$time/@to"/><xsl:with-param name="order">descending</xsl:with-param></xsl:call-template></xsl:variable>
		<!-- the shortest step whose names stand free of each other -->
		<xsl:variable name="step" select="exsl:node-set($steps-table)/step[@is * ($width - $left) div ($last - $first + 2 * @is) >= $size * (3.4 + 3.2 * (@is &lt; 12))
			or not(following-sibling::step)][1]/@is"/>
		<xsl:variable name="start" select="$step * floor($first div $step)"/>
		<xsl:variable name="stop" select="$step * ceiling($last div $step)"/>
		<xsl:variable name="scale" select="($width - $left) div ($stop - $start)"/>
		<xsl:variable name="laid">
			<xsl:call-template name="timeline-lay">
				<xsl:with-param name="time" select="$time"/>
				<xsl:with-param name="left" select="$left"/>
				<xsl:with-param name="right" select="$width"/>
				<xsl:with-param name="start" select="$start"/>
				<xsl:with-param name="scale" select="$scale"/>
				<xsl:with-param name="size" select="$size"/>
				<xsl:with-param name="beside" select="$beside"/>
			</xsl:call-template>
		</xsl:variable>
		<xsl:variable name="lanes" select="exsl:node-set($laid)/lane"/>
		<xsl:variable name="top" select="sum($lanes[@band = 'rotondes']/@height)"/>
		<xsl:variable name="bottom" select="sum($lanes/@height) + 0.4 * $size"/>
		<xsl:variable name="height" select="$bottom + 1.9 * $size"/>
		<svg width="{$width}mm" height="{$height}mm" viewBox="0 0 {$width} {$height}">
			<g font-family="{$font.head}" font-size="{$size}" fill="{$colour.ink}">
				<g fill="{$colour.grey}">
					<xsl:call-template name="timeline-marks">
						<xsl:with-param name="at" select="$start"/>
						<xsl:with-param name="stop" select="$stop"/>
						<xsl:with-param name="step" select="$step"/>
						<xsl:with-param name="x" select="$left"/>
						<xsl:with-param name="advance" select="$step * $scale"/>
						<xsl:with-param name="top" select="$top"/>
						<xsl:with-param name="bottom" select="$bottom"/>
						<xsl:with-param name="size" select="$size"/>
					</xsl:call-template>
				</g>
				<xsl:for-each select="$lanes/time[@band = 'rotondes']">
					<line x1="{@x}" y1="{$size * (1.3 + 2.1 * (../@n - 1))}" x2="{@x}" y2="{$bottom}" stroke="{$colour.grey}" stroke-width="{0.07 * $size}" stroke-dasharray="{0.26 * $size} {0.33 * $size}"/>
				</xsl:for-each>
				<xsl:for-each select="$lanes">
					<xsl:variable name="y" select="sum(preceding-sibling::lane/@height)"/>
					<xsl:if test="@n = 1">
						<xsl:if test="@band != 'rotondes'"><line x1="0" y1="{$y}" x2="{$width}" y2="{$y}" stroke="{$colour.rule}" stroke-width="{0.07 * $size}"/></xsl:if>
						<xsl:call-template name="timeline-band">
							<xsl:with-param name="y" select="$y + (1.5 + 0.35 * not(@band = 'rotondes' or @band = 'talks') - 0.55 * boolean(time/@beside)) * $size"/>
							<xsl:with-param name="size" select="$size"/>
						</xsl:call-template>
					</xsl:if>
					<xsl:apply-templates select="time" mode="timeline">
						<xsl:with-param name="y" select="$y"/>
						<xsl:with-param name="lines" select="@lines"/>
						<xsl:with-param name="size" select="$size"/>
					</xsl:apply-templates>
				</xsl:for-each>
			</g>
		</svg>
	</xsl:template>

	<!-- An element time(@band @from @to @open? @kind? @number? @label?) for every period, rotonde and session. -->
	<xsl:template name="timeline-times">
		<xsl:param name="end"/>
		<xsl:variable name="latest"><xsl:call-template name="latest-date"/></xsl:variable>
		<xsl:for-each select="care/period">
			<xsl:variable name="label"><xsl:apply-templates select="title/node()" mode="plain"/></xsl:variable>
			<xsl:variable name="from"><xsl:call-template name="months"><xsl:with-param name="date" select="@from"/></xsl:call-template></xsl:variable>
			<xsl:variable name="to"><xsl:call-template name="months">
				<xsl:with-param name="date"><xsl:choose><xsl:when test="@to"><xsl:value-of select="@to"/></xsl:when><xsl:when test="$end"><xsl:value-of select="$end"/></xsl:when><xsl:otherwise><xsl:value-of select="$latest"/></xsl:otherwise></xsl:choose></xsl:with-param>
				<xsl:with-param name="last" select="true()"/>
			</xsl:call-template></xsl:variable>
			<time xmlns="" band="{@kind}" from="{$from}" label="{normalize-space($label)}">
				<xsl:attribute name="to"><xsl:call-template name="most"><xsl:with-param name="a" select="$from + 0.03"/><xsl:with-param name="b" select="$to"/></xsl:call-template></xsl:attribute>
				<xsl:if test="not(@to)"><xsl:attribute name="open">yes</xsl:attribute></xsl:if>
			</time>
		</xsl:for-each>
		<xsl:for-each select="rotonde">
			<time xmlns="" band="rotondes" number="{@number}"><xsl:call-template name="timeline-moment"><xsl:with-param name="date" select="@when"/></xsl:call-template></time>
		</xsl:for-each>
		<xsl:for-each select="session">
			<time xmlns="" band="talks"><xsl:call-template name="timeline-moment"><xsl:with-param name="date" select="@date"/></xsl:call-template></time>
		</xsl:for-each>
	</xsl:template>
	<xsl:template name="timeline-moment">
		<xsl:param name="date"/>
		<xsl:attribute name="from"><xsl:call-template name="months"><xsl:with-param name="date" select="$date"/></xsl:call-template></xsl:attribute>
		<xsl:attribute name="to"><xsl:call-template name="months"><xsl:with-param name="date" select="$date"/><xsl:with-param name="last" select="true()"/></xsl:call-template></xsl:attribute>
	</xsl:template>
	<xsl:template name="latest-date">
		<xsl:for-each select="care/period/@from | care/period/@to | rotonde/@when | session/@date">
			<xsl:sort select="." order="descending"/>
			<xsl:if test="position() = 1"><xsl:value-of select="."/></xsl:if>
		</xsl:for-each>
	</xsl:template>

	<!-- Months since the year 0, days as parts of 31. last: the end of what the date names, else its beginning. -->
	<xsl:template name="months">
		<xsl:param name="date"/>
		<xsl:param name="last" select="false()"/>
		<xsl:variable name="month" select="substring($date, 6, 2)"/>
		<xsl:variable name="day" select="substring($date, 9, 2)"/>
		<xsl:choose>
			<xsl:when test="$day"><xsl:value-of select="12 * substring($date, 1, 4) + $month - 1 + ($day - 1 + $last) div 31"/></xsl:when>
			<xsl:when test="$month"><xsl:value-of select="12 * substring($date, 1, 4) + $month - 1 + $last"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="12 * substring($date, 1, 4) + 12 * $last"/></xsl:otherwise>
		</xsl:choose>
	</xsl:template>

	<!-- Elements lane(@band @n @lines @height, time*), the bands in order. A time has got @x (of a moment: its middle), @l and @r (what it takes up),
	     and of a period @width, @words (where its name begins), @name (how wide that is) and the lines of its name. -->
	<xsl:template name="timeline-lay">
		<xsl:param name="time"/>
		<xsl:param name="left"/>
		<xsl:param name="right"/>
		<xsl:param name="start"/>
		<xsl:param name="scale"/>
		<xsl:param name="size"/>
		<xsl:param name="beside"/>
		<xsl:variable name="measured">
			<xsl:for-each select="$time">
				<xsl:variable name="x" select="$left + (@from - $start) * $scale"/>
				<xsl:variable name="middle" select="$left + ((@from + @to) div 2 - $start) * $scale"/>
				<xsl:variable name="half" select="$size * (1.05 * (@band = 'rotondes') + 0.25 * (@band = 'talks'))"/>
				<xsl:variable name="least"><xsl:call-template name="most"><xsl:with-param name="a" select="0.3 * $size"/><xsl:with-param name="b" select="(@to - @from) * $scale"/></xsl:call-template></xsl:variable>
				<xsl:variable name="lines"><xsl:call-template name="wrap">
					<xsl:with-param name="words" select="@label"/>
					<xsl:with-param name="size" select="$size"/>
					<xsl:with-param name="width" select="($right - $left) * 0.45"/>
				</xsl:call-template></xsl:variable>
				<xsl:variable name="name"><xsl:call-template name="widest"><xsl:with-param name="lines" select="exsl:node-set($lines)/line"/><xsl:with-param name="size" select="$size"/></xsl:call-template></xsl:variable>
				<xsl:variable name="wanted" select="$x + $beside * ($least + (0.5 + 0.6 * boolean(@open)) * $size)"/>
				<xsl:variable name="over" select="$wanted + $name - $right"/>
				<xsl:variable name="words">
					<xsl:choose>
						<xsl:when test="$over &lt;= 0"><xsl:value-of select="$wanted"/></xsl:when>
						<xsl:when test="$beside and $x - $name - 0.5 * $size >= $left"><xsl:value-of select="$x - $name - 0.5 * $size"/></xsl:when>
						<xsl:otherwise><xsl:value-of select="$wanted - $over"/></xsl:otherwise>
					</xsl:choose>
				</xsl:variable>
				<xsl:variable name="begins" select="$x * ($x &lt; $words) + $words * ($words &lt;= $x)"/>
				<time xmlns="">
					<xsl:copy-of select="@*"/>
					<xsl:choose>
						<xsl:when test="@label">
							<xsl:attribute name="x"><xsl:value-of select="$x"/></xsl:attribute>
							<xsl:attribute name="width"><xsl:value-of select="$least"/></xsl:attribute>
							<xsl:attribute name="name"><xsl:value-of select="$name"/></xsl:attribute>
							<xsl:attribute name="words"><xsl:value-of select="$words"/></xsl:attribute>
							<xsl:attribute name="l"><xsl:value-of select="$begins"/></xsl:attribute>
							<xsl:if test="$beside"><xsl:attribute name="beside">yes</xsl:attribute></xsl:if>
							<xsl:attribute name="r"><xsl:call-template name="most"><xsl:with-param name="a" select="$x + $least + 0.3 * $size"/><xsl:with-param name="b" select="$words + $name + 0.9 * $size"/></xsl:call-template></xsl:attribute>
							<xsl:copy-of select="$lines"/>
						</xsl:when>
						<xsl:otherwise>
							<xsl:attribute name="x"><xsl:value-of select="$middle"/></xsl:attribute>
							<xsl:attribute name="l"><xsl:value-of select="$middle - $half"/></xsl:attribute>
							<xsl:attribute name="r"><xsl:value-of select="$middle + $half"/></xsl:attribute>
						</xsl:otherwise>
					</xsl:choose>
				</time>
			</xsl:for-each>
		</xsl:variable>
		<xsl:variable name="all" select="exsl:node-set($measured)/time"/>
		<xsl:call-template name="timeline-lanes"><xsl:with-param name="items" select="$all[@band = 'rotondes']"/><xsl:with-param name="size" select="$size"/></xsl:call-template>
		<xsl:for-each select="exsl:node-set($kinds-table)/kind">
			<xsl:call-template name="timeline-lanes"><xsl:with-param name="items" select="$all[@band = current()]"/><xsl:with-param name="size" select="$size"/></xsl:call-template>
		</xsl:for-each>
		<xsl:call-template name="timeline-lanes"><xsl:with-param name="items" select="$all[@band = 'talks']"/><xsl:with-param name="size" select="$size"/></xsl:call-template>
	</xsl:template>

	<!-- Fills lane after lane: from left to right, each with what still fits. -->
	<xsl:template name="timeline-lanes">
		<xsl:param name="items"/>
		<xsl:param name="size"/>
		<xsl:param name="n" select="1"/>
		<xsl:if test="$items">
			<xsl:variable name="sorted"><xsl:for-each select="$items"><xsl:sort select="@l" data-type="number"/><xsl:copy-of select="."/></xsl:for-each></xsl:variable>
			<xsl:variable name="in-order" select="exsl:node-set($sorted)/time"/>
			<xsl:variable name="taken"><xsl:call-template name="timeline-chain"><xsl:with-param name="items" select="$in-order"/></xsl:call-template></xsl:variable>
			<xsl:variable name="lane" select="$in-order[contains($taken, concat(' ', generate-id(), ' '))]"/>
			<xsl:variable name="lines"><xsl:for-each select="$lane"><xsl:sort select="count(line)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="count(line)"/></xsl:if></xsl:for-each></xsl:variable>
			<xsl:variable name="band" select="string($lane[1]/@band)"/>
			<xsl:variable name="more" select="$in-order[not(contains($taken, concat(' ', generate-id(), ' ')))]"/>
			<lane xmlns="" band="{$band}" n="{$n}" lines="{$lines}">
				<xsl:attribute name="height">
					<xsl:choose>
						<xsl:when test="$band = 'rotondes'"><xsl:value-of select="(2.1 + 0.5 * not($more)) * $size"/></xsl:when>
						<xsl:when test="$band = 'talks'"><xsl:value-of select="(1.15 + 0.9 * (not($more) and $n = 1)) * $size"/></xsl:when>
						<xsl:when test="$lane[@beside]"><xsl:value-of select="(0.65 + 1.2 * $lines + 0.5 * ($band = 'residential' or $band = 'crisis')) * $size"/></xsl:when>
						<xsl:otherwise><xsl:value-of select="(2.3 + 1.2 * $lines + 0.5 * ($band = 'residential' or $band = 'crisis')) * $size"/></xsl:otherwise>
					</xsl:choose>
				</xsl:attribute>
				<xsl:copy-of select="$lane"/>
			</lane>
			<xsl:call-template name="timeline-lanes">
				<xsl:with-param name="items" select="$more"/>
				<xsl:with-param name="size" select="$size"/>
				<xsl:with-param name="n" select="$n + 1"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>
	<xsl:template name="timeline-chain">
		<xsl:param name="items"/>
		<xsl:param name="from" select="-1000"/>
		<xsl:variable name="next" select="$items[@l >= $from][1]"/>
		<xsl:if test="$next">
			<xsl:value-of select="concat(' ', generate-id($next), ' ')"/>
			<xsl:call-template name="timeline-chain"><xsl:with-param name="items" select="$items"/><xsl:with-param name="from" select="$next/@r"/></xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- The band's name, with its colour where it is a kind of care. The current node: its first lane. -->
	<xsl:template name="timeline-band">
		<xsl:param name="y"/>
		<xsl:param name="size"/>
		<xsl:variable name="care" select="not(@band = 'rotondes' or @band = 'talks')"/>
		<xsl:variable name="band" select="@band"/>
		<xsl:variable name="name"><xsl:for-each select="$timeline-place"><xsl:call-template name="label"><xsl:with-param name="name" select="$band"/></xsl:call-template></xsl:for-each></xsl:variable>
		<xsl:if test="$care">
			<rect x="0" y="{$y - 0.8 * $size}" width="{0.9 * $size}" height="{0.9 * $size}" fill="{$house/colours/colour[@name = concat('care-', $band)]/@value}" stroke="{$colour.dark}" stroke-width="{0.07 * $size}"/>
		</xsl:if>
		<text x="{1.4 * $size * $care}" y="{$y}" font-weight="700" fill="{$colour.dark}"><xsl:value-of select="$name"/></text>
	</xsl:template>
	<!-- Labels ask for the language of a place in the document. -->
	<xsl:variable name="timeline-place" select="/*"/>

	<xsl:template match="time" mode="timeline">
		<xsl:param name="y"/>
		<xsl:param name="lines"/>
		<xsl:param name="size"/>
		<xsl:variable name="bar" select="$size * (1.1 + 0.5 * (@band = 'residential' or @band = 'crisis'))"/>
		<xsl:variable name="bar-y" select="$y + (0.75 + 1.2 * $lines) * $size * not(@beside) + 0.35 * $size * boolean(@beside)"/>
		<xsl:variable name="skip" select="($lines - count(line)) * not(@beside)"/>
		<xsl:variable name="words-y" select="$y + 0.4 * $size * not(@beside) + ($bar-y - $y + ($bar - 1.2 * $size) div 2) * boolean(@beside)"/>
		<xsl:variable name="x" select="@words"/>
		<path fill="{$house/colours/colour[@name = concat('care-', current()/@band)]/@value}" stroke="{$colour.dark}" stroke-width="{0.08 * $size}">
			<xsl:attribute name="d">
				<xsl:value-of select="concat('M', @x, ' ', $bar-y, ' H', @x + @width, ' ')"/>
				<xsl:if test="@open"><xsl:value-of select="concat('l', 0.5 * $bar, ' ', 0.5 * $bar, ' ')"/></xsl:if>
				<xsl:value-of select="concat('L', @x + @width, ' ', $bar-y + $bar, ' H', @x, ' Z')"/>
			</xsl:attribute>
		</path>
		<!-- lines of years and rotondes do not run through words -->
		<xsl:if test="line"><rect x="{$x}" y="{$words-y + 1.2 * $skip * $size}" width="{@name}" height="{1.2 * count(line) * $size}" fill="{$colour.paper}"/></xsl:if>
		<xsl:for-each select="line">
			<text x="{$x}" y="{$words-y + (0.95 + 1.2 * ($skip + position() - 1)) * $size}"><xsl:value-of select="."/></text>
		</xsl:for-each>
	</xsl:template>
	<xsl:template match="time[@band = 'rotondes']" mode="timeline">
		<xsl:param name="y"/>
		<xsl:param name="size"/>
		<circle cx="{@x}" cy="{$y + 1.1 * $size}" r="{0.95 * $size}" fill="{$colour.warm}" stroke="{$colour.paper}" stroke-width="{0.12 * $size}"/>
		<text x="{@x}" y="{$y + 1.46 * $size}" font-weight="700" text-anchor="middle" fill="{$colour.ink}"><xsl:value-of select="@number"/></text>
	</xsl:template>
	<xsl:template match="time[@band = 'talks']" mode="timeline">
		<xsl:param name="y"/>
		<xsl:param name="size"/>
		<path d="M{@x - 0.5 * $size} {$y + 1.1 * $size} l{0.5 * $size} {-0.5 * $size} l{0.5 * $size} {0.5 * $size} l{-0.5 * $size} {0.5 * $size} Z" fill="{$colour.dark}"/>
	</xsl:template>

	<!-- A fine line at every step, its name below: "2016", "mrt. 2016". -->
	<xsl:template name="timeline-marks">
		<xsl:param name="at"/>
		<xsl:param name="stop"/>
		<xsl:param name="step"/>
		<xsl:param name="x"/>
		<xsl:param name="advance"/>
		<xsl:param name="top"/>
		<xsl:param name="bottom"/>
		<xsl:param name="size"/>
		<line x1="{$x}" y1="{$top}" x2="{$x}" y2="{$bottom + 0.4 * $size}" stroke="{$colour.rule}" stroke-width="{0.07 * $size}"/>
		<xsl:if test="$at + 0.5 * $step &lt; $stop">
			<text x="{$x + 0.3 * $size}" y="{$bottom + 1.3 * $size}">
				<xsl:if test="$step mod 12">
					<xsl:for-each select="$timeline-place"><xsl:call-template name="label"><xsl:with-param name="name" select="concat('month-', format-number($at mod 12 + 1, '00'))"/></xsl:call-template></xsl:for-each>
					<xsl:text> </xsl:text>
				</xsl:if>
				<xsl:value-of select="floor($at div 12)"/>
			</text>
			<xsl:call-template name="timeline-marks">
				<xsl:with-param name="at" select="$at + $step"/>
				<xsl:with-param name="stop" select="$stop"/>
				<xsl:with-param name="step" select="$step"/>
				<xsl:with-param name="x" select="$x + $advance"/>
				<xsl:with-param name="advance" select="$advance"/>
				<xsl:with-param name="top" select="$top"/>
				<xsl:with-param name="bottom" select="$bottom"/>
				<xsl:with-param name="size" select="$size"/>
			</xsl:call-template>
		</xsl:if>
	</xsl:template>

	<!-- The current case's timeline in words, for those who cannot see it. -->
	<xsl:template name="timeline-words">
		<xsl:call-template name="label"><xsl:with-param name="name">timeline</xsl:with-param></xsl:call-template>
		<xsl:text>: </xsl:text>
		<xsl:for-each select="care/period">
			<xsl:sort select="@from"/>
			<xsl:if test="position() > 1">; </xsl:if>
			<xsl:apply-templates select="title/node()" mode="plain"/>
			<xsl:text> (</xsl:text>
			<xsl:call-template name="label"><xsl:with-param name="name" select="@kind"/></xsl:call-template>
			<xsl:for-each select="../../organisations/organisation[@id = current()/@organisation or @ref = current()/@organisation]">
				<xsl:text>, </xsl:text>
				<xsl:value-of select="normalize-space(.)"/>
			</xsl:for-each>
			<xsl:text>), </xsl:text>
			<xsl:if test="not(@to)"><xsl:call-template name="label"><xsl:with-param name="name">since</xsl:with-param></xsl:call-template><xsl:text> </xsl:text></xsl:if>
			<xsl:call-template name="date"><xsl:with-param name="date" select="@from"/></xsl:call-template>
			<xsl:if test="@to">
				<xsl:text> </xsl:text>
				<xsl:call-template name="label"><xsl:with-param name="name">to</xsl:with-param></xsl:call-template>
				<xsl:text> </xsl:text>
				<xsl:call-template name="date"><xsl:with-param name="date" select="@to"/></xsl:call-template>
			</xsl:if>
		</xsl:for-each>
		<xsl:text>. </xsl:text>
		<xsl:if test="rotonde">
			<xsl:call-template name="label"><xsl:with-param name="name">rotondes</xsl:with-param></xsl:call-template>
			<xsl:text>: </xsl:text>
			<xsl:for-each select="rotonde">
				<xsl:if test="position() > 1">; </xsl:if>
				<xsl:value-of select="@number"/>
				<xsl:text>, </xsl:text>
				<xsl:apply-templates select="title/node()" mode="plain"/>
				<xsl:text>, </xsl:text>
				<xsl:call-template name="date"><xsl:with-param name="date" select="@when"/></xsl:call-template>
			</xsl:for-each>
			<xsl:text>. </xsl:text>
		</xsl:if>
		<xsl:if test="session">
			<xsl:call-template name="label"><xsl:with-param name="name">talks</xsl:with-param></xsl:call-template>
			<xsl:text>: </xsl:text>
			<xsl:for-each select="session">
				<xsl:if test="position() > 1">; </xsl:if>
				<xsl:apply-templates select="title/node()" mode="plain"/>
				<xsl:text>, </xsl:text>
				<xsl:call-template name="date"><xsl:with-param name="date" select="@date"/></xsl:call-template>
			</xsl:for-each>
			<xsl:text>.</xsl:text>
		</xsl:if>
	</xsl:template>

</xsl:stylesheet>
