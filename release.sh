#!/usr/bin/env bash
# Makes a release from a clean tree: packages, tools, single files, services, images, bill of materials, checksums, notes.
# ./release.sh --help says how. Everything is built in a clone of the commit, so that neither what lies in this folder nor where it
# lies is in the files: two runs make the same ones.
set -euo pipefail
cd "$(dirname "$0")"
root=$PWD

help() {
    cat <<'HELP'
Makes a release into artifacts/VERSION.

Usage:
  ./release.sh VERSION [--runtime RID]... [--out FOLDER]
  ./release.sh --prepare VERSION     date CHANGELOG.md, ship the public API, name VERSION in deploy/; then look at it and commit
  ./release.sh --check FOLDER        install what was made into an empty folder, and do the README's first steps with it

Options:
  --runtime RID    single files for this platform alone: linux-x64, linux-arm64 or win-x64 (default: all three)
  --out FOLDER     where to (default: artifacts/VERSION); must not be there yet

Examples:
  ./release.sh 0.2.0-rc.1                          from any clean tree; the notes are what CHANGELOG.md has as unreleased
  ./release.sh --prepare 0.2.0 && git commit -am "Prepare 0.2.0" && git tag v0.2.0 && ./release.sh 0.2.0
  ./release.sh 0.2.0 --out /tmp/second && diff artifacts/0.2.0/SHA256SUMS /tmp/second/SHA256SUMS
  ./release.sh --check artifacts/0.2.0

The release before is artifacts/previous, or the folder that XILIN_PREVIOUS_RELEASE names: the public API is held against its packages.
HELP
}
refuse() { echo "$1" >&2; exit 1; }
say() { echo "[$(date +%H:%M:%S)] $1"; }

version='' out='' action=make runtimes=()
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) help; exit ;;
        --prepare) action=prepare ;;
        --check) action=check ;;
        --runtime)
            case ${2:-} in
                linux-x64 | linux-arm64 | win-x64) runtimes+=("$2") ;;
                *) refuse "--runtime is linux-x64, linux-arm64 or win-x64, not '${2:-}'. See ./release.sh --help." ;;
            esac
            shift ;;
        --out) out=${2:-}; [ -n "$out" ] || refuse "--out names a folder. See ./release.sh --help."; shift ;;
        -*) refuse "There is no option $1. See ./release.sh --help." ;;
        *) [ -z "$version" ] || refuse "One version at a time, not $version and $1. See ./release.sh --help."; version=$1 ;;
    esac
    shift
done
[ -n "$version" ] || refuse "Which version? See ./release.sh --help."
command -v dotnet >/dev/null || refuse "dotnet is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download)."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if [ $action = check ]; then
    [ -e "$version/SHA256SUMS" ] || refuse "$version is no release: SHA256SUMS is missing. Name the folder that ./release.sh VERSION made."
    XILIN_RELEASE=$(cd "$version" && pwd)
    export XILIN_RELEASE
    dotnet build tests/Release.Tests -c Release -v quiet
    exec dotnet test tests/Release.Tests -c Release --no-build --filter "suite=long" --logger "console;verbosity=detailed"
fi

[[ $version =~ ^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?$ ]] ||
    refuse "$version is no version: write it as 1.2.3 or 1.2.3-rc.1."
changed=$(git status --porcelain)
[ -z "$changed" ] || refuse "The tree is not clean; a release is what a commit says. Commit or stash:
$changed"
if [ $action = prepare ]; then
    dotnet run --project release -c Release -v quiet -- prepare "$version"
    git diff --stat
    echo "Look at it, commit, tag the commit v$version, and run ./release.sh $version."
    exit
fi

# Packages are the same from two runs from this SDK on.
sdk=$(dotnet --version)
[ "$(printf '%s\n' 10.0.400 "$sdk" | sort -V | head -n 1)" = 10.0.400 ] ||
    refuse "SDK $sdk writes the time into packages: install .NET SDK 10.0.400 or newer."
