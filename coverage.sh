#!/usr/bin/env bash
# Prints line and branch coverage of each project, over the tests named (all where none is named). Needs what ./test.sh needs.
# What runs in a process of its own, as most of Wire.Tests, Admin.Tests and Standalone.Tests do, is not counted.
#   ./coverage.sh                                          all test projects; takes about twice as long as ./test.sh
#   ./coverage.sh Indicators.Tests Aggregator.Tests        those two
set -uo pipefail
cd "$(dirname "$0")"

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
[ $# -gt 0 ] || set -- $(basename -a -s .csproj tests/*/*.Tests.csproj)
dotnet tool restore >/dev/null || exit 1

failed=0
for name in "$@"; do
    echo "Running $name …"
    dotnet test "tests/$name" -c Release -v quiet --filter "suite!=long&suite!=pictures" --collect "XPlat Code Coverage" \
        --results-directory "$results/$name" >"$results/$name.log" 2>&1 || { failed=1; tail -n 20 "$results/$name.log"; }
done

dotnet reportgenerator "-reports:$results/*/*/coverage.cobertura.xml" "-targetdir:$results/report" -reporttypes:JsonSummary \
    "-assemblyfilters:-*.Tests;-*.TestBrokers;-*.TestEngines;-*.TestFixtures;-*.TestLedgers;-*.TestServices" -verbosity:Error || exit 1
node -e '
const { coverage, summary } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
const percent = (value, width) => `${value ?? "–"}%`.padStart(width);
const line = (name, lines, branches) => console.log(name.padEnd(40) + percent(lines, 8) + percent(branches, 10));
console.log(`${"".padEnd(40)}${"lines".padStart(8)}${"branches".padStart(10)}`);
coverage.assemblies.forEach(each => line(each.name, each.coverage, each.branchcoverage));
line("in all", summary.linecoverage, summary.branchcoverage);
' "$results/report/Summary.json"
exit $failed
