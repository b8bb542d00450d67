#!/bin/sh
# Makes the secrets of compose.yaml and compose.cluster.yaml, in XILIN_SECRETS: passwords, connection strings, the ledger's signing key, the
# broker's files. What is there stays: run it again after units or partitions were added, then restart the broker.
#
#   sudo deploy/compose/secrets.sh [options of xilin-admin broker, such as --tls]
#
# Needs openssl, and xilin-admin: as the image xilin-admin, or as a command in XILIN_ADMIN.
set -eu
umask 077
cd "$(dirname "$0")/.."
# shellcheck disable=SC2034 # eval uses it
while IFS='=' read -r name value; do
    case $name in [A-Z]*) eval ": \"\${$name=\$value}\"" ;; esac
done <.env
catalogue=$(cd "$XILIN_CATALOGUE" && pwd)
folder=$XILIN_SECRETS
mkdir -p "$folder/database" "$folder/worker" "$folder/aggregator" "$folder/notifier" "$folder/owner" "$folder/rabbitmq" \
    "$folder/dashboard" "$folder/access"
folder=$(cd "$folder" && pwd)

# A whole file or none, and never over one that is there.
new() {
    [ -s "$1" ] && return
    cat >"$1.new"
    [ -s "$1.new" ] || { echo "$1 could not be made." >&2; exit 1; }
    mv "$1.new" "$1"
}

# Of three kinds of characters, as SQL Server wants them.
for user in superuser owner worker aggregator notifier; do echo "Xilin$(openssl rand -hex 24)" | new "$folder/database/$user"; done
for key in ledger-key ledger-key-time; do openssl genpkey -algorithm ed25519 | new "$folder/worker/$key.pem"; done

database() {
    password=$(cat "$folder/database/$2")
    case $XILIN_STORAGE in
    SqlServer) echo "Server=sqlserver;Database=$1;User Id=xilin_$2;Password=$password;TrustServerCertificate=true" ;;
    *) echo "Host=postgres;Database=$1;Username=xilin_$2;Password=$password;GssEncryptionMode=Disable" ;;
    esac
}
database ledger owner | new "$folder/owner/ConnectionStrings__Ledger"
database cube owner | new "$folder/owner/ConnectionStrings__Cube"
database notices owner | new "$folder/owner/ConnectionStrings__Notices"
database ledger worker | new "$folder/worker/ConnectionStrings__Ledger"
database cube aggregator | new "$folder/aggregator/ConnectionStrings__Cube"
database notices notifier | new "$folder/notifier/ConnectionStrings__Notices"

# For compose.cluster.yaml; a membership is in PostgreSQL alone.
if [ "$XILIN_STORAGE" != SqlServer ]; then
    database membership owner | new "$folder/owner/ConnectionStrings__Cluster"
    database membership aggregator | new "$folder/aggregator/ConnectionStrings__Cluster"
fi

docker_run="docker run --rm --network none --user $(id -u):$(id -g) -v $folder:$folder -v $catalogue:$catalogue:ro"
admin=${XILIN_ADMIN:-$docker_run xilin-admin:$XILIN_VERSION}
$admin broker --catalogue "$catalogue" --out "$folder/rabbitmq" --passwords "$folder/passwords.csv" "$@"

# The first access key: shown now, and kept nowhere. Without one the services would listen inside their containers alone.
[ -s "$folder/access/access-keys.json" ] ||
    $admin key add --catalogue "$catalogue" --file "$folder/access/access-keys.json" \
        --name "${XILIN_ADMINISTRATOR:-administrator}" --right admin

# The pages ask the services with one of their own, and the notifier asks the aggregators.
service_key() {
    [ -s "$folder/$1/Services__Key" ] ||
        $admin key add --file "$folder/access/access-keys.json" --name "$2" --right "$3" |
        sed -n '/^xk_/p' | new "$folder/$1/Services__Key"
}
service_key dashboard pages admin
service_key notifier notifier read

bus() { sed -n "s|^\($1\),\(.*\)|amqp://\1:\2@broker:5672/xilin|p" "$folder/passwords.csv"; }
bus xilin-worker | new "$folder/worker/ConnectionStrings__Bus"
bus xilin-aggregator | new "$folder/aggregator/ConnectionStrings__Bus"
bus xilin-notifier | new "$folder/notifier/ConnectionStrings__Bus"

# Each file for its container's user alone. Offices' passwords go into no container.
chmod 400 "$folder"/*/*
chmod 600 "$folder"/access/*
chmod 700 "$folder" "$folder"/* && chmod 600 "$folder/passwords.csv"
if [ "$(id -u)" -eq 0 ]; then
    chown 1654 "$folder/access" "$folder"/access/*
    chown 1654 "$folder"/worker/* "$folder"/aggregator/* "$folder"/notifier/* "$folder"/owner/* "$folder"/dashboard/*
    chown "$([ "$XILIN_STORAGE" = SqlServer ] && echo 10001 || echo 999)" "$folder"/database/*
    chown 999 "$folder"/rabbitmq/*
else
    echo "Not run as root: the files are yours, and containers with users of their own cannot read them." >&2
fi
