#!/usr/bin/env bash
# Changes the kernel's code one place at a time (mutants), and runs its tests against each: at least 85 % of the mutants have to be noticed.
# Those that are not are in the report, which is a page. Takes about an hour.
#   ./mutate.sh [indicators|submissions] [files, such as 'Growth/*.cs']
set -euo pipefail
cd "$(dirname "$0")"
command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }
case ${1:-} in
    indicators) projects=(Indicators.Tests) ;;
    submissions) projects=(Submissions.Tests) ;;
    "") projects=(Indicators.Tests Submissions.Tests) ;;
    *) echo "Usage: ./mutate.sh [indicators|submissions] [files]" >&2; exit 2 ;;
esac

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet tool restore
for project in "${projects[@]}"; do
    (cd "tests/$project" && dotnet tool run dotnet-stryker -- --output "../../artifacts/mutants/$project" ${2:+--mutate "$2"})
done
