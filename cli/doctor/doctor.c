/* usageline doctor: finds out why the bar shows "Kimi !". */
#include "cli/doctor/doctor.h"

#include "cli/base/command.h"
#include "cli/base/options.h"
#include "cli/base/output.h"
#include "common/base/i18n.h"
#include "common/base/json_writer.h"
#include "common/draw/canvas.h"
#include "common/draw/markup.h"

#include <stdio.h>

#define COLUMNS 92 /* in which text is read well */

static void finding_free(struct finding *finding)
{
    g_free(finding->text);
    g_free(finding);
}

void doctor_note(const struct doctor *doctor, enum finding_status status, const char *format, ...)
{
    struct finding *finding = g_new0(struct finding, 1);
    va_list arguments;

    va_start(arguments, format);
    finding->text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    finding->section = doctor->section;
    finding->status = status;
    g_ptr_array_add(doctor->findings, finding);
}

static const struct {
    const char *name;
    const char *mark;
    enum role role;
} statuses[] = {
    [FINDING_GOOD] = {"good", "✓", ROLE_OK},
    [FINDING_NOTE] = {"note", "·", ROLE_DIM},
    [FINDING_BAD] = {"bad", "✗", ROLE_ERROR},
};

/* Headings are translated, except in JSON. */
static const char *const sections[] = {
    N_("configuration"), N_("provider"), N_("sources"), N_("network"),
    N_("browsers"),      N_("store"),    N_("bars"),    NULL};

static const char *doctor_heading(const char *section)
{
    return g_strv_contains(sections, section) ? _(section) : section;
}

static bool doctor_is_healthy(const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->status == FINDING_BAD)
            return false;
    }
    return true;
}

static void doctor_print_json(const GPtrArray *findings)
{
    struct json_writer *writer = json_writer_new(TRUE);

    json_open_object(writer, NULL);
    json_put_boolean(writer, "healthy", doctor_is_healthy(findings));
    json_open_array(writer, "findings");
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];

        json_open_object(writer, NULL);
        json_put_string(writer, "section", finding->section);
        json_put_string(writer, "status", statuses[finding->status].name);
        json_put_string(writer, "text", finding->text);
        json_close_object(writer);
    }
    json_close_array(writer);
    json_close_object(writer);
    g_autofree char *text = json_writer_finish(writer);
    fputs(text, stdout);
}

/* The mark goes in front of the first line of the finding. */
static void doctor_draw_finding(const struct finding *finding, struct canvas *canvas)
{
    g_auto(GStrv) lines = g_strsplit(finding->text, "\n", -1);
    enum role role = finding->status == FINDING_NOTE ? ROLE_DIM : ROLE_NORMAL;

    for (char **line = lines; *line; line++) {
        canvas_break(canvas);
        canvas_add_format(canvas, statuses[finding->status].role, SPAN_PLAIN, "  %s ",
                          line == lines ? statuses[finding->status].mark : " ");
        canvas_add(canvas, role, SPAN_PLAIN, *line);
    }
}

static void doctor_print_text(const struct context *context, const GPtrArray *findings)
{
    struct palette palette = config_terminal_palette(context->config);
    autoptr(canvas) canvas = canvas_new();
    const char *section = NULL;
    bool rich = output_is_rich(context);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];

        if (g_strcmp0(section, finding->section) != 0) {
            if (section)
                canvas_break(canvas);
            canvas_add(canvas, ROLE_ACCENT, SPAN_BOLD, doctor_heading(finding->section));
            section = finding->section;
        }
        doctor_draw_finding(finding, canvas);
    }
    canvas_break(canvas);
    canvas_add_lines(canvas, ROLE_NORMAL,
                     doctor_is_healthy(findings) ? _("\nAll is well.")
                                                 : _("\nSomething is wrong: see ✗ above."));
    autoptr(canvas) wrapped = canvas_wrap(canvas, MIN(output_columns(stdout), COLUMNS));
    g_autofree char *text =
        markup_render(wrapped, rich ? &markup_ansi : &markup_plain, rich ? &palette : NULL);
    puts(text);
}

static GPtrArray *doctor_examine(const struct context *context)
{
    struct doctor doctor = {
        .context = context,
        .provider = context_provider(context, NULL),
        .findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free),
    };

    doctor_check_configuration(&doctor);
    if (doctor.provider) {
        doctor_check_provider(&doctor);
        doctor_check_browsers(&doctor);
        doctor_check_store(&doctor);
    } else {
        doctor.section = "provider";
        doctor_note(&doctor, FINDING_BAD,
                    _("none is enabled; `usageline config providers` lists those that are there"));
    }
    doctor_check_bars(&doctor);
    return doctor.findings;
}

int command_doctor(struct context *context, int argc, char **argv)
{
    gboolean json = FALSE;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the findings as JSON"), NULL}, {0}};
    const struct command_line line = {
        .command = "doctor",
        .summary =
            N_("Looks at all that a line depends on, and says what is wrong. Asks the service "
               "whether it can be reached, without a credential."),
        .options = {entries, &json},
    };
    g_autoptr(GError) error = NULL;

    if (!options_parse(&line, &argc, &argv, &error)) {
        output_report(error);
        return EXIT_USAGE;
    }
    g_autoptr(GPtrArray) findings = doctor_examine(context);
    if (json)
        doctor_print_json(findings);
    else
        doctor_print_text(context, findings);
    return doctor_is_healthy(findings) ? 0 : EXIT_FAILED;
}
