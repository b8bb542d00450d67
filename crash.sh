#!/usr/bin/env bash
# Kills the service with SIGKILL at random moments while a client submits to it, freezes it and takes its databases away for a while, then
# checks that nothing was lost.
#   ./crash.sh [kills] [submissions] [seed]
set -euo pipefail
export XILIN_KILLS=${1:-20} XILIN_SUBMISSIONS=${2:-5000}
[ -z "${3:-}" ] || export XILIN_SEED=$3
exec "$(dirname "$0")/tests/long-suite.sh" Standalone.Tests "FullyQualifiedName~Crashes|suite=long"
