#include "common/setup/diff.h"

#include "common/setup/edit.h"

#include <string.h>

#define CONTEXT 3 /* lines */

static char diff_mark(const GPtrArray *lines, guint index)
{
    return *(const char *)lines->pdata[index];
}

/* Adds each line of these bytes, behind its mark (' ', '-' or '+'), to an array of strings. Of
 * neighbours that change the removed ones come first. */
static void diff_add_lines(GPtrArray *lines, char mark, const char *text, gsize length)
{
    while (length > 0) {
        const char *end = memchr(text, '\n', length);
        gsize line = end ? (gsize)(end - text) + 1 : length;
        guint index = lines->len;

        while (mark == '-' && index > 0 && diff_mark(lines, index - 1) == '+')
            index--;
        g_ptr_array_insert(lines, (gint)index, g_strdup_printf("%c%.*s", mark, (int)line, text));
        text += line;
        length -= line;
    }
}

/* The length of the lines with which both texts begin. */
static gsize diff_common_head(const char *a, const char *b)
{
    gsize head = 0;

    for (gsize i = 0; a[i] != '\0' && a[i] == b[i]; i++) {
        if (a[i] == '\n')
            head = i + 1;
    }
    return head;
}

/* The length of the lines with which both texts end. */
static gsize diff_common_tail(const char *a, gsize a_length, const char *b, gsize b_length)
{
    gsize tail = 0;

    for (gsize i = 0; i <= MIN(a_length, b_length); i++) {
        if ((i == a_length || a[a_length - i - 1] == '\n') &&
            (i == b_length || b[b_length - i - 1] == '\n'))
            tail = i;
        if (i < MIN(a_length, b_length) && a[a_length - i - 1] != b[b_length - i - 1])
            break;
    }
    return tail;
}

static void diff_add_changed(GPtrArray *lines, const char *before, const char *after)
{
    gsize head = diff_common_head(before, after);
    gsize old_length = strlen(before + head), new_length = strlen(after + head);
    gsize tail = diff_common_tail(before + head, old_length, after + head, new_length);

    diff_add_lines(lines, ' ', before, head);
    diff_add_lines(lines, '-', before + head, old_length - tail);
    diff_add_lines(lines, '+', after + head, new_length - tail);
    diff_add_lines(lines, ' ', before + head + old_length - tail, tail);
}

/* All lines of both texts. Edits that touch the same lines are shown together. */
static GPtrArray *diff_find_lines(const char *text, const GArray *edits)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    gsize done = 0;

    for (guint i = 0; i < edits->len;) {
        const struct setup_edit *edit = &g_array_index(edits, struct setup_edit, i);
        g_autoptr(GString) after = g_string_new(NULL);
        gsize begin = edit->at, at, end;

        while (begin > done && text[begin - 1] != '\n')
            begin--;
        at = begin;
        do {
            setup_edit_apply(edit++, text, &at, after);
            end = at + strcspn(text + at, "\n");
            end += text[end] == '\n';
        } while (++i < edits->len && (edit->at < end || text[end] == '\0'));
        g_string_append_len(after, text + at, (gssize)(end - at));
        g_autofree char *before = g_strndup(text + begin, end - begin);
        diff_add_lines(lines, ' ', text + done, begin - done);
        diff_add_changed(lines, before, after->str);
        done = end;
    }
    diff_add_lines(lines, ' ', text + done, strlen(text + done));
    return lines;
}

/* The end of the hunk whose first change is at `begin`: only equal lines follow, more of them than
 * the contexts of two hunks. */
static guint diff_find_end(const GPtrArray *lines, guint begin)
{
    guint last = begin;

    for (guint i = begin; i < lines->len && i - last <= 2 * CONTEXT + 1; i++) {
        if (diff_mark(lines, i) != ' ')
            last = i;
    }
    return MIN(last + 1 + CONTEXT, lines->len);
}

/* A side without lines begins at the line before. */
static void diff_put_range(GString *diff, char mark, guint skipped, guint count)
{
    g_string_append_printf(diff, " %c%u,%u", mark, count > 0 ? skipped + 1 : skipped, count);
}

static void diff_put_hunks(GString *diff, const GPtrArray *lines)
{
    guint done = 0, old_line = 0, new_line = 0;

    for (guint i = 0; i < lines->len; i++) {
        if (diff_mark(lines, i) == ' ')
            continue;
        guint begin = MAX(done, i > CONTEXT ? i - CONTEXT : 0), end = diff_find_end(lines, i);
        guint old_count = 0, new_count = 0;

        old_line += begin - done;
        new_line += begin - done;
        for (guint j = begin; j < end; j++) {
            old_count += diff_mark(lines, j) != '+';
            new_count += diff_mark(lines, j) != '-';
        }
        g_string_append(diff, "@@");
        diff_put_range(diff, '-', old_line, old_count);
        diff_put_range(diff, '+', new_line, new_count);
        g_string_append(diff, " @@\n");
        for (guint j = begin; j < end; j++) {
            g_string_append(diff, lines->pdata[j]);
            if (!g_str_has_suffix(lines->pdata[j], "\n"))
                g_string_append(diff, "\n\\ No newline at end of file\n");
        }
        old_line += old_count;
        new_line += new_count;
        done = end;
        i = end - 1;
    }
}

char *diff_unified(const char *old_name, const char *new_name, const char *text,
                   const GArray *edits)
{
    g_autoptr(GPtrArray) lines = diff_find_lines(text, edits);
    GString *diff = g_string_new(NULL);

    diff_put_hunks(diff, lines);
    if (diff->len > 0) {
        g_autofree char *head = g_strdup_printf("--- %s\n+++ %s\n", old_name, new_name);
        g_string_prepend(diff, head);
    }
    return g_string_free(diff, FALSE);
}
