#!/usr/bin/env bash
# Builds everything, runs every test project, and ends with one line that sums them all. Arguments go to dotnet test.
# Needs the .NET SDK and its libicu. RabbitMQ, PostgreSQL, sqlite3 and what the client samples run on it installs itself on Debian as
# root; the tests start servers of their own.
set -uo pipefail
cd "$(dirname "$0")"

command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }

# Tells apt to install packages without starting their services: the tests start private nodes of their own.
install_quietly() {
    local policy=/usr/sbin/policy-rc.d kept=
    [ -e "$policy" ] && kept=$(mktemp) && cp -p "$policy" "$kept"
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    local result=$?
    if [ -n "$kept" ]; then mv "$kept" "$policy"; else rm -f "$policy"; fi
    return $result
}

if [ -z "${XILIN_TEST_AMQP:-}" ] && [ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ] && ! docker info >/dev/null 2>&1; then
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "Installing rabbitmq-server …"
        install_quietly rabbitmq-server || { echo "rabbitmq-server could not be installed: see above." >&2; exit 1; }
    else
        echo "RabbitMQ is missing: apt-get install rabbitmq-server (as root), or start Docker," >&2
        echo "or name a broker in XILIN_TEST_AMQP=amqp://user:password@host." >&2
        exit 1
    fi
fi

# The databases and the mail server of the tests, Prometheus that scrapes a service and checks the rules, LibreOffice that saves the
# form again, what docs/backup.md and the samples in docs/clients use, Go and its code for transparency logs, which verify ours, with
# the other commands of docs/proofs.md, and the browser of the page tests with a Chinese font.
missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v sqlite3 >/dev/null || missing+=(sqlite3)
command -v node >/dev/null && command -v npm >/dev/null || missing+=(nodejs npm)
command -v amqp-publish >/dev/null || missing+=(amqp-tools)
/usr/bin/python3 -c 'import pika' 2>/dev/null || missing+=(python3-pika)
/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || missing+=(python3-aiosmtpd)
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
command -v promtool >/dev/null && command -v prometheus >/dev/null || missing+=(prometheus)
command -v soffice >/dev/null || missing+=(libreoffice-calc)
[ -e /usr/lib/libreoffice/program/libswlo.so ] || missing+=(libreoffice-writer)
command -v curl >/dev/null || missing+=(curl)
command -v openssl >/dev/null || missing+=(openssl)
command -v go >/dev/null || missing+=(golang-go)
[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ] || missing+=(golang-golang-x-mod-dev)
compgen -G '/usr/share/fonts/*/wqy/wqy-microhei*' >/dev/null || missing+=(fonts-wqy-microhei)

# .NET loads the cultures of libicu, by which SQL Server's client compares; its package is called after its version.
unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT
if ! compgen -G '/usr/lib/*/libicuuc.so.*' >/dev/null && ! compgen -G '/usr/lib*/libicuuc.so.*' >/dev/null &&
    ! PATH=$PATH:/sbin ldconfig -p 2>/dev/null | grep -q libicuuc; then
    libicu() { apt-cache search --names-only '^libicu[0-9]+$' 2>/dev/null | cut -d ' ' -f 1 | sort -V | tail -n 1; }
    [ -n "$(libicu)" ] || { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null && apt-get update -qq; }
    name=$(libicu)
    missing+=("${name:-libicu}")
fi
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "Installing ${missing[*]} …"
        install_quietly "${missing[@]}" || { echo "${missing[*]} could not be installed: see above." >&2; exit 1; }
    else
        echo "The tests need ${missing[*]}: apt-get install ${missing[*]} (as root)." >&2
        exit 1
    fi
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# The build and the tests start some hundreds of processes that end within seconds or minutes: measuring code while it runs, to compile it
# better later, costs a third of a build's processor time and a tenth of the tests', and is never of use.
export DOTNET_TieredPGO=0

