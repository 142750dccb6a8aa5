#!/bin/sh
# Takes the texts of the code over into usageline.pot and each LANGUAGE.po. Run from the top folder.
set -eu

git ls-files --cached --others --exclude-standard '*.c' ':!tests' ':!benchmarks' | sort |
    xgettext --files-from=- --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ \
        --keyword=ngettext:1,2 --add-comments=Translators --sort-by-file --no-wrap \
        --add-location=file \
        --package-name=usageline --output=po/usageline.pot
sed -i '/^"POT-Creation-Date:/d' po/usageline.pot
for catalogue in po/*.po; do
    msgmerge --quiet --update --backup=none --no-wrap --sort-by-file --add-location=file "$catalogue" po/usageline.pot
done
