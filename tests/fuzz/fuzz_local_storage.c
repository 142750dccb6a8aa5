/* Values of localStorage as Chromium's family stores them, and Firefox's, whose two numbers are the
 * first two bytes. */
#include "fuzz.h"
#include "plugins/browsers/store/item_value.h"

#include <string.h>

/* There is either a text that can be a session or the reason why not. */
static void check_row(const struct session_row *row)
{
    if (row->fault) {
        g_assert_null(row->data);
        return;
    }
    g_assert_nonnull(row->data);
    g_assert_cmpuint(row->length, <=, 2 * SESSION_MAX_VALUE);
    g_assert_cmpint(row->data[row->length], ==, '\0');
    for (const char *text = row->data; text < row->data + row->length; text += strlen(text) + 1)
        g_assert_true(g_utf8_validate(text, -1, NULL));
}

static void check_chromium(const uint8_t *data, size_t size)
{
    autoptr(session_row) row = g_new0(struct session_row, 1);

    item_value_take_chromium(row, data, size);
    check_row(row);
}

static void check_firefox(const uint8_t *data, size_t size)
{
    autoptr(session_row) row = g_new0(struct session_row, 1);

    item_value_take_firefox(row, (int8_t)data[0], (int8_t)data[1], data + 2, size - 2);
    check_row(row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_chromium(data, size);
    if (size >= 2)
        check_firefox(data, size);
    return 0;
}
