#!/usr/bin/env bash
# Runs the long suite of a test project, and prints what it reports meanwhile. Called by the scripts in the
# repository's root, which say what is killed.   tests/long-suite.sh PROJECT FILTER
set -euo pipefail
cd "$(dirname "$0")/.."
command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }
[ "$1" = Standalone.Tests ] || [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] ||
    { echo "rabbitmq-server is missing: apt-get install rabbitmq-server (as root)." >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
unset XILIN_TEST_AMQP
XILIN_PROGRESS=$(mktemp)
export XILIN_PROGRESS

dotnet build "tests/$1" -c Release -v quiet
tail -f "$XILIN_PROGRESS" & follower=$!
trap 'kill "$follower" 2>/dev/null; rm -f "$XILIN_PROGRESS"' EXIT
dotnet test "tests/$1" -c Release --no-build --filter "$2"
