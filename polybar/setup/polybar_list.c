#include "polybar/setup/polybar_list.h"

#include <string.h>

/* The usual names of the modules at the end of a bar, which ours goes before. */
static const char *const last_modules[] = {"tray",       "systray", "date",  "time",
                                           "clock",      "battery", "power", "powermenu",
                                           "power-menu", "sysmenu", NULL};

GArray *polybar_list_read(struct polybar_line list)
{
    const char *text = list.file->file->text;
    GArray *words = g_array_new(FALSE, FALSE, sizeof(struct polybar_word));
    gsize at = list.line->value_begin;

    while (at < list.line->value_end) {
        gsize length = strcspn(text + at, " \t\"\r\n");
        struct polybar_word word = {at, MIN(at + length, list.line->value_end)};

        if (length > 0)
            g_array_append_val(words, word);
        at += MAX(length, 1);
    }
    return words;
}

int polybar_list_find(struct polybar_line list, const GArray *words, const char *name)
{
    for (guint i = 0; i < words->len; i++) {
        struct polybar_word word = g_array_index(words, struct polybar_word, i);

        if (word.end - word.begin == strlen(name) &&
            g_str_has_prefix(list.file->file->text + word.begin, name))
            return (int)i;
    }
    return -1;
}

guint polybar_list_usual_index(struct polybar_line list, const GArray *words)
{
    guint index = words->len;

    for (bool is_last = true; is_last && index > 0;) {
        struct polybar_word word = g_array_index(words, struct polybar_word, index - 1);
        g_autofree char *name =
            g_strndup(list.file->file->text + word.begin, word.end - word.begin);

        is_last = g_strv_contains(last_modules, name);
        index -= is_last;
    }
    return index < words->len ? index : 0;
}

void polybar_list_insert(struct polybar_line list, const GArray *words, guint index,
                         const char *name)
{
    struct setup_file *file = list.file->file;
    gsize begin = list.line->value_begin;
    bool is_quoted = list.line->value_end > begin && file->text[begin] == '"';
    g_autofree char *before = g_strconcat(name, " ", NULL);
    g_autofree char *after = g_strconcat(" ", name, NULL);

    if (words->len > 0 && index < words->len)
        setup_file_insert(file, g_array_index(words, struct polybar_word, index).begin, before);
    else if (words->len > 0)
        setup_file_insert(file, g_array_index(words, struct polybar_word, words->len - 1).end,
                          after);
    else
        setup_file_insert(file, begin + is_quoted, file->text[begin - 1] == '=' ? after : name);
}

/* Whether the list's section had such a key before setup. */
static bool polybar_list_was_there(struct polybar_line list)
{
    g_autoptr(GArray) before = ini_read(list.file->file->backup);

    return ini_find_key(before, list.line->section, list.line->key) >= 0;
}

void polybar_list_remove(struct polybar_line list, const char *name)
{
    struct setup_file *file = list.file->file;
    g_autoptr(GArray) words = polybar_list_read(list);
    int index = polybar_list_find(list, words, name);

    if (index < 0)
        return;
    struct polybar_word word = g_array_index(words, struct polybar_word, index);
    if (words->len == 1 && file->backup && !polybar_list_was_there(list))
        setup_file_remove(file, ini_at(list.file->lines, list.index - 1)->end, list.line->end);
    else if ((guint)index + 1 < words->len)
        setup_file_remove(file, word.begin,
                          g_array_index(words, struct polybar_word, index + 1).begin);
    else if (index > 0)
        setup_file_remove(file, g_array_index(words, struct polybar_word, index - 1).end, word.end);
    else
        setup_file_remove(file, word.begin, word.end);
}
