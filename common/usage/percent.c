#include "common/usage/percent.h"

#include <glib.h>
#include <math.h>

double percent_round(double percent)
{
    double whole = round(percent);

    return whole >= 100 && percent < 100 ? 99 : whole;
}

char *percent_format(double percent)
{
    return isnan(percent) ? g_strdup("–") : g_strdup_printf("%.0f", percent_round(percent));
}
