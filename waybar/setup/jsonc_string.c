#include "waybar/setup/jsonc_string.h"

#include "common/base/i18n.h"

#include <stdbool.h>
#include <string.h>

struct jsonc_decoder {
    const char *at, *end;
    GString *decoded;
};

/* A UTF-16 unit, "uNNNN" behind the backslash. Waybar takes "\\xNN", which is no JSON, for
 * "\\u00NN". */
static bool jsonc_take_unit(struct jsonc_decoder *decoder, gunichar *value)
{
    int digits = *decoder->at++ == 'u' ? 4 : 2;

    for (*value = 0; digits > 0; digits--, decoder->at++) {
        int digit = decoder->at < decoder->end ? g_ascii_xdigit_value(*decoder->at) : -1;

        if (digit < 0)
            return false;
        *value = *value * 16 + (gunichar)digit;
    }
    return true;
}

static bool jsonc_begins_unit(const struct jsonc_decoder *decoder)
{
    return decoder->at < decoder->end && (*decoder->at == 'u' || *decoder->at == 'x');
}

/* The second half of a surrogate pair, which jsoncpp takes for one whatever it is. */
static bool jsonc_take_low_half(struct jsonc_decoder *decoder, gunichar *value)
{
    gunichar low;

    if (decoder->at == decoder->end || *decoder->at++ != '\\' || !jsonc_begins_unit(decoder) ||
        !jsonc_take_unit(decoder, &low))
        return false;
    *value = 0x10000 + ((*value & 0x3ff) << 10) + (low & 0x3ff);
    return true;
}

static bool jsonc_take_code_point(struct jsonc_decoder *decoder)
{
    char bytes[6]; /* as g_unichar_to_utf8 wants it */
    gunichar value;

    if (!jsonc_take_unit(decoder, &value))
        return false;
    if (value >= 0xd800 && value <= 0xdbff && !jsonc_take_low_half(decoder, &value))
        return false;
    if (value == 0)
        g_string_append(decoder->decoded, "\xc0\x80");
    else
        g_string_append_len(decoder->decoded, bytes, g_unichar_to_utf8(value, bytes));
    return true;
}

/* What follows a backslash. */
static bool jsonc_take_escape(struct jsonc_decoder *decoder)
{
    static const char names[] = "\"/\\bfnrt", values[] = "\"/\\\b\f\n\r\t";
    const char *found;

    if (jsonc_begins_unit(decoder))
        return jsonc_take_code_point(decoder);
    found = decoder->at < decoder->end ? strchr(names, *decoder->at++) : NULL;
    if (found)
        g_string_append_c(decoder->decoded, values[found - names]);
    return found != NULL;
}

char *jsonc_string_decode(const char *text, gsize length, const char **problem)
{
    struct jsonc_decoder decoder = {text, text + length, g_string_sized_new(length)};
    bool is_good = true;

    while (is_good && decoder.at < decoder.end) {
        if (*decoder.at++ == '\\')
            is_good = jsonc_take_escape(&decoder);
        else
            g_string_append_c(decoder.decoded, decoder.at[-1]);
    }
    if (!is_good)
        *problem = _("an unknown escape in a string");
    return g_string_free(decoder.decoded, !is_good);
}
