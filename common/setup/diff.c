#include "common/setup/diff.h"

#include <stdbool.h>
#include <string.h>

#define CONTEXT 3 /* lines */

/* Beyond so many different lines the middle is told as replaced: the search needs their square. */
#define MAX_DISTANCE 1000

struct line {
    const char *text;
    gsize length; /* with its line break */
};

struct texts {
    GArray *before; /* of struct line */
    GArray *after;
    /* For each line whether it is in that text alone. */
    bool *is_removed;
    bool *is_added;
};

static GArray *split(const char *text)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct line));

    while (*text != '\0') {
        const char *end = strchr(text, '\n');
        struct line line = {text, end ? (gsize)(end - text) + 1 : strlen(text)};

        g_array_append_val(lines, line);
        text += line.length;
    }
    return lines;
}

static bool is_same(const struct texts *texts, int old_line, int new_line)
{
    struct line a = g_array_index(texts->before, struct line, old_line);
    struct line b = g_array_index(texts->after, struct line, new_line);

    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* The part that differs: what is equal at the beginning and at the end is left out. */
struct window {
    int old_begin, old_end;
    int new_begin, new_end;
};

static struct window find_window(const struct texts *texts)
{
    struct window window = {0, (int)texts->before->len, 0, (int)texts->after->len};

    while (window.old_begin < window.old_end && window.new_begin < window.new_end &&
           is_same(texts, window.old_begin, window.new_begin)) {
        window.old_begin++;
        window.new_begin++;
    }
    while (window.old_begin < window.old_end && window.new_begin < window.new_end &&
           is_same(texts, window.old_end - 1, window.new_end - 1)) {
        window.old_end--;
        window.new_end--;
    }
    return window;
}

/* Myers, "An O(ND) Difference Algorithm" (1986): furthest[k] is how far into the old text the best
 * path with so many changes comes on the diagonal k. */
static int furthest_start(const int *furthest, int k, int distance)
{
    bool down = k == -distance || (k != distance && furthest[k - 1] < furthest[k + 1]);

    return down ? furthest[k + 1] : furthest[k - 1] + 1;
}

/* The states of the search before each step, as long as it took; NULL if it took too long. */
static GPtrArray *search(const struct texts *texts, struct window window)
{
    const int width = window.old_end - window.old_begin;
    const int height = window.new_end - window.new_begin;
    const int max = MIN(width + height, MAX_DISTANCE);
    g_autofree int *state = g_new0(int, 2 * max + 3);
    int *furthest = state + max + 1;
    g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func(g_free);

    for (int distance = 0; distance <= max; distance++) {
        int *copy = g_new(int, 2 * distance + 3);

        memcpy(copy, furthest - distance - 1, (gsize)(2 * distance + 3) * sizeof(int));
        g_ptr_array_add(states, copy);
        for (int k = -distance; k <= distance; k += 2) {
            int x = distance == 0 ? 0 : furthest_start(furthest, k, distance);

            while (x < width && x - k < height &&
                   is_same(texts, window.old_begin + x, window.new_begin + x - k))
                x++;
            furthest[k] = x;
            if (x >= width && x - k >= height)
                return g_steal_pointer(&states);
        }
    }
    return NULL;
}

static void mark_all(struct texts *texts, struct window window)
{
    for (int i = window.old_begin; i < window.old_end; i++)
        texts->is_removed[i] = true;
    for (int i = window.new_begin; i < window.new_end; i++)
        texts->is_added[i] = true;
}

static void compare(struct texts *texts)
{
    struct window window = find_window(texts);
    int x = window.old_end - window.old_begin, y = window.new_end - window.new_begin;
    g_autoptr(GPtrArray) states = x > 0 && y > 0 ? search(texts, window) : NULL;

    if (!states) {
        mark_all(texts, window);
        return;
    }
    /* Back from the end, along the way that the search came. */
    for (int distance = (int)states->len - 1; distance > 0; distance--) {
        const int *furthest = (const int *)states->pdata[distance] + distance + 1;
        int k = x - y;
        bool down = k == -distance || (k != distance && furthest[k - 1] < furthest[k + 1]);
        int from = down ? furthest[k + 1] : furthest[k - 1];

        y = down ? from - (k + 1) : from - (k - 1);
        x = from;
        if (down)
            texts->is_added[window.new_begin + y] = true;
        else
            texts->is_removed[window.old_begin + x] = true;
    }
}

/* A line of the diff; `mark` is ' ', '-' or '+'. */
struct step {
    char mark;
    struct line line;
};

static GArray *make_steps(const struct texts *texts)
{
    GArray *steps = g_array_new(FALSE, FALSE, sizeof(struct step));
    guint i = 0, j = 0;

    while (i < texts->before->len || j < texts->after->len) {
        struct step step = {.mark = ' '};

        if (i < texts->before->len && texts->is_removed[i])
            step.mark = '-';
        else if (j < texts->after->len && texts->is_added[j])
            step.mark = '+';
        step.line = step.mark == '+' ? g_array_index(texts->after, struct line, j)
                                     : g_array_index(texts->before, struct line, i);
        i += step.mark != '+';
        j += step.mark != '-';
        g_array_append_val(steps, step);
    }
    return steps;
}

static char mark_at(const GArray *steps, guint index)
{
    return g_array_index(steps, struct step, index).mark;
}

/* The end of the hunk whose first change is at `begin`: where only equal lines follow for longer
 * than the context of two hunks. */
static guint find_end(const GArray *steps, guint begin)
{
    guint last = begin;

    for (guint i = begin; i < steps->len && i - last <= 2 * CONTEXT + 1; i++) {
        if (mark_at(steps, i) != ' ')
            last = i;
    }
    return MIN(last + 1 + CONTEXT, steps->len);
}

static void put_line(GString *diff, struct step step)
{
    g_string_append_c(diff, step.mark);
    g_string_append_len(diff, step.line.text, (gssize)step.line.length);
    if (step.line.text[step.line.length - 1] != '\n')
        g_string_append(diff, "\n\\ No newline at end of file\n");
}

/* A side that has no lines begins at the line before. */
static void put_range(GString *diff, char mark, guint skipped, guint count)
{
    g_string_append_printf(diff, " %c%u,%u", mark, count > 0 ? skipped + 1 : skipped, count);
}

static void put_hunks(GString *diff, const GArray *steps)
{
    guint done = 0, old_line = 0, new_line = 0;

    for (guint i = 0; i < steps->len; i++) {
        if (mark_at(steps, i) == ' ')
            continue;
        guint begin = MAX(done, i > CONTEXT ? i - CONTEXT : 0), end = find_end(steps, i);
        guint old_count = 0, new_count = 0;

        old_line += begin - done;
        new_line += begin - done;
        for (guint j = begin; j < end; j++) {
            old_count += mark_at(steps, j) != '+';
            new_count += mark_at(steps, j) != '-';
        }
        g_string_append(diff, "@@");
        put_range(diff, '-', old_line, old_count);
        put_range(diff, '+', new_line, new_count);
        g_string_append(diff, " @@\n");
        for (guint j = begin; j < end; j++)
            put_line(diff, g_array_index(steps, struct step, j));
        old_line += old_count;
        new_line += new_count;
        done = end;
        i = end - 1;
    }
}

char *diff_unified(const char *old_name, const char *new_name, const char *before,
                   const char *after)
{
    g_autoptr(GArray) old_lines = split(before);
    g_autoptr(GArray) new_lines = split(after);
    g_autofree bool *is_removed = g_new0(bool, old_lines->len + 1);
    g_autofree bool *is_added = g_new0(bool, new_lines->len + 1);
    struct texts texts = {old_lines, new_lines, is_removed, is_added};
    GString *diff = g_string_new(NULL);

    compare(&texts);
    g_autoptr(GArray) steps = make_steps(&texts);
    if (strcmp(before, after) != 0)
        g_string_append_printf(diff, "--- %s\n+++ %s\n", old_name, new_name);
    put_hunks(diff, steps);
    return g_string_free(diff, FALSE);
}
