#include "common/setup/ini.h"

#include <string.h>

static void line_clear(struct ini_line *line)
{
    g_free(line->section);
    g_free(line->key);
}

const struct ini_line *ini_at(const GArray *lines, guint index)
{
    return &g_array_index(lines, struct ini_line, index);
}

static gsize skip_space(const char *text, gsize at, gsize end)
{
    while (at < end && g_ascii_isspace(text[at]))
        at++;
    return at;
}

static gsize strip_space(const char *text, gsize begin, gsize end)
{
    while (end > begin && g_ascii_isspace(text[end - 1]))
        end--;
    return end;
}

static void read_key(const char *text, struct ini_line *line, gsize begin, gsize end)
{
    const char *equals = memchr(text + begin, '=', end - begin);
    gsize at = equals ? (gsize)(equals - text) : end;

    line->kind = equals ? INI_KEY : INI_OTHER;
    if (!equals)
        return;
    line->key = g_strndup(text + begin, strip_space(text, begin, at) - begin);
    line->value_begin = skip_space(text, at + 1, end);
    line->value_end = end;
}

/* `section` is that of the line before. */
static struct ini_line read_line(const char *text, gsize begin, gsize length, const char *section)
{
    struct ini_line line = {.begin = begin, .end = begin + length};
    gsize first = skip_space(text, begin, line.end);
    gsize end = strip_space(text, first, line.end);

    if (line.end > begin && text[line.end - 1] == '\r')
        line.end--;
    if (first == end)
        line.kind = INI_EMPTY;
    else if (text[first] == '#' || text[first] == ';')
        line.kind = INI_COMMENT;
    else if (text[first] == '[' && text[end - 1] == ']')
        line.kind = INI_SECTION;
    else
        read_key(text, &line, first, end);
    line.section =
        line.kind == INI_SECTION ? g_strndup(text + first + 1, end - first - 2) : g_strdup(section);
    return line;
}

GArray *ini_read(const char *text)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct ini_line));
    gsize at = setup_skip_mark(text);

    g_array_set_clear_func(lines, (GDestroyNotify)line_clear);
    while (text[at] != '\0') {
        gsize length = strcspn(text + at, "\n");
        const char *section = lines->len > 0 ? ini_at(lines, lines->len - 1)->section : NULL;
        struct ini_line line = read_line(text, at, length, section);

        g_array_append_val(lines, line);
        at += length + (text[at + length] == '\n');
    }
    return lines;
}

int ini_find_section(const GArray *lines, const char *section)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct ini_line *line = ini_at(lines, i);
        if (line->kind == INI_SECTION && strcmp(line->section, section) == 0)
            return (int)i;
    }
    return -1;
}

guint ini_last_line(const GArray *lines, guint header)
{
    guint last = header;

    for (guint i = header + 1; i < lines->len && ini_at(lines, i)->kind != INI_SECTION; i++) {
        enum ini_kind kind = ini_at(lines, i)->kind;
        if (kind == INI_KEY || kind == INI_OTHER)
            last = i;
    }
    return last;
}

int ini_find_key(const GArray *lines, const char *section, const char *key)
{
    for (guint i = lines->len; i > 0; i--) {
        const struct ini_line *line = ini_at(lines, i - 1);
        if (line->kind == INI_KEY && g_strcmp0(line->section, section) == 0 &&
            strcmp(line->key, key) == 0)
            return (int)i - 1;
    }
    return -1;
}

char *ini_value(const char *text, const struct ini_line *line)
{
    return g_strndup(text + line->value_begin, line->value_end - line->value_begin);
}

/* The lines of the section with the text's line breaks; the caller frees it. */
static char *fit(const char *text, const char *section)
{
    g_auto(GStrv) lines = g_strsplit(section, "\n", -1);

    return g_strjoinv(setup_line_break(text), lines);
}

static void insert(struct setup_file *file, gsize at, const char *before, const char *section,
                   const char *after)
{
    g_autofree char *fitted = fit(file->text, section);
    g_autofree char *head = fit(file->text, before);
    g_autofree char *tail = fit(file->text, after);
    g_autofree char *text = g_strconcat(head, fitted, tail, NULL);

    setup_file_insert(file, at, text);
}

