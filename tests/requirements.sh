#!/bin/sh
# What the tests need besides Python: a browser, and a JDK with Maven where no Docker engine runs
# (for a real Neo4j). Installs what is missing where that is allowed, else says what to install.
set -eu

missing=""
command -v chromium >/dev/null || missing="chromium"
if ! docker info >/dev/null 2>&1; then
    command -v javac >/dev/null || missing="$missing default-jdk-headless"
    command -v mvn >/dev/null || missing="$missing maven"
fi
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    # shellcheck disable=SC2086 - one word a package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
else
    echo "the tests need: $missing; install them with your system's package manager" >&2
    exit 1
fi
