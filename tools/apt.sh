#!/bin/bash
# Makes sure that Debian packages are installed: tools/apt.sh PACKAGE…
# As root it installs what is missing, without starting any service; as anybody else it says what to install.
set -euo pipefail

missing=()
for package in "$@"; do
    command -v "$package" >/dev/null && continue
    dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
    echo "please install: ${missing[*]} (on Debian: sudo apt-get install ${missing[*]})" >&2
    exit 1
fi

policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
    # Exit code 101 forbids package scripts to start services.
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
