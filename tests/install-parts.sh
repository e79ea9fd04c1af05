#!/usr/bin/env bash
# Installs what some tests and benches use beside cargo, where it is missing, with apt-get.
#
#     tests/install-parts.sh              what tests use
#     tests/install-parts.sh --pictures   also what the bench of pictures compares with
#     tests/install-parts.sh --servers    also the web servers that judge what is said of their configuration
#
# node     judges the edited files independently of our own evaluator
# strace   kills the program between any two system calls, and makes calls fail
# cc       compiles the program that the commit bench compares with
# DejaVu   a font that drawings with text bring in some tests
# git      judges our diffs with `git apply`
# convert  ImageMagick, which the bench of pictures compares with
# sharp    from npm, into target/sharp: the same bench
# nginx, apache2   run on 127.0.0.1 while the tests of src/webserver ask them
set -euo pipefail

declare -A package=([node]=nodejs [strace]=strace [cc]=gcc [git]=git)

if [[ ${1-} == --pictures ]]; then
    package+=([npm]=npm)
    convert --version 2>/dev/null | grep -q '^Version: ImageMagick' || package+=([ImageMagick]=imagemagick)
    # With it ImageMagick reads SVG.
    package+=([rsvg-convert]=librsvg2-bin)
fi

# The service of nginx may listen where nobody wants it: `systemctl disable --now nginx`. The tests start their own.
if [[ ${1-} == --servers ]]; then
    PATH=$PATH:/usr/sbin
    package+=([nginx]=nginx-light [apache2]=apache2-bin)
fi

missing=()
for program in "${!package[@]}"; do
    command -v "$program" >/dev/null || missing+=("${package[$program]}")
done
[[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf ]] || missing+=(fonts-dejavu-core)
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

if ((${#missing[@]} == 0)); then
    echo "nothing to install with apt-get: ${!package[*]} are there"
    sharp "$@"
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
sharp "$@"
