/* JSON read back: what was written, what is refused and where. */
#include "base/json.h"

#include <string.h>

static JsonValue *parse(const char *text, gsize *wrong)
{
	const char *expected;

	return json_parse(text, strlen(text), wrong, &expected);
}

static void test_round(void)
{
	static const char text[] = "{\n  \"a\" : \"x\\\"\\n\xc3\xa9\\u0001\",\n  \"b\" : [\n    1,\n    -20,\n    true,\n    false,\n    null,\n    []\n  ],\n  \"c\" : {}\n}";
	gsize wrong;
	g_autoptr(JsonValue) v = parse(text, &wrong);
	Json *j = json_start();

	g_assert_nonnull(v);
	json_value(j, v);
	g_autofree char *again = json_finish(j);
	g_assert_cmpstr(again, ==, text);
	g_assert_cmpint(((const JsonValue *)json_member(v, "b", JSON_ARRAY)->items->pdata[1])->number, ==, -20);
	g_assert_null(json_member(v, "b", JSON_STRING));
	g_assert_null(json_member_string(v, "d"));
}

static void test_escapes(void)
{
	gsize wrong;
	g_autoptr(JsonValue) v = parse("\"\\ud83d\\ude00\\/\\u00e9\"", &wrong);

	g_assert_cmpstr(v->string, ==, "\xf0\x9f\x98\x80/\xc3\xa9");
}

static void test_refused(void)
{
	static const struct {
		const char *text;
		gsize at;
	} cases[] = {{"", 0},           {"{", 1},          {"[1,]", 3},        {"[1 2]", 3},      {"{\"a\" 1}", 5},        {"{\"a\":1,\"a\":2}", 10},
	             {"[1] x", 4},      {"\"a", 2},        {"\"\\x\"", 2},     {"\"\\ud800\"", 7}, {"\"\\udc00\"", 7},      {"\"\\u0000\"", 7},
	             {"01", 2},         {"1.5", 1},        {"1e9", 1},         {"-", 1},          {"9999999999999999999", 19}, {"tru", 0},
	             {"\"a\nb\"", 2},   {"\xff", 0},       {"nul", 0},         {"'a'", 0},        {"[\"\\u12\"]", 7}};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		gsize wrong;
		g_autoptr(JsonValue) v = parse(cases[i].text, &wrong);
		g_test_message("%s", cases[i].text);
		g_assert_null(v);
		g_assert_cmpuint(wrong, ==, cases[i].at);
	}
}

static void test_limits(void)
{
	g_autofree char *open = g_strnfill(16, '['), *close = g_strnfill(16, ']'), *deep = g_strconcat(open, close, NULL), *deeper = g_strconcat("[", deep, "]", NULL);
	g_autoptr(GString) many = g_string_new("[0");
	gsize wrong;
	g_autoptr(JsonValue) good = parse(deep, &wrong), bad = parse(deeper, &wrong);

	g_assert_nonnull(good);
	g_assert_null(bad);
	for (int i = 0; i < 20000; i++)
		g_string_append(many, ",0");
	g_string_append_c(many, ']');
	g_autoptr(JsonValue) large = parse(many->str, &wrong);
	g_assert_null(large);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json/round", test_round);
	g_test_add_func("/json/escapes", test_escapes);
	g_test_add_func("/json/refused", test_refused);
	g_test_add_func("/json/limits", test_limits);
	return g_test_run();
}
