#include "common/setup/ini.h"

#include <string.h>

static void ini_clear_line(struct ini_line *line)
{
    g_free(line->section);
    g_free(line->key);
}

const struct ini_line *ini_at(const GArray *lines, guint index)
{
    return &g_array_index(lines, struct ini_line, index);
}

static gsize ini_skip_space(const char *text, gsize at, gsize end)
{
    while (at < end && g_ascii_isspace(text[at]))
        at++;
    return at;
}

static gsize ini_strip_space(const char *text, gsize begin, gsize end)
{
    while (end > begin && g_ascii_isspace(text[end - 1]))
        end--;
    return end;
}

static void ini_read_key(const char *text, struct ini_line *line, gsize begin, gsize end)
{
    const char *equals = memchr(text + begin, '=', end - begin);
    gsize at = equals ? (gsize)(equals - text) : end;

    line->kind = equals ? INI_KEY : INI_OTHER;
    if (!equals)
        return;
    line->key = g_strndup(text + begin, ini_strip_space(text, begin, at) - begin);
    line->value_begin = ini_skip_space(text, at + 1, end);
    line->value_end = end;
}

/* `section` is the section of the line before. */
static struct ini_line ini_read_line(const char *text, gsize begin, gsize length,
                                     const char *section)
{
    struct ini_line line = {.begin = begin, .end = begin + length};
    gsize first = ini_skip_space(text, begin, line.end);
    gsize end = ini_strip_space(text, first, line.end);

    if (line.end > begin && text[line.end - 1] == '\r')
        line.end--;
    if (first == end)
        line.kind = INI_EMPTY;
    else if (text[first] == '#' || text[first] == ';')
        line.kind = INI_COMMENT;
    else if (text[first] == '[' && text[end - 1] == ']')
        line.kind = INI_SECTION;
    else
        ini_read_key(text, &line, first, end);
    line.section =
        line.kind == INI_SECTION ? g_strndup(text + first + 1, end - first - 2) : g_strdup(section);
    return line;
}

GArray *ini_read(const char *text)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct ini_line));
    gsize at = setup_skip_mark(text);

    g_array_set_clear_func(lines, (GDestroyNotify)ini_clear_line);
    while (text[at] != '\0') {
        gsize length = strcspn(text + at, "\n");
        const char *section = lines->len > 0 ? ini_at(lines, lines->len - 1)->section : NULL;
        struct ini_line line = ini_read_line(text, at, length, section);

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

bool ini_mentions(const char *text, const GArray *lines, const char *key, const char *part)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct ini_line *line = ini_at(lines, i);

        if (line->kind == INI_KEY && strcmp(line->key, key) == 0 &&
            g_strstr_len(text + line->value_begin, (gssize)(line->value_end - line->value_begin),
                         part))
            return true;
    }
    return false;
}

