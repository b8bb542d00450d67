#!/bin/sh
# Run by the image of PostgreSQL when its volume is empty: an owner of the tables, a user for each kind of service, a database for each
# store. Run it again for what came later, such as a partition: what is there stays.
# With "rights", after every migration and as that owner: what the users may do. "rights membership": in the membership of a cluster too.
set -eu
secret() { cat "${SECRETS:-/run/secrets}/database-$1"; }
sql() { psql -X -q -v ON_ERROR_STOP=1 "$@"; }

# The stores of one kind: one, or one for each partition, called as the services call it.
stores() {
    [ -n "${XILIN_PARTITIONS:-}" ] || echo "$1"
    for path in ${XILIN_PARTITIONS:-}; do echo "$1_$path" | tr . _; done
}
for path in ${XILIN_PARTITIONS:-}; do
    case $path in *[!0-9.]*) echo "XILIN_PARTITIONS: $path is no path such as 32.04.04.004." >&2; exit 1 ;; esac
done

if [ "${1:-}" = rights ]; then
    PGPASSWORD=$(secret owner)
    export PGPASSWORD
    rights() { sql -U xilin_owner -d "$1" -v role="$2" -f "${RIGHTS:-/etc/xilin/rights}/$3-rights.sql"; }
    for store in $(stores ledger); do rights "$store" xilin_worker ledger; done
    for store in $(stores cube); do rights "$store" xilin_aggregator cube; done
    rights notices xilin_notifier notices
    [ "${2:-}" != membership ] || rights membership xilin_aggregator membership
    exit
fi

user() {
    # From the environment, where the list of processes does not show it.
    password=$(secret "$1")
    export password
    sql -U postgres -d postgres -v user="xilin_$1" <<'SQL'
\getenv password password
SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', :'user', :'password')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'user') \gexec
SQL
}
for name in owner worker aggregator notifier; do user "$name"; done

database() {
    sql -U postgres -d postgres -v name="$1" -v user="$2" <<'SQL'
SELECT format('CREATE DATABASE %I OWNER xilin_owner', :'name') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"name" TO :"user";
SQL
}
database ledger xilin_worker
database cube xilin_aggregator
database notices xilin_notifier
database membership xilin_aggregator
for store in $(stores ledger); do database "$store" xilin_worker; done
for store in $(stores cube); do database "$store" xilin_aggregator; done
