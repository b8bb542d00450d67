#!/usr/bin/env bash
# Kills silos and workers with SIGKILL at random moments, freezes silos for up to a minute, and kills the database and the broker once,
# while every partition of a district reports, then checks that nothing was lost. Needs rabbitmq-server and postgresql, of which it starts
# a node and a cluster of its own.   ./crash-cluster.sh [submissions] [kills] [freezes] [seed]
set -euo pipefail
export XILIN_SUBMISSIONS=${1:-20000} XILIN_KILLS=${2:-30} XILIN_STOPS=${3:-10}
[ -z "${4:-}" ] || export XILIN_SEED=$4
exec "$(dirname "$0")/tests/long-suite.sh" Cluster.Tests "suite=long"
