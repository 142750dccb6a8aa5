#include "plugins/browsers/item_value.h"

#include "common/base/i18n.h"

#include <string.h>

#define MAX_UTF8 6 /* bytes that GLib may write for one character */

static const char *const faults[] = {
    [ITEM_NONE] = NULL,
    [ITEM_OTHER_FORM] = N_("it has another form than expected"),
    [ITEM_TOO_LARGE] = N_("it is larger than any session"),
    [ITEM_NO_SNAPPY] = N_("it is compressed, and this usageline was built without Snappy"),
};

void item_value_set_fault(struct session_row *row, enum item_fault fault)
{
    g_free(row->fault);
    row->fault = g_strdup(_(faults[fault]));
}

/* Writes text of characters below `limit`, which need at most twice the bytes that they have. */
struct item_text {
    char *bytes;
    gsize length;
};

static void item_text_clear(struct item_text *text, gsize size)
{
    explicit_bzero(text->bytes, size);
    g_free(text->bytes);
}

static gunichar item_unit(const guint8 *data, gsize index)
{
    return (gunichar)(data[index] | data[index + 1] << 8);
}

/* The character at `index` of UTF-16LE, whose length is even; moves behind it. 0xFFFFFFFF: half of
 * a pair. */
static gunichar item_read_utf16(const guint8 *data, gsize length, gsize *index)
{
    gunichar high = item_unit(data, *index), low;

    *index += 2;
    if (high < 0xD800 || high > 0xDFFF)
        return high;
    low = *index < length ? item_unit(data, *index) : 0;
    if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return G_MAXUINT32;
    *index += 2;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* Into memory of one size from the beginning, for what grows leaves copies behind. */
static void item_take_units(struct session_row *row, const guint8 *data, gsize length, bool is_wide)
{
    gsize size = length * 2 + MAX_UTF8; /* each byte becomes two at most */
    struct item_text text = {g_malloc(size), 0};
    bool is_text = !is_wide || length % 2 == 0;

    for (gsize i = 0; is_text && i < length;) {
        gunichar character = is_wide ? item_read_utf16(data, length, &i) : data[i++];

        is_text = character != G_MAXUINT32;
        if (is_text)
            text.length += (gsize)g_unichar_to_utf8(character, text.bytes + text.length);
    }
    if (is_text)
        session_row_set(row, text.bytes, text.length);
    else
        item_value_set_fault(row, ITEM_OTHER_FORM);
    item_text_clear(&text, size);
}

static void item_take_utf8(struct session_row *row, const char *data, gsize length)
{
    if (g_utf8_validate_len(data, length, NULL))
        session_row_set(row, data, length);
    else
        item_value_set_fault(row, ITEM_OTHER_FORM);
}

void item_value_take_chromium(struct session_row *row, const void *data, gsize length)
{
    const guint8 *bytes = data;

    if (length > SESSION_MAX_VALUE)
        item_value_set_fault(row, ITEM_TOO_LARGE);
    else if (length == 0 || bytes[0] > 1)
        item_value_set_fault(row, ITEM_OTHER_FORM);
    else
        item_take_units(row, bytes + 1, length - 1, bytes[0] == 0);
}

static void item_take_converted(struct session_row *row, gint64 conversion, const void *data,
                                gsize length)
{
    if (length > SESSION_MAX_VALUE)
        item_value_set_fault(row, ITEM_TOO_LARGE);
    else if (conversion == 0)
        item_take_units(row, data, length, true);
    else if (conversion == 1)
        item_take_utf8(row, data ? data : "", length);
    else
        item_value_set_fault(row, ITEM_OTHER_FORM);
}

void item_value_take_firefox(struct session_row *row, gint64 conversion, gint64 compression,
                             const void *data, gsize length)
{
    enum item_fault fault = compression == 1 ? ITEM_NONE : ITEM_OTHER_FORM;
    gsize expanded = 0;
    char *text;

    if (compression == 0) {
        item_take_converted(row, conversion, data, length);
        return;
    }
    text = fault == ITEM_NONE ? snappy_expand(data, length, &expanded, &fault) : NULL;
    if (!text) {
        item_value_set_fault(row, fault);
        return;
    }
    item_take_converted(row, conversion, text, expanded);
    explicit_bzero(text, expanded);
    g_free(text);
}
