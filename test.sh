#!/usr/bin/env bash
# Builds everything, runs every test project, and ends with one line that sums them all.
# Needs the .NET SDK; all that the tests need beside it they start themselves.
set -uo pipefail
cd "$(dirname "$0")"

command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
configuration=Release
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

dotnet build XilinIngest.sln -c "$configuration" -v quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

failed_project=0
for project in tests/*/*.Tests.csproj; do
    name=$(basename "$project" .csproj)
    echo "== $name"
    dotnet test "$project" -c "$configuration" --no-build --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" || failed_project=1
done

sum() { cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ s += $1 } END { print s + 0 }'; }
total=$(sum total) passed=$(sum passed) executed=$(sum executed)
failed=$((executed - passed)) skipped=$((total - executed))

# A project that crashed or ran nothing wrote no result of its own: that is a failure too.
[ "$failed_project" -eq 1 ] && [ "$failed" -eq 0 ] && failed=1
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