void ini_insert_before(struct setup_file *file, const GArray *lines, guint header,
                       const char *section)
{
    guint first = header;

    /* What is said right above a section is said of it. */
    while (first > 0 && ini_at(lines, first - 1)->kind == INI_COMMENT)
        first--;
    insert(file, ini_at(lines, first)->begin, "", section, "\n\n");
}

void ini_insert_behind(struct setup_file *file, const GArray *lines, guint line,
                       const char *section)
{
    insert(file, ini_at(lines, line)->end, "\n\n", section, "");
}

void ini_append(struct setup_file *file, const char *section)
{
    gsize length = strip_space(file->text, 0, strlen(file->text));
    gsize end = length + strcspn(file->text + length, "\r\n");

    if (length == 0)
        insert(file, end, "", section, file->text[0] == '\0' ? "\n" : "");
    else
        insert(file, end, "\n\n", section, "");
}

void ini_remove(struct setup_file *file, const GArray *lines, guint header)
{
    guint last = ini_last_line(lines, header), next = last + 1, before = header;

    while (next < lines->len && ini_at(lines, next)->kind == INI_EMPTY)
        next++;
    while (before > 0 && ini_at(lines, before - 1)->kind == INI_EMPTY)
        before--;
    if (next < lines->len)
        setup_file_remove(file, ini_at(lines, header)->begin, ini_at(lines, next)->begin);
    else
        setup_file_remove(file,
                          before > 0 ? ini_at(lines, before - 1)->end : ini_at(lines, 0)->begin,
                          ini_at(lines, last)->end);
}

char *ini_section_text(const char *text, const GArray *lines, guint header)
{
    gsize begin = ini_at(lines, header)->begin;

    return g_strndup(text + begin, ini_at(lines, ini_last_line(lines, header))->end - begin);
}

/* A key's line as it counts: its words without `name`; NULL if it has been made for the name. */
static char *key_essence(const char *text, const struct ini_line *line, const char *name)
{
    g_autofree char *value = ini_value(text, line);
    g_auto(GStrv) words = g_strsplit_set(value, " \t\"", -1);
    GString *kept = g_string_new(line->key);
    guint names = 0, others = 0;

    g_string_append(kept, " =");
    for (char **word = words; *word; word++) {
        if (strcmp(*word, name) == 0) {
            names++;
        } else if (**word != '\0') {
            g_string_append_printf(kept, " %s", *word);
            others++;
        }
    }
    if (names == 0 || others > 0)
        return g_string_free(kept, FALSE);
    g_string_free(kept, TRUE);
    return NULL;
}

/* A line as it counts; NULL if it does not. */
static char *essence(const char *text, const struct ini_line *line, const char *section,
                     const char *name)
{
    if (line->kind == INI_EMPTY)
        return NULL;
    if (line->kind == INI_COMMENT)
        return g_strndup(text + line->begin, line->end - line->begin);
    if (g_strcmp0(line->section, section) == 0)
        return NULL;
    if (line->kind == INI_KEY)
        return key_essence(text, line, name);
    return g_strndup(text + line->begin, line->end - line->begin);
}

static GPtrArray *essences(const char *text, const char *section, const char *name)
{
    g_autoptr(GArray) lines = ini_read(text);
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < lines->len; i++) {
        char *kept = essence(text, ini_at(lines, i), section, name);
        if (kept)
            g_ptr_array_add(found, kept);
    }
    return found;
}

bool ini_differs_only_by(const char *before, const char *after, const char *section,
                         const char *name)
{
    g_autoptr(GPtrArray) a = essences(before, section, name);
    g_autoptr(GPtrArray) b = essences(after, section, name);

    if (a->len != b->len)
        return false;
    for (guint i = 0; i < a->len; i++) {
        if (strcmp(a->pdata[i], b->pdata[i]) != 0)
            return false;
    }
    return true;
}