/* Inserts the three texts with the line breaks of the file. */
static void ini_insert(struct setup_file *file, gsize at, const char *before, const char *section,
                       const char *after)
{
    g_autofree char *text = g_strconcat(before, section, after, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *fitted = g_strjoinv(setup_line_break(file->text), lines);

    setup_file_insert(file, at, fitted);
}

/* The header's line, or the first of the comments right above, which belong to the section. */
static guint ini_first_line(const GArray *lines, guint header)
{
    while (header > 0 && ini_at(lines, header - 1)->kind == INI_COMMENT)
        header--;
    return header;
}

/* The number of lines without even a space from this one on, in steps of 1 or -1; at most `max`. */
static guint ini_count_empty(const GArray *lines, guint line, int step, guint max)
{
    guint count = 0;

    for (; count < max && line < lines->len; line += (guint)step, count++) {
        if (ini_at(lines, line)->begin != ini_at(lines, line)->end)
            break;
    }
    return count;
}

/* How many empty lines are between sections, as most of the file has it, apart from the section of
 * this header; -1 is none. */
static guint ini_usual_gap(const GArray *lines, int without)
{
    guint sections[] = {0, 0, 0}; /* with so many empty lines above */

    for (guint i = 0; i < lines->len; i++) {
        if (ini_at(lines, i)->kind != INI_SECTION || (int)i == without)
            continue;
        guint first = ini_first_line(lines, i);
        if (first > 0)
            sections[ini_count_empty(lines, first - 1, -1, G_N_ELEMENTS(sections) - 1)]++;
    }
    if (sections[0] > sections[1] && sections[0] >= sections[2])
        return 0;
    return sections[2] > sections[1] ? 2 : 1;
}

/* The line breaks between the end of a section and the next one; the caller frees them. */
static char *ini_gap(const GArray *lines)
{
    return g_strnfill(1 + ini_usual_gap(lines, -1), '\n');
}

void ini_insert_before(struct setup_file *file, const GArray *lines, guint header,
                       const char *section)
{
    g_autofree char *gap = ini_gap(lines);

    ini_insert(file, ini_at(lines, ini_first_line(lines, header))->begin, "", section, gap);
}

/* The line with which the section of this header ends: its last one, or the last of the comments
 * right below, unless they are right above the next section. */
static guint ini_end_line(const GArray *lines, guint header)
{
    guint last = ini_last_line(lines, header), end = last;

    while (end + 1 < lines->len && ini_at(lines, end + 1)->kind == INI_COMMENT)
        end++;
    return end + 1 < lines->len && ini_at(lines, end + 1)->kind == INI_SECTION ? last : end;
}

void ini_insert_behind(struct setup_file *file, const GArray *lines, guint header,
                       const char *section)
{
    g_autofree char *gap = ini_gap(lines);

    ini_insert(file, ini_at(lines, ini_end_line(lines, header))->end, gap, section, "");
}

void ini_append(struct setup_file *file, const GArray *lines, const char *section)
{
    gsize length = ini_strip_space(file->text, 0, strlen(file->text));
    gsize end = length + strcspn(file->text + length, "\r\n");
    g_autofree char *gap = ini_gap(lines);

    if (length == 0)
        ini_insert(file, end, "", section, file->text[0] == '\0' ? "\n" : "");
    else
        ini_insert(file, end, gap, section, "");
}

void ini_remove(struct setup_file *file, const GArray *lines, guint header)
{
    g_autoptr(GArray) before = file->backup ? ini_read(file->backup) : NULL;
    guint gap = before ? ini_usual_gap(before, -1) : ini_usual_gap(lines, (int)header);
    guint last = ini_last_line(lines, header);
    guint above = ini_count_empty(lines, header - 1, -1, gap);
    guint behind = ini_count_empty(lines, last + 1, 1, gap);
    bool is_first = header == 0, is_last = true;

    for (guint i = last + 1; i < lines->len && is_last; i++)
        is_last = ini_at(lines, i)->kind == INI_EMPTY;
    if (!is_last && (is_first || behind >= above))
        setup_file_remove(file, ini_at(lines, header)->begin,
                          ini_at(lines, last + 1 + behind)->begin);
    else
        setup_file_remove(
            file, header > above ? ini_at(lines, header - 1 - above)->end : ini_at(lines, 0)->begin,
            ini_at(lines, last)->end);
}

/* The section of this header; the caller frees it. */
static char *ini_section_text(const struct setup_file *file, const GArray *lines, guint header)
{
    gsize begin = ini_at(lines, header)->begin;

    return g_strndup(file->text + begin, ini_at(lines, ini_last_line(lines, header))->end - begin);
}

bool ini_is_as_made(const struct setup_file *file, const GArray *lines, guint header,
                    const char *definition)
{
    g_autofree char *text = ini_section_text(file, lines, header);

    return setup_text_is_as_made(text, definition);
}

bool ini_is_added(const struct setup_file *file, const GArray *lines, guint header,
                  const char *definition)
{
    if (!file->backup)
        return ini_is_as_made(file, lines, header, definition);
    g_autoptr(GArray) before = ini_read(file->backup);
    return ini_find_section(before, ini_at(lines, header)->section) < 0;
}

/* Appends a key's line without the word `name`; nothing if that is the only word of its value. */
static void ini_append_key(GString *essence, const char *text, const struct ini_line *line,
                           const char *name)
{
    g_autofree char *value = ini_value(text, line);
    g_auto(GStrv) words = g_strsplit_set(value, " \t\"", -1);
    gsize begin = essence->len;
    guint names = 0, others = 0;

    g_string_append_printf(essence, "%s =", line->key);
    for (char **word = words; *word; word++) {
        if (strcmp(*word, name) == 0) {
            names++;
        } else if (**word != '\0') {
            g_string_append_printf(essence, " %s", *word);
            others++;
        }
    }
    g_string_append_c(essence, '\n');
    if (names > 0 && others == 0)
        g_string_truncate(essence, begin);
}

/* The text without empty lines, this section and the word `name`. */
static char *ini_essence(const char *text, const char *section, const char *name)
{
    g_autoptr(GArray) lines = ini_read(text);
    GString *essence = g_string_new(NULL);

    for (guint i = 0; i < lines->len; i++) {
        const struct ini_line *line = ini_at(lines, i);
        bool is_ours = line->kind != INI_COMMENT && g_strcmp0(line->section, section) == 0;

        if (line->kind == INI_EMPTY || is_ours)
            continue;
        if (line->kind == INI_KEY)
            ini_append_key(essence, text, line, name);
        else
            g_string_append_printf(essence, "%.*s\n", (int)(line->end - line->begin),
                                   text + line->begin);
    }
    return g_string_free(essence, FALSE);
}

bool ini_differs_only_by(const char *before, const char *after, const char *section,
                         const char *name)
{
    g_autofree char *a = ini_essence(before, section, name);
    g_autofree char *b = ini_essence(after, section, name);

    return strcmp(a, b) == 0;
}
