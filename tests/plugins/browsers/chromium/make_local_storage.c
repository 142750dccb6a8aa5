/* Makes localStorage for the benchmark: make-local-storage FOLDER BYTES [TOKEN] */
#include "tests/plugins/browsers/chromium/level_maker.h"

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    level_fill(argv[1], (gsize)g_ascii_strtoull(argv[2], NULL, 10));
    if (argc > 3)
        level_make(argv[1], &(struct level_item){.text = argv[3]}, 1, false);
    return 0;
}
