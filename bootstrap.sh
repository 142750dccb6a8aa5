#!/bin/sh
# Everything from a fresh machine to a line in the terminal:
#
#   ./bootstrap.sh run             install what is needed, build, draw the line for all three bars
#   ./bootstrap.sh test            build, and run all tests  [--preset release|debug|asan|coverage|tsan]
#   ./bootstrap.sh deps [--e2e]    install what building and testing need; --e2e: real bars too
#
# Tried with apt (Debian 12). The lists for pacman, dnf, zypper and apk are written after those
# systems' own package names and have not been tried: a wrong name there is a bug worth reporting.
set -eu
cd "$(dirname "$0")"

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
die() { printf 'bootstrap.sh: %s\n' "$*" >&2; exit 1; }

usage() {
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

package_manager() {
    for manager in apt-get pacman dnf zypper apk; do
        command -v "$manager" >/dev/null && { echo "$manager"; return; }
    done
    die "none of apt, pacman, dnf, zypper, apk is here; install a C compiler, cmake, pkg-config,
GLib, yajl and libcurl (with their headers) and python3 by hand, then run: $0 $command"
}

# What a build needs, what the tests need beside it, and what the real bars need.
packages() { # MANAGER build|test|e2e
    case "$1:$2" in
    apt-get:build) echo gcc make cmake pkg-config gettext libc6-dev libglib2.0-dev libyajl-dev \
        libcurl4-openssl-dev ca-certificates libsqlite3-dev libssl-dev libsecret-1-dev \
        libleveldb-dev libsnappy-dev ;;
    apt-get:test) echo python3 openssl curl ;;
    apt-get:e2e) echo waybar sway swaybg i3-wm i3blocks polybar xvfb xdotool scrot dbus \
        dbus-daemon fonts-dejavu-core procps strace binutils clang-format groff man-db mandoc \
        bash-completion zsh fish clang libclang-rt-dev clang-tidy cppcheck chromium firefox-esr \
        libnss3-tools gnome-keyring libsecret-tools dbus-bin dunst debootstrap dpkg-dev lintian \
        rpm iproute2 g++ libjsoncpp-dev ;;
    pacman:build) echo gcc make cmake pkgconf gettext glib2 yajl curl ca-certificates sqlite \
        openssl libsecret leveldb snappy ;;
    pacman:test) echo python openssl ;;
    pacman:e2e) echo waybar sway swaybg i3-wm i3blocks polybar xorg-server-xvfb xdotool scrot \
        dbus ttf-dejavu procps-ng strace binutils clang compiler-rt cppcheck groff \
        man-db mandoc bash-completion zsh fish chromium firefox nss gnome-keyring dunst iproute2 \
        jsoncpp ;;
    dnf:build) echo gcc make cmake pkgconf-pkg-config gettext glib2-devel yajl-devel libcurl-devel \
        ca-certificates sqlite-devel openssl-devel libsecret-devel leveldb-devel \
        snappy-devel ;;
    dnf:test) echo python3 openssl curl ;;
    dnf:e2e) echo waybar sway swaybg i3 i3blocks polybar xorg-x11-server-Xvfb xdotool scrot \
        dbus-daemon dejavu-sans-fonts dejavu-sans-mono-fonts procps-ng strace binutils \
        clang clang-tools-extra compiler-rt cppcheck groff man-db mandoc bash-completion \
        zsh fish chromium firefox nss-tools gnome-keyring libsecret dunst iproute gcc-c++ \
        jsoncpp-devel ;;
    zypper:build) echo gcc make cmake pkg-config gettext-tools glib2-devel libyajl-devel \
        libcurl-devel ca-certificates sqlite3-devel libopenssl-devel libsecret-devel \
        leveldb-devel snappy-devel ;;
    zypper:test) echo python3 openssl curl ;;
    zypper:e2e) echo waybar sway swaybg i3 i3blocks polybar xorg-x11-server-Xvfb xdotool scrot \
        dbus-1 dejavu-fonts procps strace binutils clang clang-tools cppcheck groff man mandoc \
        bash-completion zsh fish chromium MozillaFirefox mozilla-nss-tools gnome-keyring \
        libsecret-tools dunst iproute2 gcc-c++ jsoncpp-devel ;;
    apk:build) echo gcc make cmake pkgconf gettext musl-dev glib-dev yajl-dev curl-dev \
        ca-certificates sqlite-dev openssl-dev libsecret-dev leveldb-dev snappy-dev ;;
    apk:test) echo python3 openssl curl ;;
    apk:e2e) echo waybar sway swaybg i3wm i3blocks polybar xvfb xdotool scrot dbus font-dejavu \
        procps strace binutils clang clang-extra-tools compiler-rt cppcheck groff man-db \
        mandoc bash-completion zsh fish chromium firefox nss-tools gnome-keyring libsecret \
        dunst iproute2 g++ jsoncpp-dev ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    elif command -v doas >/dev/null; then doas "$@"
    else die "this needs root, and neither sudo nor doas is here: $*"
    fi
}

