#!/usr/bin/env bash
# Builds target/deb/rebrand_*.deb, which Debian 11 and Ubuntu 22.04 and all later ones can run.
#
#     packaging/build-deb.sh                     builds the program against glibc 2.31, which takes minutes
#     packaging/build-deb.sh --binary FILE       packs a program that is there
#     packaging/build-deb.sh --version 0.1.0-2   another version in the package's name than the changelog's
#     packaging/build-deb.sh --out FILE          writes the package there
#
# Needs what `tests/install-parts.sh --apt` installs: cargo-deb, and ziglang with cargo-zigbuild, which link against
# the older C library.
set -euo pipefail
cd "$(dirname "$0")/.."

# The C library of Debian 11, the oldest that is to be served.
glibc=2.31
target=x86_64-unknown-linux-gnu
binary='' version='' out=target/deb/
while (($#)); do
    case $1 in
    --binary) binary=$2 ;;
    --version) version=$2 ;;
    --out) out=$2 ;;
    *)
        echo "usage: $0 [--binary FILE] [--version VERSION] [--out FILE]" >&2
        exit 2
        ;;
    esac
    shift 2
done

# A program that is there is packed for a test, and need not be small.
fast=(--fast)
if [[ -z $binary ]]; then
    fast=()
    PATH=$PWD/target/tools/zig/bin:$PATH cargo zigbuild --release --locked --target "$target.$glibc"
    binary=target/$target/release/rebrand
fi

# What Cargo.toml's `[package.metadata.deb]` packs, made anew each time.
stage=target/deb/stage
rm -rf "$stage"
mkdir -p "$stage"
strip -o "$stage/rebrand" "$binary"
"$stage/rebrand" man --out "$stage/man"
gzip -9n "$stage"/man/*
gzip -9nc README.md >"$stage/README.md.gz"
gzip -9nc REFERENCE.md >"$stage/REFERENCE.md.gz"
"$stage/rebrand" completions bash >"$stage/rebrand.bash"
"$stage/rebrand" completions zsh >"$stage/_rebrand"
"$stage/rebrand" completions fish >"$stage/rebrand.fish"
gzip -9nc packaging/debian/changelog >"$stage/changelog.Debian.gz"

version=${version:-$(sed -n '1s/.*(\(.*\)).*/\1/p' packaging/debian/changelog)}
PATH=$PWD/target/tools/bin:$PATH cargo deb --no-build --no-strip --locked --quiet "${fast[@]}" \
    --deb-version "$version" --output "$out"
