#include "common/draw/template.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"
#include "common/draw/template_internal.h"

#include <string.h>

#define MAX_BYTES 4096
#define MAX_DEPTH 8  /* sections in one another */
#define MAX_NAME  40 /* characters of a wrong name that an error shows */

#define BRACES _("write {{ or }} for a brace itself")

/* Columns of a template that an error shows on either side of the mistake. */
#define AROUND 30

enum template_node_type {
    NODE_TEXT,
    NODE_BREAK,
    NODE_PLACEHOLDER,
    NODE_SECTION,
};

struct template_node {
    enum template_node_type type;
    char *text;
    struct placeholder placeholder;
    struct condition condition;
    GPtrArray *nodes, *otherwise; /* of a section: what is drawn if the condition holds, and if not;
                                   * NULL: nothing */
};

struct template_parser {
    const char *p; /* how far the text has been read */
    struct template *template;
    GError **error;
};

static bool template_parse_nodes(struct template_parser *parser, int depth, GPtrArray **nodes);

static void template_node_free(struct template_node *node)
{
    g_free(node->text);
    g_clear_pointer(&node->nodes, g_ptr_array_unref);
    g_clear_pointer(&node->otherwise, g_ptr_array_unref);
    g_free(node);
}

void template_free(struct template *template)
{
    if (!template)
        return;
    g_free(template->text);
    g_clear_pointer(&template->nodes, g_ptr_array_unref);
    g_free(template);
}

static struct template_node *template_add_node(GPtrArray *nodes, enum template_node_type type)
{
    struct template_node *node = g_new0(struct template_node, 1);

    node->type = type;
    g_ptr_array_add(nodes, node);
    return node;
}

/* The text from `begin` to `end` on one line. The caller frees it. */
static char *template_copy_part(const char *begin, const char *end)
{
    g_autofree char *part = g_strndup(begin, (gsize)(end - begin));

    return text_replace_unprintable(part, strlen(part));
}

static guint template_count_columns(const char *begin, const char *end)
{
    g_autofree char *part = template_copy_part(begin, end);

    return text_columns(part);
}

/* "  …plate before {wrong} and aft…", and below it a line with a caret under `at`. */
static char *template_show_place(const char *text, const char *at)
{
    const char *begin = at, *end = at;

    while (begin > text && template_count_columns(g_utf8_prev_char(begin), at) <= AROUND)
        begin = g_utf8_prev_char(begin);
    while (*end != '\0' && template_count_columns(at, g_utf8_next_char(end)) <= AROUND)
        end = g_utf8_next_char(end);
    g_autofree char *part = template_copy_part(begin, end);
    const char *cut = begin > text ? "…" : "";
    guint indent = text_columns(cut) + template_count_columns(begin, at);

    return g_strdup_printf("  %s%s%s\n  %*s^", cut, part, *end != '\0' ? "…" : "", (int)indent, "");
}

/* Sets the error "the format has WHAT at character N; ADVICE", with the place. Always false. */
static bool template_fail(const struct template_parser *parser, const char *at, const char *what,
                          const char *advice)
{
    const char *text = parser->template->text;
    g_autofree char *place = template_show_place(text, at);
    long number = g_utf8_strlen(text, at - text) + 1;

    g_set_error(parser->error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("the format has %s at character %ld; %s\n%s"), what, number, advice, place);
    return false;
}

/* `is_condition`: it is the name of a condition, else of a placeholder. */
static bool template_fail_unknown(const struct template_parser *parser, const char *at,
                                  const char *name, bool is_condition)
{
    g_autofree char *meant = template_nearest(name, is_condition);
    g_autofree char *shown = text_replace_unprintable(name, MAX_NAME);
    g_autofree char *what = is_condition ? g_strdup_printf(_("an unknown condition {?%s}"), shown)
                                         : g_strdup_printf(_("an unknown placeholder {%s}"), shown);
    g_autofree char *advice = !meant         ? g_strdup(_("usageline-template(7) has all"))
                              : is_condition ? g_strdup_printf(_("did you mean {?%s}?"), meant)
                                             : g_strdup_printf(_("did you mean {%s}?"), meant);

    return template_fail(parser, at, what, advice);
}

/* {NAME} or {NAME:ARGUMENT} */
static bool template_parse_placeholder(struct template_parser *parser, GPtrArray *nodes)
{
    const char *begin = parser->p, *end = strpbrk(begin + 1, "{}");
    struct template_node *node;
    const char *wanted;

    if (!end || *end == '{')
        return template_fail(parser, begin, _("a { without its }"), BRACES);
    g_autofree char *name = g_strndup(begin + 1, (gsize)(end - begin - 1));
    char *argument = strchr(name, ':');
    if (argument)
        *argument++ = '\0';
    node = template_add_node(nodes, NODE_PLACEHOLDER);
    if (!placeholder_find(name, argument, &node->placeholder, &wanted))
        return template_fail_unknown(parser, begin, name, false);
    parser->p = end + 1;
    if (!wanted)
        return true;
    g_autofree char *what = g_strdup_printf(_("a wrong argument of {%s}"), name);
    return template_fail(parser, begin + 1 + (argument - name), what, _(wanted));
}