install_packages() { # MANAGER PACKAGE…
    manager=$1
    shift
    say "installing with $manager: $*"
    case "$manager" in
    apt-get)
        as_root apt-get update -q >/dev/null
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
            --no-install-recommends "$@" >/dev/null ;;
    pacman) as_root pacman -S --needed --noconfirm "$@" ;;
    dnf) as_root dnf install -y "$@" ;;
    zypper) as_root zypper --non-interactive install "$@" ;;
    apk) as_root apk add "$@" ;;
    esac
}

can_build() {
    command -v cc >/dev/null && command -v make >/dev/null && command -v cmake >/dev/null &&
        command -v pkg-config >/dev/null &&
        pkg-config --exists 'glib-2.0 >= 2.66' 'yajl >= 2.1' 'libcurl >= 7.85'
}

can_test() {
    can_build && command -v python3 >/dev/null && command -v openssl >/dev/null &&
        command -v curl >/dev/null
}

deps() { # [--e2e]
    manager=$(package_manager)
    case "${1:-}" in
    --e2e) extra=$(packages "$manager" e2e) ;;
    "") extra= ;;
    *) usage ;;
    esac
    # shellcheck disable=SC2046,SC2086 # lists of words
    install_packages "$manager" $(packages "$manager" build) $(packages "$manager" test) $extra
}

build() { # PRESET
    say "building ($1)"
    cmake --preset "$1" ${CI:+-DUSAGELINE_WERROR=ON} >/dev/null
    cmake --build --preset "$1" --parallel "$(nproc)" -- --no-print-directory -s
}

show() { # PROVIDER_OPTION…
    for bar in waybar i3blocks polybar; do
        say "usageline $bar${*:+ $*}"
        build/bin/usageline "$bar" "$@"
    done
}

run() {
    # shellcheck disable=SC2046 # a list of words
    can_build || install_packages "$(package_manager)" $(packages "$(package_manager)" build)
    build release
    if build/bin/usageline usage >/dev/null 2>&1; then
        show
    else
        say "no usage of an account of yours:"
        build/bin/usageline usage >&2 || true
        show --provider demo
        say "that was the demo. \`cmake --install build\` installs usageline; README.md tells the rest"
    fi
}

run_tests() { # [--preset PRESET]
    preset=release
    [ "${1:-}" = --preset ] && preset=${2:?} && shift 2
    [ $# = 0 ] || usage
    # shellcheck disable=SC2046 # lists of words
    can_test || install_packages "$(package_manager)" $(packages "$(package_manager)" build) \
        $(packages "$(package_manager)" test)
    build "$preset"
    say "testing ($preset)"
    ctest --preset "$preset" --parallel "$(nproc)"
}

command=${1:-}
[ $# -gt 0 ] && shift
case "$command" in
run) [ $# = 0 ] || usage; run ;;
test) run_tests "$@" ;;
deps) deps "$@" ;;
*) usage ;;
esac
