#!/usr/bin/env bash
# Kills silos and workers with SIGKILL at random moments, freezes silos for up to a minute, and kills the database and the broker once,
# while every partition of a district reports, then checks that nothing was lost. Needs rabbitmq-server and postgresql, of which it starts
# a node and a cluster of its own.   ./crash-cluster.sh [submissions] [kills] [freezes] [seed]
set -euo pipefail
cd "$(dirname "$0")"
command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] ||
    { echo "rabbitmq-server is missing: apt-get install rabbitmq-server (as root)." >&2; exit 1; }

export XILIN_SUBMISSIONS=${1:-20000} XILIN_KILLS=${2:-30} XILIN_STOPS=${3:-10} DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
[ -z "${4:-}" ] || export XILIN_SEED=$4
unset XILIN_TEST_AMQP
XILIN_PROGRESS=$(mktemp)
export XILIN_PROGRESS

dotnet build tests/Cluster.Tests -c Release -v quiet
tail -f "$XILIN_PROGRESS" & follower=$!
trap 'kill "$follower" 2>/dev/null; rm -f "$XILIN_PROGRESS"' EXIT
dotnet test tests/Cluster.Tests -c Release --no-build --filter "suite=long"
