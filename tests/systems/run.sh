#!/bin/sh
# Runs the tests on a newer Debian, which debootstrap makes in a folder:
#
#   tests/systems/run.sh trixie|sid [CTEST_OPTION…]     as root, on Debian
#
# It ends with 3 if such a system can't be made here.
#
# The system is kept in $USAGELINE_SYSTEMS (by default ~/.cache/usageline-systems) and brought up
# to date by the next run. Its packages come from where this machine's apt gets its own, through
# the same proxy. Mounts and processes live in namespaces of their own and end with this script.
set -eu
cd "$(dirname "$0")/../.."

began=$(date +%s)
say() { printf '\033[1m==> %s (%d s)\033[0m\n' "$*" $(($(date +%s) - began)) >&2; }
die() { printf 'tests/systems/run.sh: %s\n' "$*" >&2; exit 1; }
die_unable() { printf 'tests/systems/run.sh: %s\n' "$*" >&2; exit 3; }

usage() {
    sed -n '4s/^# *//p' "$0" >&2
    exit 2
}

need() { # PROGRAM…
    missing=
    for program; do
        command -v "$program" >/dev/null || missing="$missing $program"
    done
    [ -z "$missing" ] ||
        die "missing:$missing. \`./bootstrap.sh deps --e2e\` installs what the tests need"
}

# This machine's sources of Debian's packages, for another release, as sources.list has them.
sources() { # SUITE
    . /etc/os-release
    apt-get indextargets --format '$(LABEL) $(RELEASE) $(COMPONENT) $(REPO_URI)' \
        'Identifier: Packages' |
        while read -r label release component uri; do
            case "$label $release" in
            "Debian $VERSION_CODENAME") echo "deb [check-valid-until=no] $uri $1 $component" ;;
            "Debian"*" $VERSION_CODENAME"-*)
                [ "$1" = sid ] || echo "deb $uri $1-${release#*-} $component" ;;
            esac
        done
}

find_proxies() {
    for scheme in http https; do
        proxy=
        eval "$(apt-config shell proxy "Acquire::$scheme::Proxy")"
        case "$proxy" in "" | DIRECT) ;; *) export "${scheme}_proxy=$proxy" ;; esac
    done
}

make_system() { # SUITE ROOT
    [ -e "/usr/share/debootstrap/scripts/$1" ] || die_unable "the debootstrap here doesn't know $1"
    mirror=$(sources "$1" | sed -n "s/.* \([^ ]*\) $1 main$/\1/p" | head -n 1)
    [ -n "$mirror" ] || die_unable "apt has no source of Debian's packages here; is this Debian?"
    rm -rf --one-file-system "$2.new"
    mkdir -p "$2.new"
    debootstrap --variant=minbase "$1" "$2.new" "$mirror" >"$2.log" ||
        die_unable "debootstrap failed: see $2.log"
    echo force-unsafe-io >"$2.new/etc/dpkg/dpkg.cfg.d/unsafe-io"
    mv "$2.new" "$2"
}

# Gives the system this machine's sources, settings of apt, and host names.
connect() { # SUITE ROOT
    sources "$1" >"$2/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::(https?|Check-[A-Za-z-]+|Retries|ForceIPv[46])\b' \
        >"$2/etc/apt/apt.conf.d/90machine" || true
    cp -L /etc/resolv.conf /etc/hosts "$2/etc/"
}

mount_system() { # ROOT
    mount --bind "$1" "$1" # / must be a mount point in there
    mount -t proc proc "$1/proc"
    mount --rbind /sys "$1/sys"
    mount --rbind /dev "$1/dev"
    mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm"
    mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"
    mount -t tmpfs -o mode=755 tmpfs "$1/run"
}

copy_project() { # FOLDER
    mkdir -p "$1"
    find "$1" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    if [ -e .git ] && command -v git >/dev/null; then
        git -c safe.directory="$PWD" ls-files -z
    else
        find . -path './build*' -prune -o -type f -print0
    fi >"$root.files"
    tar --create --null --files-from="$root.files" |
        tar --extract --no-same-owner --directory="$1"
}

# In a chroot the tests could not make namespaces of users, so / itself is exchanged.
inside() { # COMMAND…
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive ${CI:+"CI=$CI"} \
        ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
        ${USAGELINE_TEST_NO_SKIP:+"USAGELINE_TEST_NO_SKIP=$USAGELINE_TEST_NO_SKIP"} \
        unshare --mount sh -euc '
            cd "$0" && pivot_root . mnt && cd / && umount --lazy mnt
            cd /usr/src/usageline && exec "$@"' "$root" "$@"
}

test_system() { # SUITE [CTEST_OPTION…]
    suite=$1
    shift
    [ -d "$root" ] || { say "making $suite in $root" && make_system "$suite" "$root"; }
    connect "$suite" "$root"
    mount_system "$root"
    copy_project "$root/usr/src/usageline"
    say "$suite: bringing packages up to date"
    inside dpkg --configure --pending
    inside apt-get update -q >/dev/null
    inside apt-get dist-upgrade -q -y --no-install-recommends >/dev/null
    inside ./bootstrap.sh deps --e2e
    inside apt-get install -q -y --no-install-recommends labwc >/dev/null # not in Debian 12
    inside apt-get clean
    say "$suite: building"
    inside cmake --preset release ${CI:+-DUSAGELINE_WERROR=ON} >/dev/null
    inside cmake --build --preset release --parallel "$(nproc)" -- --no-print-directory -s
    say "$suite: testing"
    inside ctest --preset release --parallel "$(nproc)" "$@"
    say "$suite: passed"
}

[ $# -gt 0 ] || usage
case "$1" in trixie | sid) ;; *) usage ;; esac
[ "$(id -u)" = 0 ] || die_unable "only root can make a system in a folder"
need apt-get debootstrap flock mount tar unshare
if [ -z "${USAGELINE_SYSTEMS_UNSHARED:-}" ]; then
    unshare --mount --pid --fork --mount-proc mount -t tmpfs tmpfs /mnt || die_unable "no file system can be mounted here"
    # unshare itself waits through all signals but this one, which it hands on.
    USAGELINE_SYSTEMS_UNSHARED=1 unshare --mount --pid --fork --kill-child --mount-proc \
        tests/systems/run.sh "$@" &
    trap 'kill -KILL $! 2>/dev/null; exit 1' HUP INT TERM
    wait $!
    exit
fi
systems=${USAGELINE_SYSTEMS:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/usageline-systems}
mkdir -p "$systems"
root=$(realpath "$systems")/$1
exec 9>"$root.lock"
flock --nonblock 9 || die "$1 is being tested already, in $root"
find_proxies
test_system "$@"
