/* Writes what usageline reads of Waybar's JSON: for each text on standard input, which comes behind
 * its length in bytes and a line break, a line of plain JSON, or "refused". */
#include "waybar/setup/jsonc.h"

#include <stdio.h>

static void dump_string(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++)
        printf("\\u%04x", (unsigned char)*text);
    putchar('"');
}

static void dump_value(const struct json *json)
{
    double number = 0;
    gboolean truth = FALSE;

    switch (json_type(json)) {
    case JSON_NULL:
        fputs("null", stdout);
        return;
    case JSON_BOOLEAN:
        json_boolean(json, &truth);
        fputs(truth ? "true" : "false", stdout);
        return;
    case JSON_NUMBER:
        json_number(json, &number);
        printf("%.17g", number);
        return;
    case JSON_STRING:
        dump_string(json_string(json));
        return;
    case JSON_ARRAY:
    case JSON_OBJECT:
        break;
    }
    putchar(json_type(json) == JSON_ARRAY ? '[' : '{');
    for (guint i = 0; i < json_length(json); i++) {
        fputs(i > 0 ? "," : "", stdout);
        if (json_type(json) == JSON_OBJECT) {
            dump_string(json_key_at(json, i));
            putchar(':');
        }
        dump_value(json_at(json, i));
    }
    putchar(json_type(json) == JSON_ARRAY ? ']' : '}');
}

int main(void)
{
    gsize length;

    while (scanf("%zu", &length) == 1 && getchar() == '\n') {
        g_autofree char *text = g_malloc0(length + 1);
        autoptr(json) root = NULL;

        if (fread(text, 1, length, stdin) != length)
            return 1;
        root = jsonc_parse(text, NULL);
        if (root)
            dump_value(root);
        else
            fputs("refused", stdout);
        putchar('\n');
    }
    return 0;
}
