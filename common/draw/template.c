#include "common/draw/template.h"

#include "common/base/i18n.h"
#include "common/base/text.h"
#include "common/draw/canvas.h"
#include "common/draw/template_error.h"
#include "common/draw/template_internal.h"

#include <string.h>

#define MAX_BYTES 4096
#define MAX_DEPTH 8  /* sections in one another */
#define MAX_NAME  40 /* characters of a wrong name that are told */

#define BRACES _("write {{ or }} for a brace itself")

/* What is read, and how far. */
struct parser {
    const char *text, *p;
    const struct view *view; /* NULL: the template is only checked */
    bool tells_refreshing;   /* that condition was seen */
    GError **error;
};

static bool parse_text(struct parser *parser, int depth, struct canvas *canvas);

static bool fail(const struct parser *parser, const char *at, const char *what, const char *advice)
{
    template_set_error(parser->text, at, what, advice, parser->error);
    return false;
}

static bool fail_placeholder(const struct parser *parser, const char *at, const char *name)
{
    g_autofree char *shown = text_replace_unprintable(name, MAX_NAME);
    g_autofree char *what = g_strdup_printf(_("an unknown placeholder {%s}"), shown);
    g_autofree char *nearest = placeholder_nearest(name);
    g_autofree char *advice = nearest ? g_strdup_printf(_("did you mean {%s}?"), nearest)
                                      : g_strdup(_("usageline-template(7) has all"));

    return fail(parser, at, what, advice);
}

static bool fail_condition(const struct parser *parser, const char *at, const char *name)
{
    g_autofree char *shown = text_replace_unprintable(name, MAX_NAME);
    g_autofree char *what = g_strdup_printf(_("an unknown condition {?%s}"), shown);
    g_autofree char *nearest = condition_nearest(name);
    g_autofree char *advice = nearest ? g_strdup_printf(_("did you mean {?%s}?"), nearest)
                                      : g_strdup(_("usageline-template(7) has all"));

    return fail(parser, at, what, advice);
}

static bool fail_argument(const struct parser *parser, const char *at, const char *name,
                          const char *wanted)
{
    g_autofree char *what = g_strdup_printf(_("a wrong argument of {%s}"), name);

    return fail(parser, at, what, _(wanted));
}

static void flush(GString *literal, struct canvas *canvas)
{
    if (canvas)
        canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, literal->str);
    g_string_truncate(literal, 0);
}

/* {NAME} or {NAME:ARGUMENT} */
static bool parse_placeholder(struct parser *parser, struct canvas *canvas)
{
    const char *begin = parser->p, *end = strpbrk(begin + 1, "{}");
    struct placeholder placeholder;
    const char *wanted;

    if (!end || *end == '{')
        return fail(parser, begin, _("a { without its }"), BRACES);
    g_autofree char *name = g_strndup(begin + 1, (gsize)(end - begin - 1));
    char *argument = strchr(name, ':');
    if (argument)
        *argument++ = '\0';
    if (!placeholder_find(name, argument, &placeholder, &wanted))
        return fail_placeholder(parser, begin, name);
    if (wanted)
        return fail_argument(parser, begin + 1 + (argument - name), name, wanted);
    if (canvas)
        placeholder_draw(&placeholder, parser->view, canvas);
    parser->p = end + 1;
    return true;
}

/* The word after "{?", and the space that parts it from the text. */
static bool parse_condition(struct parser *parser, bool *holds)
{
    const char *begin = parser->p, *word = begin + strlen("{?");
    g_autofree char *name = g_strndup(word, strcspn(word, " |{}\n"));

    if (name[0] == '\0')
        return fail(parser, begin, _("a section without a condition"),
                    _("write {?weekly text} or {?weekly text|otherwise}"));
    if (!condition_find(name, parser->view, holds))
        return fail_condition(parser, begin, name);
    if (strcmp(name, "refreshing") == 0)
        parser->tells_refreshing = true;
    parser->p = word + strlen(name);
    if (*parser->p == ' ')
        parser->p++;
    return true;
}

