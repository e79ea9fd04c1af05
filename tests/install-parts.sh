#!/usr/bin/env bash
# Installs what some tests and benches use beside cargo, where it is missing, with apt-get.
#
#     tests/install-parts.sh              what tests use
#     tests/install-parts.sh --pictures   also what the bench of pictures compares with
#     tests/install-parts.sh --apt        also what builds the Debian package and tests it; the tests need root
#
# node     judges the edited files independently of our own evaluator
# strace   kills the program between any two system calls, and makes calls fail
# faketime runs the program with a clock that is far off
# cc       compiles the program that the commit bench compares with
# DejaVu   a font that drawings with text bring in some tests
# git      judges our diffs with `git apply`
# convert  ImageMagick, which the bench of pictures compares with
# sharp    from npm, into target/sharp: the same bench
# debootstrap, lintian, objdump, shellcheck: the package and its tests
# nginx, apache2   run on 127.0.0.1 while the tests of src/webserver ask them
# cargo-deb, and ziglang with cargo-zigbuild, into target/tools: build the package, for older systems too
# a Debian 12 with web servers, into target/apt/bookworm: the tests of the package copy it
set -euo pipefail

declare -A package=([node]=nodejs [strace]=strace [cc]=gcc [git]=git [faketime]=faketime)

if [[ ${1-} == --pictures ]]; then
    package+=([npm]=npm)
    convert --version 2>/dev/null | grep -q '^Version: ImageMagick' || package+=([ImageMagick]=imagemagick)
    # With it ImageMagick reads SVG.
    package+=([rsvg-convert]=librsvg2-bin)
fi

# The service of nginx may listen where nobody wants it: `systemctl disable --now nginx`. The tests start their own.
if [[ ${1-} == --apt ]]; then
    PATH=$PATH:/usr/sbin
    package+=([debootstrap]=debootstrap [lintian]=lintian [objdump]=binutils [shellcheck]=shellcheck
        [dpkg-deb]=dpkg [nginx]=nginx-light [apache2]=apache2-bin)
fi

missing=()
for program in "${!package[@]}"; do
    command -v "$program" >/dev/null || missing+=("${package[$program]}")
done
[[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf ]] || missing+=(fonts-dejavu-core)
# Python without this makes no folder for packages of its own.
if [[ ${1-} == --apt ]] && ! python3 -c 'import ensurepip' 2>/dev/null; then
    missing+=(python3-venv)
fi
# A compiler without the C library's headers compiles nothing.
if command -v cc >/dev/null && ! echo '#include <stdio.h>' | cc -E - >/dev/null 2>&1; then
    missing+=(libc6-dev)
fi

sharp() {
    local folder
    folder=$(dirname "$0")/../target/sharp
    if [[ ${1-} == --pictures && ! -d $folder/node_modules/sharp ]]; then
        echo "installing sharp into target/sharp"
        mkdir -p "$folder"
        echo '{"private": true}' >"$folder/package.json"
        npm install --prefix "$folder" --no-audit --no-fund sharp@0.35.5
    fi
}

# Pinned, as Cargo.lock pins what the program is made of.
packagers() {
    local tools
    tools=$(dirname "$0")/../target/tools
    if [[ ${1-} != --apt ]]; then return; fi
    if [[ ! -x $tools/bin/cargo-deb ]]; then
        cargo install cargo-deb --locked --version 3.8.0 --root "$tools"
    fi
    if [[ ! -x $tools/zig/bin/cargo-zigbuild ]]; then
        python3 -m venv "$tools/zig"
        "$tools/zig/bin/pip" install -q cargo-zigbuild==0.24.0 ziglang==0.17.1
    fi
}

# Made in a folder beside it, so that half of one is never taken for a whole.
debian() {
    local base
    base=$(dirname "$0")/../target/apt/bookworm
    if [[ ${1-} != --apt || -d $base ]]; then return; fi
    if ((EUID != 0)); then
        echo "only root can make $base: its tests will be skipped"
        return
    fi
    echo "making $base"
    mkdir -p "$(dirname "$base")"
    rm -rf --one-file-system "$base.new"
    debootstrap --variant=minbase \
        --include=apache2,apt-utils,debsums,nginx-light,unattended-upgrades \
        bookworm "$(realpath "$(dirname "$base")")/bookworm.new" http://deb.debian.org/debian
    rm -f "$base.new"/var/cache/apt/archives/*.deb
    mv "$base.new" "$base"
}

others() {
    sharp "$@"
    packagers "$@"
    debian "$@"
}

if ((${#missing[@]} == 0)); then
    echo "nothing to install with apt-get: ${!package[*]} are there"
    others "$@"
    exit 0
fi

# On a machine of one's own this needs sudo; in a container one is root already.
as_root=()
if ((EUID != 0)); then
    as_root=(sudo)
fi
echo "installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" libc6-dev
others "$@"
