/* How much two blocks say the same: Dice's coefficient of their words, counted as often as they occur. */
#include "changes/room.h"

static int compare_ints(gconstpointer a, gconstpointer b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

GArray *similar_words(Compare *c, const xmlNode *node)
{
	GArray *numbers = g_array_new(FALSE, FALSE, sizeof(int));
	g_autofree char *text = tree_text(node), *folded = g_utf8_casefold(text, -1);
	g_auto(GStrv) words = g_strsplit(folded, " ", -1);

	for (char **word = words; *word != NULL; word++) {
		int n = number_of(c->words, *word);
		if (**word != '\0')
			g_array_append_val(numbers, n);
	}
	g_array_sort(numbers, compare_ints);
	return numbers;
}

double similar(const GArray *a, const GArray *b)
{
	guint i = 0, k = 0, common = 0;

	if (a->len + b->len == 0)
		return 1;
	while (i < a->len && k < b->len) {
		int x = g_array_index(a, int, i), y = g_array_index(b, int, k);
		common += x == y;
		i += x <= y;
		k += y <= x;
	}
	return 2.0 * common / (a->len + b->len);
}
