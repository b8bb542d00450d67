#!/usr/bin/env bash
# Kills workers, aggregators and the broker with SIGKILL at random moments, freezes them, stalls their connections, sets off the broker's
# alarm and purges the aggregator's queue while offices submit over the broker, on SQLite and again on PostgreSQL, then checks that
# nothing was lost. Needs rabbitmq-server and postgresql, of which it starts a node and a cluster of its own.   ./crash-wire.sh [kills]
# [submissions] [seed]
set -euo pipefail
cd "$(dirname "$0")"
command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] ||
    { echo "rabbitmq-server is missing: apt-get install rabbitmq-server (as root)." >&2; exit 1; }

export XILIN_KILLS=${1:-30} XILIN_SUBMISSIONS=${2:-20000} DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
[ -z "${3:-}" ] || export XILIN_SEED=$3
unset XILIN_TEST_AMQP
XILIN_PROGRESS=$(mktemp)
export XILIN_PROGRESS

dotnet build tests/Wire.Tests -c Release -v quiet
tail -f "$XILIN_PROGRESS" & follower=$!
trap 'kill "$follower" 2>/dev/null; rm -f "$XILIN_PROGRESS"' EXIT
dotnet test tests/Wire.Tests -c Release --no-build --filter "FullyQualifiedName~Outages|suite=long"
