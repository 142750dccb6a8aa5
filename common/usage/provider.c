#include "common/usage/provider.h"

#include "common/base/i18n.h"
#include "common/base/process.h"
#include "common/base/text.h"

#include <string.h>

#define EXIT_UNKNOWN_OPTION 2

char **provider_list(const struct paths *paths)
{
    GPtrArray *ids = g_ptr_array_new();

    for (char **folder = paths->plugin_folders; *folder; folder++) {
        g_autoptr(GDir) dir = g_dir_open(*folder, 0, NULL); /* NULL: it does not exist */
        const char *name;

        while (dir && (name = g_dir_read_name(dir))) {
            const char *id = name + strlen(PROVIDER_PREFIX);
            if (g_str_has_prefix(name, PROVIDER_PREFIX) && provider_id_is_valid(id) &&
                !g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL))
                g_ptr_array_add(ids, g_strdup(id));
        }
    }
    g_ptr_array_sort(ids, text_compare);
    g_ptr_array_add(ids, NULL);
    return (char **)g_ptr_array_free(ids, FALSE);
}

/* Sets the error that there is no such provider. */
static void provider_refuse(const struct paths *paths, const char *id, const char *why,
                            GError **error)
{
    g_auto(GStrv) ids = provider_list(paths);
    g_autoptr(GPtrArray) words = g_ptr_array_new();

    for (char **one = ids; *one; one++)
        g_ptr_array_add(words, *one);
    if (text_nearest(id, words))
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("there is no provider \"%s\"; did you mean \"%s\"?"), id,
                    text_nearest(id, words));
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("there is no provider \"%s\": %s. `usageline config providers` lists those "
                      "that are there"),
                    id, why);
}

char *provider_find(const struct paths *paths, const char *id, GError **error)
{
    g_autofree char *name = g_strconcat(PROVIDER_PREFIX, id, NULL);
    /* A path with "../" in it could lead out of the folders. */
    bool is_valid = provider_id_is_valid(id);
    g_autoptr(GError) problem = NULL;
    char *path = is_valid ? paths_find_plugin(paths, name, &problem) : NULL;

    if (!path && error)
        provider_refuse(paths, id, is_valid ? problem->message : _("that can't be an id"), error);
    return path;
}

static bool provider_run(const struct paths *paths, const char *id, const char *const arguments[],
                         bool verbose, struct process_result *result, GError **error)
{
    const struct process_limits limits = {
        .max_bytes = ANSWER_MAX_BYTES, .deadline = PROVIDER_DEADLINE, .inherit_stderr = verbose};
    g_autofree char *path = provider_find(paths, id, error);
    const char *const argv[] = {path, arguments[0], arguments[0] ? arguments[1] : NULL, NULL};

    if (!path) {
        result->output = g_string_new(NULL);
        return false;
    }
    return process_run(argv, NULL, limits, result, error);
}

/* No document, or an exit status that contradicts it, is a failure of the provider. */
static void provider_judge_result(const char *id, const struct process_result *result,
                                  struct answer *answer)
{
    if (result->output->len == 0 || (result->status != 0 && result->status != 1)) {
        answer->error =
            g_error_new(USAGE_ERROR, USAGE_ERROR_INTERNAL,
                        result->output->len == 0
                            ? _("usageline-provider-%s said nothing and ended with status %d")
                            : _("usageline-provider-%s failed and ended with status %d"),
                        id, result->status);
        return;
    }
    answer_parse(answer, id, result->output->str, result->output->len);
    if (answer->snapshot && result->status != 0) {
        answer_clear(answer);
        answer->error = g_error_new(
            USAGE_ERROR, USAGE_ERROR_INTERNAL,
            _("usageline-provider-%s gave an answer but ended with status %d"), id, result->status);
    }
}

/* Returns whether it refuses the arguments. */
static bool provider_ask_with(const struct paths *paths, const char *id,
                              const char *const arguments[], bool verbose, struct answer *answer)
{
    struct process_result result = {0};
    bool is_refused;

    *answer = (struct answer){0};
    if (provider_run(paths, id, arguments, verbose, &result, &answer->error))
        provider_judge_result(id, &result, answer);
    is_refused = result.status == EXIT_UNKNOWN_OPTION && result.output->len == 0;
    g_string_free(result.output, TRUE);
    return is_refused;
}

void provider_ask(const struct paths *paths, const char *id, const char *source, bool verbose,
                  struct answer *answer)
{
    const char *const arguments[] = {source ? "--source" : NULL, source};

    if (!provider_ask_with(paths, id, arguments, verbose, answer) || !source)
        return;
    answer_clear(answer);
    answer->error = g_error_new(USAGE_ERROR, USAGE_ERROR_CONFIG,
                                _("provider \"%s\" does not let a source be chosen"), id);
}

void provider_pretend(const struct paths *paths, const char *id, const char *state,
                      struct answer *answer)
{
    const char *const arguments[] = {"--state", state};

    provider_ask_with(paths, id, arguments, false, answer);
}

struct json *provider_question(const struct paths *paths, const char *id, const char *question,
                               GError **error)
{
    const char *const arguments[] = {question, NULL};
    struct process_result result = {0};
    struct json *json = NULL;
    bool has_run = provider_run(paths, id, arguments, false, &result, error);

    if (has_run && result.status == 0 && result.output->len > 0)
        json = json_parse(result.output->str, result.output->len, JSON_STRICT, error);
    else if (has_run)
        g_set_error(
            error, USAGE_ERROR,
            result.status == EXIT_UNKNOWN_OPTION ? USAGE_ERROR_CONFIG : USAGE_ERROR_INTERNAL,
            _("usageline-provider-%s does not answer %s (status %d)"), id, question, result.status);
    g_string_free(result.output, TRUE);
    return json;
}

bool provider_check_id(const char *id, GError **error)
{
    if (provider_id_is_valid(id))
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("\"%s\" can't be the id of a provider"),
                id);
    return false;
}