/* The word after "{?", and the space that parts it from the text. */
static bool template_parse_condition(struct template_parser *parser, struct condition *condition)
{
    const char *begin = parser->p, *word = begin + strlen("{?");
    g_autofree char *name = g_strndup(word, strcspn(word, " |{}\n"));

    if (name[0] == '\0')
        return template_fail(parser, begin, _("a section without a condition"),
                             _("write {?weekly text} or {?weekly text|otherwise}"));
    if (!condition_find(name, condition))
        return template_fail_unknown(parser, begin, name, true);
    if (condition->type == CONDITION_REFRESHING)
        parser->template->uses_refreshing = true;
    parser->p = word + strlen(name);
    if (*parser->p == ' ')
        parser->p++;
    return true;
}

/* {?COND text} or {?COND text|otherwise} */
static bool template_parse_section(struct template_parser *parser, int depth, GPtrArray *nodes)
{
    struct template_node *section = template_add_node(nodes, NODE_SECTION);
    const char *begin = parser->p;

    if (depth > MAX_DEPTH)
        return template_fail(parser, begin, _("too many sections in one another"),
                             _("eight is the most that can be"));
    if (!template_parse_condition(parser, &section->condition) ||
        !template_parse_nodes(parser, depth, &section->nodes))
        return false;
    if (*parser->p == '|') {
        parser->p++;
        if (!template_parse_nodes(parser, depth, &section->otherwise))
            return false;
    }
    if (*parser->p == '|')
        return template_fail(parser, parser->p, _("a second | in a section"),
                             _("write || for the character"));
    if (*parser->p != '}')
        return template_fail(parser, begin, _("a section {? without its }"), BRACES);
    parser->p++;
    return true;
}

/* Whether the braces here are a pair that stands for one. Within sections they end these, unless
 * there are more braces than open sections. */
static bool template_is_escaped_brace(const char *p, int depth)
{
    gsize count = strspn(p, "}");

    return count >= 2 && count > (gsize)depth;
}

/* Whether the template ends here, or the text of a section which is as deep as that. */
static bool template_is_end(const char *p, int depth)
{
    if (*p == '\0' || depth == 0)
        return *p == '\0';
    return (p[0] == '|' && p[1] != '|') || (p[0] == '}' && !template_is_escaped_brace(p, depth));
}

/* Makes a node of the text so far. */
static void template_flush(GString *text, GPtrArray *nodes)
{
    if (text->len > 0)
        template_add_node(nodes, NODE_TEXT)->text = g_strndup(text->str, text->len);
    g_string_truncate(text, 0);
}

/* A placeholder, a section, or a pair of braces that stands for one. */
static bool template_parse_brace(struct template_parser *parser, int depth, GString *text,
                                 GPtrArray *nodes)
{
    const char *p = parser->p;

    if (g_str_has_prefix(p, "{{") || (*p == '}' && template_is_escaped_brace(p, depth))) {
        g_string_append_c(text, *p);
        parser->p += 2;
        return true;
    }
    if (*p == '}')
        return template_fail(parser, p, _("a } without its {"), BRACES);
    template_flush(text, nodes);
    return p[1] == '?' ? template_parse_section(parser, depth + 1, nodes)
                       : template_parse_placeholder(parser, nodes);
}

/* Parses up to the end of the template, or of this part of a section. `nodes` is set also if that
 * fails. */
static bool template_parse_nodes(struct template_parser *parser, int depth, GPtrArray **nodes)
{
    g_autoptr(GString) text = g_string_new(NULL);

    *nodes = g_ptr_array_new_with_free_func((GDestroyNotify)template_node_free);
    while (!template_is_end(parser->p, depth)) {
        const char *p = parser->p;

        if (*p == '{' || *p == '}') {
            if (!template_parse_brace(parser, depth, text, *nodes))
                return false;
        } else if (*p == '\n' || g_str_has_prefix(p, "\\n")) {
            template_flush(text, *nodes);
            template_add_node(*nodes, NODE_BREAK);
            parser->p += *p == '\n' ? 1 : 2;
        } else {
            g_string_append_c(text, *p);
            /* A single | would have been the end of this part. */
            parser->p += depth > 0 && *p == '|' ? 2 : 1;
        }
    }
    template_flush(text, *nodes);
    return true;
}

struct template *template_parse(const char *text, GError **error)
{
    autoptr(template) template = g_new0(struct template, 1);
    struct template_parser parser = {.template = template, .error = error};

    parser.p = template->text = g_utf8_make_valid(text, -1);
    /* A longer one was not written by hand, and each drawing would take its time. */
    if (strlen(template->text) > MAX_BYTES)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("the format is longer than %d bytes"),
                    MAX_BYTES);
    else if (template_parse_nodes(&parser, 0, &template->nodes))
        return g_steal_pointer(&template);
    return NULL;
}

static void template_draw_nodes(const GPtrArray *nodes, const struct view *view,
                                struct canvas *canvas)
{
    for (guint i = 0; nodes && i < nodes->len; i++) {
        const struct template_node *node = nodes->pdata[i];

        switch (node->type) {
        case NODE_TEXT:
            canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, node->text);
            break;
        case NODE_BREAK:
            canvas_break(canvas);
            break;
        case NODE_PLACEHOLDER:
            placeholder_draw(&node->placeholder, view, canvas);
            break;
        case NODE_SECTION:
            template_draw_nodes(condition_holds(&node->condition, view) ? node->nodes
                                                                        : node->otherwise,
                                view, canvas);
            break;
        }
    }
}

void template_draw(const struct template *template, const struct view *view, struct canvas *canvas)
{
    template_draw_nodes(template->nodes, view, canvas);
}
