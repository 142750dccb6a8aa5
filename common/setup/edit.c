#include "common/setup/edit.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/setup/command.h"

#include <string.h>

#define SPACE " \t\r\n\v\f"

static void edit_clear(struct setup_edit *edit)
{
    g_free(edit->inserted);
}

static const struct setup_edit *edit_at(const GArray *edits, guint index)
{
    return &g_array_index(edits, struct setup_edit, index);
}

GArray *setup_edits_new(void)
{
    GArray *edits = g_array_new(FALSE, FALSE, sizeof(struct setup_edit));

    g_array_set_clear_func(edits, (GDestroyNotify)edit_clear);
    return edits;
}

void setup_edits_add(GArray *edits, gsize at, gsize removed, const char *inserted)
{
    struct setup_edit edit = {at, removed, g_strdup(inserted)};
    guint index = edits->len;

    while (index > 0 && edit_at(edits, index - 1)->at > at)
        index--;
    g_array_insert_val(edits, index, edit);
}

void setup_edit_apply(const struct setup_edit *edit, const char *text, gsize *done, GString *result)
{
    if (edit->at > *done)
        g_string_append_len(result, text + *done, (gssize)(edit->at - *done));
    g_string_append(result, edit->inserted);
    *done = MAX(*done, edit->at + edit->removed);
}

char *setup_edits_apply(const GArray *edits, const char *text)
{
    GString *result = g_string_new(NULL);
    gsize done = 0;

    for (guint i = 0; i < edits->len; i++)
        setup_edit_apply(edit_at(edits, i), text, &done, result);
    g_string_append(result, text + done);
    return g_string_free(result, FALSE);
}

char *setup_text_read(const char *path, GError **error)
{
    gsize length = 0;
    char *text = file_read(path, SETUP_MAX_TEXT, &length, error);

    if (!text || strlen(text) == length)
        return text;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: is no text: it holds NUL"), path);
    g_free(text);
    return NULL;
}

gsize setup_skip_mark(const char *text)
{
    return g_str_has_prefix(text, "\xef\xbb\xbf") ? 3 : 0;
}

const char *setup_line_break(const char *text)
{
    const char *end = strchr(text, '\n');

    return end && end > text && end[-1] == '\r' ? "\r\n" : "\n";
}

bool setup_texts_are_alike(const char *a, const char *b)
{
    for (;;) {
        a += strspn(a, SPACE);
        b += strspn(b, SPACE);
        if (*a == '\0' || *a != *b)
            return *a == *b;
        a++;
        b++;
    }
}

bool setup_text_is_as_made(const char *text, const char *made)
{
    g_autofree char *by_name = setup_command_use_name(text);
    bool is_quoted = false, is_escaped = false;

    for (text = by_name;; text++, made++) {
        if (!is_quoted) {
            text += strspn(text, SPACE);
            made += strspn(made, SPACE);
        }
        if (*text == '\0' || *text != *made)
            return *text == *made;
        if (*text == '"' && !is_escaped)
            is_quoted = !is_quoted;
        is_escaped = is_quoted && !is_escaped && *text == '\\';
    }
}
