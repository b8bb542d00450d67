#!/usr/bin/env bash
# Feeds a reader with bytes that a fuzzer makes of a corpus, guided by the code that they reach, and keeps what it does not survive.
# Needs AFL++, which it installs where it may. Readers: submission, table, map, sheet.
#   ./fuzz.sh submission 600                                        ten minutes
#   ./fuzz.sh sheet                                                 until Ctrl-C
#   ./fuzz.sh --show sheet artifacts/fuzz/sheet/default/crashes/id* what became of an input
set -euo pipefail
cd "$(dirname "$0")"
root=$PWD
case ${1:-} in
    submission | table | map | sheet | --show) ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

command -v dotnet >/dev/null || { echo "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)." >&2; exit 1; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
inputs=("$root/catalogue" "$root/tests/Fuzzing/corpus/map/wide.csv")
program=$root/artifacts/fuzz/program/XilinIngest.Fuzzing.dll
if [ "$1" = --show ]; then
    dotnet build tests/Fuzzing -c Release -v quiet -o "$root/artifacts/fuzz/plain"
    exec dotnet "$root/artifacts/fuzz/plain/XilinIngest.Fuzzing.dll" "$2" "${inputs[@]}" "$3"
fi

command -v afl-fuzz >/dev/null || { [ "$(id -u)" = 0 ] && apt-get install -y -q afl++; } ||
    { echo "afl-fuzz is missing: apt-get install afl++ (as root)." >&2; exit 1; }
rm -rf "$root/artifacts/fuzz/program"
dotnet build tests/Fuzzing -c Release -v quiet -o "$root/artifacts/fuzz/program"
dotnet tool restore >/dev/null
for library in Submissions Indicators TabularFiles SubmissionFiles CatalogueFiles; do
    dotnet sharpfuzz "$root/artifacts/fuzz/program/XilinIngest.$library.dll"
done

# The program is no native one, cores go to a handler on many machines, and no processor is bound to it.
export AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1
exec afl-fuzz -i "tests/Fuzzing/corpus/$1" -o "artifacts/fuzz/$1" -t 10000 -m none ${2:+-V "$2"} -- \
    dotnet "$program" "$1" "${inputs[@]}"
