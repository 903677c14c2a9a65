# shellcheck shell=bash disable=SC2154  # $here is named by those that source this
# What the commands of this folder share. Sourced, never run.

# Everything that is built is kept here, by content hash; Go keeps its own cache.
CACHE=${AIRWORTHY_TESTBED_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/airworthy-testbed}
# shellcheck disable=SC2034  # read by those that source this
NOTHING_TO_BE_HAD=3

started=$(date +%s)

# Progress goes to stderr: stdout is for the answer.
say() { printf '%4ss  %s\n' "$(($(date +%s) - started))" "$*" >&2; }

fail() {
    local code=$1
    shift
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit "$code"
}

is_root() { [ "$(id -u)" = 0 ]; }

# One hash over the names and contents of files and folders, wherever they lie; further words come from stdin.
content_hash() {
    local path
    {
        for path in "$@"; do
            (cd "$(dirname "$path")" && find "$(basename "$path")" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
        done
        cat
    } | sha256sum | cut -c1-16
}

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# Only one may build into the cache at a time.
hold_cache() {
    mkdir -p "$CACHE"
    exec 9>"$CACHE/lock"
    flock 9
}

# Debian's package lists are fetched only where they are missing or too old to hold what is asked for.
install_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! is_root || ! command -v apt-get >/dev/null; then
        fail $NOTHING_TO_BE_HAD "the packages ${missing[*]} are needed: install them, or run this as root on a Debian machine"
    fi
    say "installing ${missing[*]}"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# build_go MODULE TAGS LDFLAGS PACKAGE...: one Go module's programs, into $bin. Go itself sees what is unchanged.
bin=$CACHE/bin
build_go() {
    local module=$1 tags=$2 flags=$3
    shift 3
    say "building $module"
    mkdir -p "$bin"
    (cd "$here/$module" && CGO_ENABLED=0 nice -n 10 go build -trimpath -tags "$tags" -ldflags "-s -w $flags" -o "$bin/" "$@" >&2)
}

# The version that a module's go.mod pins for another.
version_of() { (cd "$here/$1" && go list -m -f '{{.Version}}' "$2"); }

# build_image NAME CONTEXT: quiet, unless it fails.
build_image() {
    local log=$CACHE/docker-build.log
    mkdir -p "$CACHE"
    docker build --tag "$1" "$2" >"$log" 2>&1 || fail 1 "the image $1 could not be built: $(tail -n 5 "$log")"
}

# The container that holds a pod's namespaces: part of the node image, and of the images for a cluster that is not ours.
build_pause() {
    local context=$CACHE/context-pause
    build_go pause "" "" .
    rm -rf "$context"
    mkdir "$context"
    cp "$here/images/pause/Dockerfile" "$bin/pause" "$context/"
    build_image airworthy/pause:dev "$context"
}

need_go() { command -v go >/dev/null || fail $NOTHING_TO_BE_HAD "Go is needed (https://go.dev): components are built from their modules"; }
need_engine() { docker info >/dev/null 2>&1 || fail $NOTHING_TO_BE_HAD "no Docker engine answers: './engine up' first"; }
