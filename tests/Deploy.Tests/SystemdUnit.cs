
namespace XilinIngest.Deploy.Tests;

/// <summary>A unit of deploy/systemd with its drop-in: what stands in each directive.</summary>
internal sealed class SystemdUnit
{
    internal static readonly string Folder = Path.Combine(ComposeFile.Folder, "systemd");
    private readonly List<(string Name, string Value)> _directives;

    internal SystemdUnit(string file) =>
        _directives = [.. new[] { file, "xilin-.service.d/hardening.conf" }.SelectMany(one => Lines(Path.Combine(Folder, one)))];

    internal static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.service").Select(Path.GetFileName)!;

    internal IEnumerable<string> Values(string directive) => _directives.Where(one => one.Name == directive).Select(one => one.Value);

    internal string SingleValue(string directive) => Assert.Single(Values(directive));

    /// <summary>What it gives the program, the environment's file first.</summary>
    internal IEnumerable<(string Name, string Value)> Environment =>
        Values("EnvironmentFile").Where(file => file[0] != '-').SelectMany(file => Lines(Path.Combine(Folder, Path.GetFileName(file))))
        .Concat(Values("Environment")
            .SelectMany(line => line.Split(' ')).Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1])));

    /// <summary>The program that is built here in the place of <c>/opt/xilin/…</c>, and its arguments.</summary>
    internal (string Program, string[] Arguments) Command
    {
        get
        {
            var command = SingleValue("ExecStart").Split(' ');
            var project =
                command[0].Split('/')[3] switch
                {
                    "worker" =>
                    "Ingest.Worker",
                    "aggregator" =>
                        "Aggregator",
                    "silo" => "Aggregator.Cluster",
                    "admin" => "Admin",
                    "notifier" => "Notifier",
                    "standalone" => "Standalone",
                    "dashboard" => "Dashboard",
                    var other => other
                };
            return (Path.Combine(Path.GetDirectoryName(RepositoryFiles.ProgramOf(project))!, Path.GetFileName(command[0])), command[1..]);
        }
    }

    private static IEnumerable<(string, string)> Lines(string file) =>
        File.ReadLines(file)
        .Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
        .Select(line => line.Split('=', 2)).Select(pair => (pair[0], pair[1]));
}
