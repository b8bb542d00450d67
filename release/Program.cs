using System.CommandLine;
using System.Globalization;
using XilinIngest.Release;

// Called by release.sh, which says what a release is made of.
var version = new Argument<string>("version");
var folder = new Argument<DirectoryInfo>("folder");
var file = new Argument<FileInfo>("file");
var root = new Option<DirectoryInfo>("--root") { Description = "The sources.", DefaultValueFactory = _ => new(".") };
var time = new Option<long>("--time") { Description = "The time of the commit, in seconds since 1970.", Required = true };
var commit = new Option<string>("--commit") { Description = "The commit, 40 hexadecimal digits.", Required = true };
DateTimeOffset Time(ParseResult result) => DateTimeOffset.FromUnixTimeSeconds(result.GetValue(time));

var prepare = new Command("prepare", "Date the changelog, ship the public API, name the version in deploy/.") { version, root };
prepare.SetAction(result => Run(() => Preparation.Prepare(result.GetRequiredValue(root).FullName, result.GetRequiredValue(version),
    DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime))));

var check = new Command("check", "Whether the sources are prepared for a release.") { version, root };
check.SetAction(result => Run(() =>
{
    var faults = Preparation.FindFaults(result.GetRequiredValue(root).FullName, result.GetRequiredValue(version)).ToList();
    if (faults.Count > 0)
    {
        throw new ReleaseException(string.Join('\n', faults));
    }
}));

var notes = new Command("notes", "The release notes, cut from the changelog.") { version, root };
notes.SetAction(result => Run(() => Console.WriteLine(Changelog.Notes(
    File.ReadAllText(Path.Combine(result.GetRequiredValue(root).FullName, "CHANGELOG.md")), result.GetRequiredValue(version)))));

var released = new Command("released", "The versions that were released, newest first.") { root };
released.SetAction(result => Run(() => Changelog.Released(
    File.ReadAllText(Path.Combine(result.GetRequiredValue(root).FullName, "CHANGELOG.md"))).ToList().ForEach(Console.WriteLine)));

var archive = new Command("archive", "A folder as .zip or .tar.gz, the same for the same files.") { folder, file, time };
archive.SetAction(result => Run(() => ReproducibleArchive.Write(
    result.GetRequiredValue(folder).FullName, result.GetRequiredValue(file).FullName, Time(result))));

var bill = new Command("bill", "The bill of materials of the projects whose project.assets.json files are in a folder, by product.")
{
    folder, file, version, commit, time,
};
bill.SetAction(result => Run(() => File.WriteAllText(result.GetRequiredValue(file).FullName, BillOfMaterials.Write(
    result.GetRequiredValue(folder).GetFiles("*.json").ToDictionary(
        assets => Path.GetFileNameWithoutExtension(assets.Name), assets => PackageUse.ReadAssets(assets.FullName)),
    result.GetRequiredValue(version), result.GetRequiredValue(commit), Time(result)))));

var icon = new Command("icon", "The icon of the programs for Windows.") { file };
icon.SetAction(result => Run(() => File.WriteAllBytes(result.GetRequiredValue(file).FullName, ProgramIcon.Draw())));

var checksums = new Command("checksums", "SHA256SUMS of the files in a folder.") { folder };
checksums.SetAction(result => Run(() => Checksums.Write(result.GetRequiredValue(folder).FullName)));

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return new RootCommand("The steps of release.sh that work on files.") { prepare, check, notes, released, archive, bill, icon, checksums }
    .Parse(args).Invoke();

static int Run(Action action)
{
    try
    {
        action();
        return 0;
    }
    catch (ReleaseException exception)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
}