/* {?COND text} or {?COND text|otherwise}; what is not drawn is checked. */
static bool parse_section(struct parser *parser, int depth, struct canvas *canvas)
{
    const char *begin = parser->p;
    bool holds;

    if (depth > MAX_DEPTH)
        return fail(parser, begin, _("too many sections in one another"),
                    _("eight is the most that can be"));
    if (!parse_condition(parser, &holds) || !parse_text(parser, depth, holds ? canvas : NULL))
        return false;
    if (*parser->p == '|') {
        parser->p++;
        if (!parse_text(parser, depth, holds ? NULL : canvas))
            return false;
    }
    if (*parser->p == '|')
        return fail(parser, parser->p, _("a second | in a section"),
                    _("write || for the character"));
    if (*parser->p != '}')
        return fail(parser, begin, _("a section {? without its }"), BRACES);
    parser->p++;
    return true;
}

/* Whether the braces here are a pair that stands for one. Within sections they are the ends of
 * these, unless there are more braces than open sections. */
static bool is_brace_itself(const char *p, int depth)
{
    gsize count = strspn(p, "}");

    return count >= 2 && count > (gsize)depth;
}

/* Whether the text of a section, which is as deep as that, ends here. */
static bool is_end(const char *p, int depth)
{
    if (*p == '\0' || depth == 0)
        return *p == '\0';
    return (p[0] == '|' && p[1] != '|') || (p[0] == '}' && !is_brace_itself(p, depth));
}

/* What begins with a brace, or is one. */
static bool parse_brace(struct parser *parser, int depth, GString *literal, struct canvas *canvas)
{
    const char *p = parser->p;

    if (g_str_has_prefix(p, "{{") || (*p == '}' && is_brace_itself(p, depth))) {
        g_string_append_c(literal, *p);
        parser->p += 2;
        return true;
    }
    if (*p == '}')
        return fail(parser, p, _("a } without its {"), BRACES);
    flush(literal, canvas);
    return p[1] == '?' ? parse_section(parser, depth + 1, canvas)
                       : parse_placeholder(parser, canvas);
}

/* Up to the end of the template, or of this part of a section. Draws nothing if `canvas` is NULL.
 */
static bool parse_text(struct parser *parser, int depth, struct canvas *canvas)
{
    g_autoptr(GString) literal = g_string_new(NULL);

    while (!is_end(parser->p, depth)) {
        const char *p = parser->p;

        if (*p == '{' || *p == '}') {
            if (!parse_brace(parser, depth, literal, canvas))
                return false;
        } else if (*p == '\n' || g_str_has_prefix(p, "\\n")) {
            flush(literal, canvas);
            if (canvas)
                canvas_break(canvas);
            parser->p += *p == '\n' ? 1 : 2;
        } else {
            g_string_append_c(literal, *p);
            parser->p += depth > 0 && *p == '|' ? 2 : 1; /* it is a pair, else it were the end */
        }
    }
    flush(literal, canvas);
    return true;
}

/* One that is longer was not written by hand, and each drawing would take its time. */
static bool is_too_long(const char *text, GError **error)
{
    if (strlen(text) <= MAX_BYTES)
        return false;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("the format is longer than %d bytes"),
                MAX_BYTES);
    return true;
}

bool template_render(const char *text, const struct view *view, struct canvas *canvas,
                     GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    struct parser parser = {.text = valid, .p = valid, .view = view, .error = error};

    return template_check(text, error) && parse_text(&parser, 0, canvas);
}

bool template_check(const char *text, GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    struct parser parser = {.text = valid, .p = valid, .error = error};

    return !is_too_long(valid, error) && parse_text(&parser, 0, NULL);
}

bool template_tells_refreshing(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    struct parser parser = {.text = valid, .p = valid};

    return parse_text(&parser, 0, NULL) && parser.tells_refreshing;
}
