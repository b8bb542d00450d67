#!/usr/bin/env bash
# Takes docs/screenshots anew: every page of the dashboard before the sample years, in the headless shell of Debian's Chromium. Needs
# chromium-headless-shell and fonts-wqy-microhei, which ./test.sh installs.
set -euo pipefail
cd "$(dirname "$0")"
command -v chromium-headless-shell >/dev/null ||
    { echo "chromium-headless-shell is missing: apt-get install chromium-headless-shell fonts-wqy-microhei (as root)." >&2; exit 1; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet test tests/Dashboard.Tests -c Release --filter suite=pictures
