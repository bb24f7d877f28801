#!/bin/bash
# Creates .venv, or installs a locked requirements file into it: tools/venv.sh [FILE]
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

create() {
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        echo "utfall needs Python 3.11 or newer; $("$python" --version) is what '$python' runs. Set PYTHON=…" >&2
        exit 1
    fi
    # Debian keeps venv's other half (ensurepip) in a package of its own.
    "$python" -c 'import ensurepip, venv' 2>/dev/null || tools/apt.sh python3-venv
    "$python" -m venv --clear .venv
}

install() {
    echo "installing $1 …"
    .venv/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes --requirement "$1"
}

if [[ $# -eq 0 ]]; then create; else install "$1"; fi