# No line of source has more than 140 columns.
long_lines=$(find src tests bench samples deploy release -type f -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/node_modules/*' \
    \( -name '*.cs' -o -name '*.razor' -o -name '*.js' -o -name '*.css' -o -name '*.sql' -o -name '*.sh' \) -print0 |
    LC_ALL=C.UTF-8 xargs -0 grep -nE '.{141}' ./*.sh)
if [ -n "$long_lines" ]; then
    echo "$long_lines"
    echo "Lines of source have at most 140 columns." >&2
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi
# How long the properties look for a counter-example; 1 and more where there is time.
export XILIN_PROPERTY_FACTOR=${XILIN_PROPERTY_FACTOR:-0.15}
configuration=Release
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# One compiler for all projects, where each would start its own; it waits for more, and is ended by its name.
compiler=xilin-$$
dotnet build XilinIngest.sln -c "$configuration" -v quiet -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler"
built=$?
for process in /proc/[0-9]*; do
    grep -qs -- "-pipename:$compiler" "$process/cmdline" && kill "${process#/proc/}"
done
[ "$built" -eq 0 ] || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# The build has said what breaks a rule of style, and tests/Architecture.Tests holds the order of usings; this is the rest of dotnet format.
dotnet format whitespace . --folder --verify-no-changes --verbosity quiet ||
    { echo "Run dotnet format." >&2; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# Each stage of a submission beside its ceiling, before the tests load the machine. bench/HISTORY.md records the ratios.
check_failed=0
if [ $# -eq 0 ]; then
    dotnet run --project bench -c "$configuration" --no-build -- --check || check_failed=1
fi

# Long suites have commands of their own: ./crash-wire.sh, and for the databases dotnet test tests/Storage.Tests -c Release --filter
# suite=long.
[ $# -gt 0 ] || set -- --filter "suite!=long&suite!=pictures"

# Two projects at a time, the long ones first: tests spend half their time waiting for a process that starts or a server that answers. Three
# projects on two processors delay each other beyond the times that are promised.
# The ledger's and the cube's suites run once more, the same tests, on PostgreSQL; on SQL Server where one is named.
run() {
    local name=${1%@*} engine=${1#*@}
    [ "$engine" = "$1" ] && engine=
    local log="$results/$1.log" begun=$SECONDS
    [ -n "$engine" ] && export XILIN_TEST_ENGINE=$engine XILIN_PROPERTY_FACTOR=0.1
    dotnet test "tests/$name/bin/$configuration/net10.0/XilinIngest.$name.dll" \
        --logger "trx;LogFileName=$1.trx" --results-directory "$results" "${@:2}" >"$log" 2>&1
    local result=$?
    echo "== $name${engine:+ on $engine}, $((SECONDS - begun)) s"
    cat "$log"
    return $result
}
export -f run
export configuration results

long_ones=(Standalone Dashboard Wire Cluster Ingest.Client Simulation Notifier Storage Admin)
long_ones=("${long_ones[@]/%/.Tests}")
engines=(PostgreSql)
[ -n "${XILIN_TEST_SQLSERVER:-}${XILIN_TEST_SQLSERVER_IMAGE:-}" ] && engines+=(SqlServer)
all=("${long_ones[@]}")
for engine in "${engines[@]}"; do
    all+=("Ingest.Worker.Tests@$engine" "Aggregator.Tests@$engine")
done
for project in tests/*/*.Tests.csproj; do
    name=$(basename "$project" .csproj)
    [[ " ${long_ones[*]} " == *" $name "* ]] || all+=("$name")
done

failed_project=0
printf '%s\0' "${all[@]}" | xargs -0 -P 2 -I '{}' bash -c 'run "$@"' run '{}' "$@" || failed_project=1

sum() {
    cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' |
        awk '{ s += $1 } END { print s + 0 }'
}
total=$(sum total) passed=$(sum passed) executed=$(sum executed)
failed=$((executed - passed)) skipped=$((total - executed))
if [ "$check_failed" -ne 0 ]; then
    echo "A stage costs more than 1.3 times what bench/HISTORY.md records: see above, before the tests." >&2
    failed=$((failed + 1))
fi

# What failed, once more where it is seen: the whole output of a project above names the line.
grep -hE '^  Failed ' -A 8 "$results"/*.log

# A project that crashed or ran nothing wrote no result of its own: that is a failure too.
[ "$failed_project" -eq 1 ] && [ "$failed" -eq 0 ] && failed=1
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
