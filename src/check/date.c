/* What an author may have meant by a date. */
#include "check/value.h"

#include <stdio.h>
#include <string.h>

static const char *const months[] = {"jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
                                     "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

typedef struct {
	int number[4]; /* in the order in which they stand */
	int digits[4];
	int count;
	int month;     /* named, or 0 */
} Parts;

static int month_by_name(const char *word, gsize length)
{
	if (length >= 3 && g_ascii_strncasecmp(word, "mrt", 3) == 0)
		return 3;
	for (guint i = 0; length >= 3 && i < G_N_ELEMENTS(months); i++)
		if (g_ascii_strncasecmp(word, months[i], 3) == 0)
			return (int)(i % 12) + 1;
	return 0;
}

/* FALSE: there is something in it that is not of a date. */
static gboolean split(const char *text, Parts *parts)
{
	memset(parts, 0, sizeof *parts);
	for (const char *p = text; *p != '\0';) {
		gsize digits = strspn(p, "0123456789"), letters = 0;
		while (digits == 0 && g_ascii_isalpha(p[letters]))
			letters++;
		if (digits > 0) {
			if (parts->count == 4 || digits > 8)
				return FALSE;
			parts->digits[parts->count] = (int)digits;
			parts->number[parts->count++] = (int)g_ascii_strtoll(p, NULL, 10);
		} else if (letters > 0) {
			int month = month_by_name(p, letters);
			if (month != 0 && parts->month == 0)
				parts->month = month;
			else if (month != 0 || letters > 9) /* names of days, "de", "th" are passed over */
				return FALSE;
		} else if (strchr(" -/.,'\t", *p) == NULL) {
			return FALSE;
		}
		p += MAX(digits + letters, 1);
	}
	return TRUE;
}

static int days_in(int year, int month)
{
	return month >= 1 && month <= 12 ? g_date_get_days_in_month((GDateMonth)month, (GDateYear)year) : 0;
}

static char *write_date(int year, int month, int day, gboolean moment)
{
	if (year < 1900 || year > 2100)
		return NULL;
	if (day == 0 && month == 0)
		return moment ? g_strdup_printf("%04d", year) : NULL;
	if (month < 1 || month > 12)
		return NULL;
	if (day == 0)
		return moment ? g_strdup_printf("%04d-%02d", year, month) : NULL;
	return day >= 1 && day <= days_in(year, month) ? g_strdup_printf("%04d-%02d-%02d", year, month, day) : NULL;
}

static char *with_named_month(const Parts *p, gboolean moment)
{
	if (p->count == 1 && p->digits[0] == 4)
		return write_date(p->number[0], p->month, 0, moment);
	if (p->count != 2)
		return NULL;
	if (p->digits[0] == 4)
		return write_date(p->number[0], p->month, p->number[1], moment);
	return p->digits[1] == 4 ? write_date(p->number[1], p->month, p->number[0], moment) : NULL;
}

/* Day before month, as in Europe, unless that cannot be. */
static char *in_numbers(const Parts *p, gboolean moment)
{
	int a = p->number[0], b = p->number[1], c = p->number[2];

	if (p->count == 1 && p->digits[0] == 8)
		return write_date(a / 10000, a / 100 % 100, a % 100, moment);
	if (p->count == 1 && p->digits[0] == 4)
		return write_date(a, 0, 0, moment);
	if (p->count == 2 && p->digits[0] == 4)
		return write_date(a, b, 0, moment);
	if (p->count == 2 && p->digits[1] == 4)
		return write_date(b, a, 0, moment);
	if (p->count != 3)
		return NULL;
	if (p->digits[0] == 4)
		return b > 12 ? write_date(a, c, b, moment) : write_date(a, b, c, moment);
	if (p->digits[2] == 4)
		return b > 12 ? write_date(c, a, b, moment) : write_date(c, b, a, moment);
	return NULL;
}

char *value_guess_date(const char *text, gboolean moment)
{
	Parts parts;

	if (!split(text, &parts))
		return NULL;
	return parts.month != 0 ? with_named_month(&parts, moment) : in_numbers(&parts, moment);
}

int value_month_length(const char *date)
{
	int year, month, day, read = 0;

	if (sscanf(date, "%4d-%2d-%2d%n", &year, &month, &day, &read) != 3 || read != 10 || strlen(date) != 10 || year < 1)
		return -1;
	return days_in(year, month);
}