out=${out:-artifacts/$version}
[ ! -e "$out" ] || refuse "$out is there already: a release is made once. Remove it, or name another folder with --out."
mkdir -p "$out"
out=$(cd "$out" && pwd)
[ ${#runtimes[@]} -gt 0 ] || runtimes=(linux-x64 linux-arm64 win-x64)
previous=${XILIN_PREVIOUS_RELEASE:-$root/artifacts/previous}

commit=$(git rev-parse HEAD)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
compiler=xilin-release-$$
finish() {
    local result=$? process
    for process in /proc/[0-9]*; do
        grep -qs -- "-pipename:$compiler" "$process/cmdline" && kill "${process#/proc/}"
    done
    rm -rf "$work"
    [ $result -eq 0 ] || { rm -rf "$out"; echo "No release was made." >&2; }
}
trap finish EXIT
say "XilinIngest $version from ${commit:0:12} with SDK $sdk"
git clone --quiet "$root" "$work/source"
cd "$work/source"
git checkout --quiet --detach "$commit"

# The sources' address in packages and symbols is that of the repository, not of this folder.
git remote remove origin
if address=$(git -C "$root" remote get-url origin 2>/dev/null); then git remote add origin "$address"; fi

# With several threads, the compiler numbers the types that it makes for lambdas in the order in which the threads come to them.
echo "/parallel-" >"$work/one-thread.rsp"
build=(-c Release -v quiet -tl:off -clp:NoSummary "-p:Version=$version" -p:ContinuousIntegrationBuild=true
    "-p:CompilerResponseFile=$work/one-thread.rsp" -p:UseSharedCompilation=true "-p:SharedCompilationId=$compiler")
step() { dotnet "$work/release/XilinIngest.Release.dll" "$@"; }
# What a user's machine has no use for stays out.
plain=(-p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false -p:CopyOutputSymbolsToPublishDirectory=false
    -p:IsTransformWebConfigDisabled=true -p:AllowedReferenceRelatedFileExtensions=none)
archive() {
    step archive "$1" "$out/$(basename "$1").$2" --time "$SOURCE_DATE_EPOCH"
    rm -r "$1"
}
bill=$work/bill
mkdir "$bill" "$work/stage"
# Keeps what a project was made of, for the bill of materials.
record() { cp "src/$1/obj/project.assets.json" "$bill/$2.json"; }

say "Looking at changelog, public API and deploy/"
dotnet build release "${build[@]}" -o "$work/release"
step check "$version"
step notes "$version" >"$out/RELEASE-NOTES.md"

baseline=()
released=$(step released)
before=$(grep -m 1 -vxF "$version" <<<"$released" || true)
if [ -d "$previous" ]; then
    package=$(find "$previous" -name 'XilinIngest.Contracts.*.nupkg' -not -name "*.$version.nupkg" | sort -V | tail -n 1)
    [ -n "$package" ] || refuse "$previous has no XilinIngest.Contracts.*.nupkg of another version."
    before=$(basename "$package" .nupkg)
    baseline=("-p:PreviousPackages=$(cd "$previous" && pwd)" "-p:PreviousVersion=${before#XilinIngest.Contracts.}")
    say "The public API is held against ${before#XilinIngest.Contracts.}"
elif [ -n "$before" ]; then
    refuse "$before was released, and its packages are not in $previous: put its release there, so that breaking changes are found."
else
    say "There is no release before: the public API is held against none"
fi

say "Packages and tools"
for library in Ingest.Contracts Ingest.ClientLibrary; do
    dotnet pack "src/$library" "${build[@]}" "${baseline[@]}" -o "$out"
done
for tool in Ingest.Client Admin; do
    dotnet pack "src/$tool" "${build[@]}" "${plain[@]}" -o "$out"
done
record Ingest.Contracts package-contracts
record Ingest.ClientLibrary package-client-library
record Ingest.Client tool-xilin
record Admin tool-xilin-admin

# The programs of deploy/systemd, in the folders that it names, for machines with the ASP.NET Core runtime.
services() {
    local runtime=$1 folder=$work/stage/xilin-services-$version-$1 service name
    for service in Ingest.Worker:worker Aggregator:aggregator Aggregator.Cluster:silo Notifier:notifier Dashboard:dashboard \
        Admin:admin; do
        name=${service#*:}
        dotnet publish "src/${service%:*}" "${build[@]}" -r "$runtime" --no-self-contained "${plain[@]}" -o "$folder/$name"
        record "${service%:*}" "service-$name-$runtime"
    done
    cp -r catalogue deploy LICENSE docs/install.md "$folder"
    archive "$folder" tar.gz
}

step icon "$work/xilin.ico"
# A single file with the runtime within, and what it reads beside it.
single_file() {
    local project=$1 name=$2 runtime=$3 folder=$work/stage/$2-$version-$3 built
    dotnet publish "src/$project" "${build[@]}" -r "$runtime" --self-contained -p:PublishSingleFile=true -p:PublishReadyToRun=true \
        -p:PublishReadyToRunComposite=false "-p:ProgramIcon=$work/xilin.ico" \
        "${plain[@]}" -o "$folder"
    record "$project" "$name-$runtime"
    for built in "$folder/XilinIngest.$project" "$folder/XilinIngest.$project.exe"; do
        [ ! -e "$built" ] || mv "$built" "${built/XilinIngest.$project/$name}"
    done
    cp LICENSE "$folder"
    case $name in
        xilin) cp docs/clients/README.md "$folder" ;;
        *) cp docs/install.md "$folder" ;;
    esac
    case $runtime in
        win-*)
            [ "$name" = xilin ] || cp deploy/windows/*.cmd "$folder"
            archive "$folder" zip ;;
        *) archive "$folder" tar.gz ;;
    esac
}
for runtime in "${runtimes[@]}"; do
    say "Single files for $runtime"
    single_file Ingest.Client xilin "$runtime"
    single_file Standalone xilin-standalone "$runtime"
    [ "$runtime" = win-x64 ] || { say "Services for $runtime"; services "$runtime"; }
done

say "Images"
base=$(sed -n 's/^RUNTIME_IMAGE=//p' deploy/.env)
# The one that is made fastest first, in case that there is no base.
for image in Admin:admin Ingest.Worker:worker Aggregator:aggregator Aggregator.Cluster:silo Notifier:notifier Dashboard:dashboard \
    Standalone:standalone; do
    name=xilin-${image#*:}
    if ! dotnet publish "src/${image%:*}" "${build[@]}" -r linux-x64 --no-self-contained -t:PublishContainer \
        "-p:ContainerBaseImage=${XILIN_BASE_IMAGE:-$base}" "-p:ContainerRepository=$name" "-p:ContainerImageTag=$version" \
        -p:ContainerUser=1654:1654 -p:ContainerGenerateLabelsImageCreated=false \
        "-p:ContainerArchiveOutputPath=$out/$name-$version-image.tar" >"$work/image.log" 2>&1; then
        reason=$(grep -m 1 -oE '(CONTAINER[0-9]+|[A-Za-z.]+Exception): [^[]*' "$work/image.log" || tail -n 1 "$work/image.log")
        say "No images: ${reason:0:200}. Build them with deploy/docker, or name a base that can be had in XILIN_BASE_IMAGE."
        break
    fi
done

say "Bill of materials, checksums"
step bill "$bill" "$out/xilin-$version.cdx.json" "$version" --commit "$commit" --time "$SOURCE_DATE_EPOCH"
cp LICENSE "$out"
step checksums "$out"
say "Done: $out"
cd "$out"
ls -lh --time-style=+ | awk 'NR > 1 { print $5, $6 }'
