#!/usr/bin/env bash
# Kills workers, aggregators and the broker with SIGKILL at random moments, freezes them, stalls their connections, sets off the broker's
# alarm and purges the aggregator's queue while offices submit over the broker, on SQLite and again on PostgreSQL, then checks that
# nothing was lost. Needs rabbitmq-server and postgresql, of which it starts a node and a cluster of its own.   ./crash-wire.sh [kills]
# [submissions] [seed]
set -euo pipefail
export XILIN_KILLS=${1:-30} XILIN_SUBMISSIONS=${2:-20000}
[ -z "${3:-}" ] || export XILIN_SEED=$3
exec "$(dirname "$0")/tests/long-suite.sh" Wire.Tests "FullyQualifiedName~Outages|suite=long"
