/* What stands around an @: an address of e-mail, and the name under which somebody is to be found on social media. */
#include "privacy/patterns.h"

#include "base/text.h"

#include <string.h>

enum { ACCOUNT_LEAST = 3, ACCOUNT_LIMIT = 30 };

/* ---- e-mail ---- */

static gboolean is_local(char c)
{
	return g_ascii_isalnum(c) || strchr("._%+-", c) != NULL || (guchar)c >= 0x80;
}

/* What an author puts around the sign, or else a space by mistake; back: before it. */
static gsize skip_around(const Search *s, gsize at, gboolean back)
{
	static const char marks[] = {'\\', '*'};
	gsize from = at;

	while ((back ? at > 0 : at < s->size) && memchr(marks, s->text[back ? at - 1 : at], sizeof marks) != NULL)
		at = back ? at - 1 : at + 1;
	if (at == from && (back ? at > 0 : at < s->size) && s->text[back ? at - 1 : at] == ' ')
		at = back ? at - 1 : at + 1;
	return at;
}

/* [sign, behind_it) stands for the @. */
static void find_email(Search *s, gsize sign, gsize behind_it)
{
	const char *text = s->text;
	gsize at = skip_around(s, sign, TRUE), from = skip_around(s, behind_it, FALSE), start = at, end = from, dot = 0;

	while (start > 0 && at - start < 64 && text[start - 1] != '\0' && is_local(text[start - 1]))
		start--;
	while (end < s->size && text[end] != '\0' && (g_ascii_isalnum(text[end]) || text[end] == '.' || text[end] == '-')) {
		dot = text[end] == '.' ? end : dot;
		end++;
	}
	if (dot == end - 1 && dot > 0) { /* the full stop of the sentence */
		end--;
		for (dot = end - 1; dot > from && text[dot] != '.';)
			dot--;
	}
	if (start == at || dot <= from || end - dot < 3 || !g_ascii_isalpha(text[dot + 1]))
		return;
	if (end - dot == strlen(".example") && g_ascii_strncasecmp(text + dot, ".example", end - dot) == 0) /* nobody's: RFC 2606 */
		return;
	if ((at != sign && text[at] == ' ') != (from != behind_it && text[from - 1] == ' ')) /* one space only: "kom @ school.nl" */
		return;
	PrivacyHit hit = {PRIVACY_EMAIL, 0, start, end - start};
	g_array_append_val(s->hits, hit);
}

/* "lisa (at) voorbeeld.nl" */
static void find_written_email(Search *s)
{
	static const char *const signs[] = {"(at)", "[at]", "{at}", "(apenstaartje)", "[apenstaartje]"};

	for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
		const char *end = s->text + s->size;
		for (const char *hit = s->text; (hit = text_find(hit, (gsize)(end - hit), signs[i])) != NULL; hit += strlen(signs[i]))
			find_email(s, (gsize)(hit - s->text), (gsize)(hit - s->text) + strlen(signs[i]));
	}
}

/* ---- social media ---- */

static void add(Search *s, gsize start, gsize end)
{
	PrivacyHit hit = {PRIVACY_ACCOUNT, 0, start, end - start};

	g_array_append_val(s->hits, hit);
}

/* The byte behind an account's name that begins here, without the full stop of the sentence. marks: how many digits, underscores and dots it has. */
static gsize account_end(const Search *s, gsize start, guint *marks)
{
	gsize end = start;

	*marks = 0;
	while (end < s->size && end - start < ACCOUNT_LIMIT && (g_ascii_isalnum(s->text[end]) || s->text[end] == '_' || s->text[end] == '.'))
		end++;
	while (end > start && s->text[end - 1] == '.')
		end--;
	for (gsize i = start; i < end; i++)
		*marks += !g_ascii_isalpha(s->text[i]);
	return end;
}

/* "@lisa_08": nothing but a blank or a mark before it, a letter in it, and not what many are: "ik was @school". */
static void find_handle(Search *s, gsize sign)
{
	static const char *const others[] = {"school", "home", "huis", "thuis", "werk", "work", "stage", "all", "allen", "iedereen", "everyone", "here", "media", "import", NULL};
	guint marks;
	gsize start = sign + 1, end = account_end(s, start, &marks);

	if (sign >= s->size || s->text[sign] != '@' || end - start < ACCOUNT_LEAST || marks == end - start)
		return;
	if (sign > 0 && strchr(" \t\r\n(*_>|:,", s->text[sign - 1]) == NULL)
		return;
	for (guint i = 0; others[i] != NULL; i++)
		if (end - start == strlen(others[i]) && g_ascii_strncasecmp(s->text + start, others[i], end - start) == 0)
			return;
	if (g_str_has_prefix(s->text + MAX(end, start + 8) - 8, ".example") && end - start > 8)
		return;
	if (end < s->size && ((guchar)s->text[end] >= 0x80 || s->text[end] == '@' || s->text[end] == '(' || s->text[end] == '{' || s->text[end] == '=' || s->text[end] == '/'))
		return;
	add(s, sign, end);
}

/* "instagram.com/lisa.08": from the site on. */
static void find_page(Search *s, gsize site, gsize behind)
{
	static const char *const ways[] = {"add/", "in/", "user/", "c/", "@"}, *const others[] = {"p", "reel", "reels", "explore", "help", "about", "watch", "groups", "hashtag", "share", "legal"};
	gsize start = behind, end;
	guint marks;

	for (guint i = 0; i < G_N_ELEMENTS(ways); i++)
		if (s->size - start > strlen(ways[i]) && memcmp(s->text + start, ways[i], strlen(ways[i])) == 0)
			start += strlen(ways[i]);
	end = account_end(s, start, &marks);
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		if (end - start == strlen(others[i]) && memcmp(s->text + start, others[i], end - start) == 0)
			return;
	if (end - start >= ACCOUNT_LEAST)
		add(s, site, end);
}

/* "op Instagram: lisa_08", "haar snapchat is lisa.08": a word or two, a colon or "is", and what no word looks like. */
static void find_told(Search *s, gsize behind)
{
	static const char *const between[] = {"account", "accountnaam", "gebruikersnaam", "profiel", "is", "als", "heet", "ze", "zij", "hij", "onder", "met", "de", "naam"};
	gsize at = behind, from;
	guint marks;

	for (guint words = 0; words < 4 && at < s->size; words++) {
		while (at < s->size && strchr(" :-*_(\"'", s->text[at]) != NULL && s->text[at] != '\0')
			at++;
		from = at;
		gsize end = account_end(s, at, &marks);
		if (end - at >= ACCOUNT_LEAST && marks > 0 && marks < end - at && at > behind) {
			add(s, at, end);
			return;
		}
		for (guint i = 0; i < G_N_ELEMENTS(between); i++)
			if (end - from == strlen(between[i]) && g_ascii_strncasecmp(s->text + from, between[i], end - from) == 0)
				at = end;
		if (at == from)
			return;
	}
}

void account_find_told(Search *s, gsize first, gsize end)
{
	gsize behind = pattern_unit_end(s, end);

	if (s->size - behind > 5 && memcmp(s->text + behind, ".com/", 5) == 0)
		find_page(s, s->n->from[first], behind + 5);
	else
		find_told(s, behind);
}

void account_find(Search *s)
{
	for (guint i = 0; i < s->n->ats->len; i++) {
		gsize at = g_array_index(s->n->ats, guint32, i);
		find_email(s, at, at + normal_width(s->text, s->size, at));
		find_handle(s, at);
	}
	find_written_email(s);
}
