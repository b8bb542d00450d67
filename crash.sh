#!/usr/bin/env bash
# Kills the service with SIGKILL at random moments while a client submits to it, freezes it and takes its databases away for a while, then
# checks that nothing was lost.
#   ./crash.sh [kills] [submissions] [seed]
set -euo pipefail
cd "$(dirname "$0")"
command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }

export XILIN_KILLS=${1:-20} XILIN_SUBMISSIONS=${2:-5000} DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
[ -z "${3:-}" ] || export XILIN_SEED=$3
XILIN_PROGRESS=$(mktemp)
export XILIN_PROGRESS

dotnet build tests/Standalone.Tests -c Release -v quiet
tail -f "$XILIN_PROGRESS" & follower=$!
trap 'kill "$follower" 2>/dev/null; rm -f "$XILIN_PROGRESS"' EXIT
dotnet test tests/Standalone.Tests -c Release --no-build --filter "FullyQualifiedName~Crashes|suite=long"
