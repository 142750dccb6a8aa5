/* Checks which bars are installed, and whether their configuration mentions usageline. */
#include "cli/base/adapters.h"
#include "cli/doctor/doctor.h"
#include "common/base/i18n.h"
#include "common/setup/bar_setup.h"

#define SECTION "bars"

void doctor_check_bars(GPtrArray *findings)
{
    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        g_autofree char *program = g_find_program_in_path((*adapter)->program);
        g_autofree char *use =
            setup_places_find_mention((*adapter)->setup->places, (*adapter)->name, NULL);

        if (use)
            doctor_note(findings, SECTION, FINDING_GOOD, _("%s: usageline is in %s"),
                        (*adapter)->name, use);
        else if (program)
            doctor_note(findings, SECTION, FINDING_NOTE,
                        _("%s is installed, but its configuration does not mention usageline"),
                        (*adapter)->name);
        else
            doctor_note(findings, SECTION, FINDING_NOTE, _("%s is not installed"),
                        (*adapter)->name);
    }
}
