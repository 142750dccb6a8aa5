#!/bin/sh
# Writes the texts of the code, marked by _(), N_() and ngettext(), to a file. Run from the top
# folder: po/extract.sh OUTPUT
set -eu

find cli common i3blocks plugins polybar waybar -name '*.c' | LC_ALL=C sort |
    xgettext --files-from=- --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ \
        --keyword=ngettext:1,2 --add-comments=Translators --sort-by-file --no-wrap \
        --add-location=file --package-name=usageline --output="$1"
sed -i '/^"POT-Creation-Date:/d' "$1"
