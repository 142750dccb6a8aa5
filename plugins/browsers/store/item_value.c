#include "plugins/browsers/store/item_value.h"

#include "common/base/i18n.h"

#include <string.h>
#ifdef HAVE_SNAPPY
#include <snappy-c.h>
#endif

#define MAX_UTF8 6 /* bytes that GLib may write for one character */

static const char *const faults[] = {
    [ITEM_OTHER_FORM] = N_("it has another form than expected"),
    [ITEM_TOO_LARGE] = N_("it is larger than any session"),
    [ITEM_NO_SNAPPY] = N_("it is compressed, and this usageline was built without Snappy"),
};

void item_value_set_fault(struct session_row *row, enum item_fault fault)
{
    g_free(row->fault);
    row->fault = g_strdup(_(faults[fault]));
}

static gunichar item_value_unit(const guint8 *data, gsize index)
{
    return (gunichar)(data[index] | data[index + 1] << 8);
}

/* Reads the character at `index` of UTF-16LE, whose length is even, and moves behind it;
 * G_MAXUINT32: half of a pair. */
static gunichar item_value_next_utf16(const guint8 *data, gsize length, gsize *index)
{
    gunichar high = item_value_unit(data, *index), low;

    *index += 2;
    if (high < 0xD800 || high > 0xDFFF)
        return high;
    low = *index < length ? item_value_unit(data, *index) : 0;
    if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return G_MAXUINT32;
    *index += 2;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* Converts UTF-16LE (is_wide) or Latin-1. The buffer never grows, which would leave copies of the
 * value in memory. */
static void item_value_take_units(struct session_row *row, const guint8 *data, gsize length,
                                  bool is_wide)
{
    gsize size = length * 2 + MAX_UTF8; /* each byte becomes at most two */
    char *text = g_malloc(size);
    gsize written = 0;
    bool is_text = !is_wide || length % 2 == 0;

    for (gsize i = 0; is_text && i < length;) {
        gunichar character = is_wide ? item_value_next_utf16(data, length, &i) : data[i++];

        is_text = character != G_MAXUINT32;
        if (is_text)
            written += (gsize)g_unichar_to_utf8(character, text + written);
    }
    if (is_text)
        session_row_set(row, text, written);
    else
        item_value_set_fault(row, ITEM_OTHER_FORM);
    explicit_bzero(text, size);
    g_free(text);
}

void item_value_take_chromium(struct session_row *row, const void *data, gsize length)
{
    const guint8 *bytes = data;

    if (length > SESSION_MAX_VALUE)
        item_value_set_fault(row, ITEM_TOO_LARGE);
    else if (length == 0 || bytes[0] > 1)
        item_value_set_fault(row, ITEM_OTHER_FORM);
    else
        item_value_take_units(row, bytes + 1, length - 1, bytes[0] == 0);
}

static void item_value_take_converted(struct session_row *row, gint64 conversion, const void *data,
                                      gsize length)
{
    const char *text = data ? data : "";

    if (length > SESSION_MAX_VALUE)
        item_value_set_fault(row, ITEM_TOO_LARGE);
    else if (conversion == 0)
        item_value_take_units(row, (const guint8 *)text, length, true);
    else if (conversion == 1 && g_utf8_validate_len(text, length, NULL))
        session_row_set(row, text, length);
    else
        item_value_set_fault(row, ITEM_OTHER_FORM);
}

#ifdef HAVE_SNAPPY

const char *const snappy_missing = NULL;

static void item_value_take_snappy(struct session_row *row, gint64 conversion, const void *data,
                                   gsize length)
{
    gsize expanded = 0;

    if (!data || snappy_uncompressed_length(data, length, &expanded) != SNAPPY_OK) {
        item_value_set_fault(row, ITEM_OTHER_FORM);
        return;
    }
    if (expanded > SESSION_MAX_VALUE) {
        item_value_set_fault(row, ITEM_TOO_LARGE);
        return;
    }
    gsize size = expanded + 1; /* never 0 */
    char *text = g_malloc0(size);
    if (snappy_uncompress(data, length, text, &expanded) == SNAPPY_OK)
        item_value_take_converted(row, conversion, text, expanded);
    else
        item_value_set_fault(row, ITEM_OTHER_FORM);
    explicit_bzero(text, size);
    g_free(text);
}

#else

const char *const snappy_missing =
    N_("this usageline was built without Snappy, which Firefox compresses localStorage with");

static void item_value_take_snappy(struct session_row *row, G_GNUC_UNUSED gint64 conversion,
                                   G_GNUC_UNUSED const void *data, G_GNUC_UNUSED gsize length)
{
    item_value_set_fault(row, ITEM_NO_SNAPPY);
}

#endif

void item_value_take_firefox(struct session_row *row, gint64 conversion, gint64 compression,
                             const void *data, gsize length)
{
    if (compression == 0)
        item_value_take_converted(row, conversion, data, length);
    else if (compression == 1)
        item_value_take_snappy(row, conversion, data, length);
    else
        item_value_set_fault(row, ITEM_OTHER_FORM);
}
