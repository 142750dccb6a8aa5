#include "common/setup/fit.h"

#include "common/setup/edit.h"

#include <stdbool.h>
#include <string.h>

#define CONTEXT 64 /* characters to compare on each side of a place */
#define ENOUGH  8  /* that have to be the same */

/* A text without white space. */
struct fit_text {
    const char *text;
    GString *characters;
    GArray *offsets; /* of each character in the text; then the length of the text */
};

static void fit_clear(struct fit_text *text)
{
    g_string_free(text->characters, TRUE);
    g_array_free(text->offsets, TRUE);
}

static const struct setup_edit *fit_edit(const GArray *edits, guint index)
{
    return &g_array_index(edits, struct setup_edit, index);
}

static gsize fit_offset(const struct fit_text *text, gsize index)
{
    return g_array_index(text->offsets, gsize, index);
}

/* `edits` is NULL or what to leave out. */
static struct fit_text fit_read(const char *text, const GArray *edits)
{
    struct fit_text read = {text, g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(gsize))};
    guint next = 0;
    gsize at = setup_skip_mark(text);

    for (; text[at] != '\0'; at++) {
        while (edits && next < edits->len &&
               at >= fit_edit(edits, next)->at + fit_edit(edits, next)->removed)
            next++;
        bool is_removed = edits && next < edits->len && at >= fit_edit(edits, next)->at;
        if (is_removed || g_ascii_isspace(text[at]))
            continue;
        g_string_append_c(read.characters, text[at]);
        g_array_append_val(read.offsets, at);
    }
    g_array_append_val(read.offsets, at);
    return read;
}

/* How many characters before these places are the same; all if both texts begin there. */
static gsize fit_count_before(const GString *a, gsize a_at, const GString *b, gsize b_at)
{
    gsize count = 0;

    while (count < CONTEXT && count < a_at && count < b_at &&
           a->str[a_at - count - 1] == b->str[b_at - count - 1])
        count++;
    return count == a_at && count == b_at ? CONTEXT : count;
}

static gsize fit_count_behind(const GString *a, gsize a_at, const GString *b, gsize b_at)
{
    gsize count = 0;

    while (count < CONTEXT && a_at + count < a->len && b_at + count < b->len &&
           a->str[a_at + count] == b->str[b_at + count])
        count++;
    return a_at + count == a->len && b_at + count == b->len ? CONTEXT : count;
}

/* The place of `before` that looks most like this one; false if none looks like it. */
static bool fit_find(const struct fit_text *rest, gsize index, const struct fit_text *before,
                     gsize *found)
{
    const GString *a = rest->characters, *b = before->characters;
    gsize best = 0;

    /* The first two are right if nothing has been changed before, or behind. */
    for (gsize i = 0; i <= b->len + 2 && best < 2 * CONTEXT; i++) {
        gsize at = i == 0 ? index : i == 1 ? b->len + index - a->len : i - 2;
        gsize score = at <= b->len
                          ? fit_count_before(a, index, b, at) + fit_count_behind(a, index, b, at)
                          : 0;

        if (score > best) {
            best = score;
            *found = at;
        }
    }
    return best >= ENOUGH;
}

/* Whether nothing stays here: in the text, or between two brackets. */
static bool fit_is_emptied(const GString *rest, gsize index)
{
    return (index == 0 || strchr("[{", rest->str[index - 1])) &&
           (index == rest->len || strchr("]}", rest->str[index]));
}

/* Whether these bytes are nothing, or a line break with an indentation. */
static bool fit_is_new_line(const char *text, gsize begin, gsize end)
{
    gsize at = begin;

    if (at < end && text[at] == '\r')
        at++;
    if (at < end && text[at] == '\n')
        at++;
    while (at > begin && at < end && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return at == end;
}

/* How much white space this is, of which a line break may have one byte or two. */
static gsize fit_measure(const char *text, gsize begin, gsize end)
{
    gsize count = 0;

    for (gsize at = begin; at < end; at++)
        count += text[at] != '\r';
    return count;
}

/* The removal that leaves the white space `space` between `low` and `high`, which have nothing else
 * between them and what the edit removes. False if there is none, or if what has been inserted
 * would have to have other white space than the edit removes or, where nothing stays, than an
 * insertion has. */
static bool fit_edit_to(struct setup_edit *edit, const char *text, gsize low, gsize high,
                        const char *space, gsize length, bool is_emptied)
{
    gsize begin = edit->at, end = edit->at + edit->removed;
    bool is_as_much = fit_measure(text, low, begin) + fit_measure(text, end, high) ==
                      fit_measure(space, 0, length);

    while (begin < end && g_ascii_isspace(text[begin]))
        begin++;
    while (end > begin && g_ascii_isspace(text[end - 1]))
        end--;
    for (gsize i = 0; begin < end && i <= length && i <= begin - low; i++) {
        gsize last = high - (length - i);

        if (high - end < length - i || memcmp(text + low, space, i) != 0 ||
            memcmp(text + last, space + i, length - i) != 0)
            continue;
        /* With several lines comes a line break behind them, unless there was one already. */
        bool is_inserted =
            is_emptied && fit_is_new_line(text, low + i, begin) &&
            (last == end || (!memchr(space, '\n', length) && fit_is_new_line(text, end, last)));
        if (!is_as_much && !is_inserted)
            continue;
        edit->at = low + i;
        edit->removed = last - edit->at;
        return true;
    }
    return false;
}

GArray *setup_edits_fit(const GArray *edits, const char *text, const char *before)
{
    GArray *fitted = setup_edits_new();
    struct fit_text rest = fit_read(text, edits), old = fit_read(before, NULL);
    gsize done = 0, index = 0, place = 0;

    for (guint i = 0; i < edits->len; i++) {
        struct setup_edit edit = *fit_edit(edits, i);
        gsize low = edit.at, high = edit.at + edit.removed;
        gsize limit = i + 1 < edits->len ? fit_edit(edits, i + 1)->at : strlen(text);

        while (fit_offset(&rest, index) < edit.at)
            index++;
        while (low > done && g_ascii_isspace(text[low - 1]))
            low--;
        while (high < limit && g_ascii_isspace(text[high]))
            high++;
        if (fit_find(&rest, index, &old, &place)) {
            gsize begin = place > 0 ? fit_offset(&old, place - 1) + 1 : setup_skip_mark(before);
            fit_edit_to(&edit, text, low, high, before + begin, fit_offset(&old, place) - begin,
                        fit_is_emptied(rest.characters, index));
        }
        setup_edits_add(fitted, edit.at, edit.removed, "");
        done = edit.at + edit.removed;
    }
    fit_clear(&rest);
    fit_clear(&old);
    return fitted;
}
