#!/bin/sh
# Run by the image of PostgreSQL, once, when its volume is empty: an owner of the tables, a user for each kind of service, three databases.
# With "rights", after every migration and as that owner: what the users may do.
set -eu
secret() { cat "${SECRETS:-/run/secrets}/database-$1"; }

if [ "${1:-}" = rights ]; then
    PGPASSWORD=$(secret owner)
    export PGPASSWORD
    rights() { psql -X -q -v ON_ERROR_STOP=1 -U xilin_owner -d "$1" -v role="$2" -f "${RIGHTS:-/etc/xilin/rights}/$1-rights.sql"; }
    rights ledger xilin_worker
    rights cube xilin_aggregator
    rights notices xilin_notifier
    exit
fi

# From the environment, where the list of processes does not show them.
owner=$(secret owner) worker=$(secret worker) aggregator=$(secret aggregator) notifier=$(secret notifier)
export owner worker aggregator notifier
psql -X -q -v ON_ERROR_STOP=1 -U postgres -d postgres <<'SQL'
\getenv owner owner
\getenv worker worker
\getenv aggregator aggregator
\getenv notifier notifier
CREATE ROLE xilin_owner LOGIN PASSWORD :'owner';
CREATE ROLE xilin_worker LOGIN PASSWORD :'worker';
CREATE ROLE xilin_aggregator LOGIN PASSWORD :'aggregator';
CREATE ROLE xilin_notifier LOGIN PASSWORD :'notifier';
CREATE DATABASE ledger OWNER xilin_owner;
CREATE DATABASE cube OWNER xilin_owner;
CREATE DATABASE notices OWNER xilin_owner;
REVOKE ALL ON DATABASE ledger, cube, notices FROM PUBLIC;
GRANT CONNECT ON DATABASE ledger TO xilin_worker;
GRANT CONNECT ON DATABASE cube TO xilin_aggregator;
GRANT CONNECT ON DATABASE notices TO xilin_notifier;
SQL
