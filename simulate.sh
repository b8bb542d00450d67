#!/usr/bin/env bash
# Simulates offices, workers, ledgers and two aggregators, each seed on one thread with a clock of its own: the bus loses, repeats and
# reorders, statements fail, processes stand still and die, all as the seed draws it; every fourth one splits the unit tree into
# partitions. After each run the five promises are asked. Ends with the seeds that broke one; ./simulate.sh 1 SEED repeats such a run
# and prints all of it. docs/simulation.md says what is simulated.
#   ./simulate.sh [seeds] [first seed]
set -euo pipefail
cd "$(dirname "$0")"
command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }

export XILIN_SIMULATION_SEEDS=${1:-10000} XILIN_SIMULATION_FIRST_SEED=${2:-1} DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export XILIN_SIMULATION_THREADS=${XILIN_SIMULATION_THREADS:-$(nproc)} DOTNET_TieredPGO=0
[ "$XILIN_SIMULATION_SEEDS" -gt 1 ] || XILIN_SIMULATION_THREADS=1
XILIN_PROGRESS=$(mktemp)
export XILIN_PROGRESS

dotnet build tests/Simulation.Tests -c Release -v quiet
tail -f "$XILIN_PROGRESS" & follower=$!
trap 'kill "$follower" 2>/dev/null; rm -f "$XILIN_PROGRESS"' EXIT
dotnet test tests/Simulation.Tests -c Release --no-build --logger "console;verbosity=detailed" \
    --filter "FullyQualifiedName~A_simulated_run.Keeps_the_five_promises"
