#!/bin/sh
# Takes the texts of the code over into usageline.pot and each LANGUAGE.po. Run from the top folder.
set -eu

po/extract.sh po/usageline.pot
for catalogue in po/*.po; do
    msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap --sort-by-file \
        --add-location=file "$catalogue" po/usageline.pot
done
