#!/bin/sh
# Builds all fuzzing targets and runs each for so many seconds (20), two at a time:
#
#   tests/fuzz/run.sh [SECONDS] [TARGET…]
#
# It ends with 1 if one of them finds something: the input is then in BUILD/crashes, and
# `BUILD/fuzz/fuzz-TARGET FILE` shows it again. BUILD is $USAGELINE_FUZZ_BUILD, else build-fuzz;
# there the corpus grows from run to run. With 77 if there is no clang with libFuzzer.
set -eu
seconds=${1:-20}
[ $# = 0 ] || shift
cd "$(dirname "$0")/../.."
build=${USAGELINE_FUZZ_BUILD:-$PWD/build-fuzz}
seeds=$PWD/tests/fuzz/corpus

find_clang() { # the first that can link a fuzzer
    test=$(mktemp)
    for clang in clang clang-20 clang-19 clang-18 clang-17 clang-16 clang-15 clang-14; do
        command -v "$clang" >/dev/null || continue
        printf '%s\n' '#include <stddef.h>' \
            'int LLVMFuzzerTestOneInput(const unsigned char *d, size_t n) { return !d && n; }' |
            "$clang" -x c -fsanitize=fuzzer,address,undefined -o "$test" - 2>/dev/null || continue
        rm -f "$test"
        echo "$clang"
        return
    done
    rm -f "$test"
    return 1
}

if ! clang=$(find_clang); then
    echo "skipped: needs clang with libFuzzer (Debian: clang libclang-rt-dev)" >&2
    [ -z "${USAGELINE_TEST_NO_SKIP:-}" ] || exit 1
    exit 77
fi
mkdir -p "$build" "$build/crashes"
if ! { cmake --preset fuzz -B "$build" -DCMAKE_C_COMPILER="$clang" &&
    cmake --build "$build" --target fuzz-targets --parallel 2; } >"$build/build.log" 2>&1; then
    cat "$build/build.log" >&2
    exit 1
fi
# shellcheck disable=SC2046 # the names of targets have no spaces
[ $# -gt 0 ] || set -- $(ls "$seeds")

# What GLib warns of is a fault of ours; its own allocator would hide others from the sanitizer.
export G_DEBUG=fatal-warnings G_SLICE=always-malloc TZ=UTC LC_ALL=C.UTF-8
export build seeds seconds
# shellcheck disable=SC2016 # it is the shell below that expands these
run_one='
    mkdir -p "$build/corpus/$1"
    "$build/fuzz/fuzz-$1" -max_total_time="$seconds" -max_len=4096 -timeout=10 \
        -dict=tests/fuzz/words.dict -artifact_prefix="$build/crashes/$1-" \
        "$build/corpus/$1" "$seeds/$1" >"$build/$1.log" 2>&1 && {
        echo "$1: $(grep "^Done" "$build/$1.log")"
        exit
    }
    tail -n 60 "$build/$1.log"
    echo "$1: see above, and $build/crashes"
    exit 1'
printf '%s\n' "$@" | xargs -P 2 -I TARGET sh -c "$run_one" sh TARGET || exit 1
