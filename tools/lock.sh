#!/bin/bash
# Resolves pyproject.toml into requirements/*.txt: every package pinned and hashed, one version for all Pythons, no index named.
# Needs uv (`pip install uv`); installing does not. Run it after a change of dependencies, and commit what it writes.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=${UV:-uv}
export UV_CUSTOM_COMPILE_COMMAND="make lock"

compile() {
    "$uv" pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-emit-index-url --no-annotate --quiet "$@" >/dev/null
}

compile --extra all --group build --output-file requirements/runtime.txt
compile --group test --constraint requirements/runtime.txt --output-file requirements/test.txt
if grep -nE '://|--(extra-)?index|--find-links' requirements/*.txt; then
    echo "a requirements file names an index" >&2
    exit 1
fi
