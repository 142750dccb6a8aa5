#include "cli/base/help.h"

#include "common/base/text.h"

void help_row(FILE *stream, guint columns, const char *term, const char *text)
{
    guint width = text_columns(term);

    fprintf(stream, "  %s%*s %s\n", term, (int)(width < columns ? columns - width : 0), "", text);
}
