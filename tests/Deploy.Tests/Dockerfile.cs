using System.Text.Json;

namespace XilinIngest.Deploy.Tests;

/// <summary>One of deploy/docker, its instructions in order.</summary>
internal sealed class Dockerfile
{
    private readonly List<(string Name, string Text)> _instructions;

    internal Dockerfile(string path)
    {
        Name = Path.GetFileName(path);
        _instructions =
            [.. File.ReadAllText(path)
                .Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2)).Select(pair => (pair[0], pair[1]))];
    }

    internal static IEnumerable<Dockerfile> All =>
        Directory.EnumerateFiles(Path.Combine(ComposeFile.Folder, "docker"), "*.Dockerfile").Select(path => new Dockerfile(path));

    internal string Name { get; }

    internal IReadOnlyDictionary<string, string> Arguments =>
        Instructions("ARG").Select(rest => rest.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    internal IReadOnlyDictionary<string, string> Environment =>
        Instructions("ENV")
        .SelectMany(rest => rest.Split(' ')).Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>The project that is published, below the repository's root.</summary>
    internal string Project => Instructions("RUN").Single().Split(' ')[2];

    internal string[] EntryPoint => JsonSerializer.Deserialize<string[]>(Instructions("ENTRYPOINT").Single())!;

    internal IEnumerable<string> Instructions(string instruction) =>
        _instructions.Where(one => one.Name == instruction).Select(one => one.Text);

    /// <summary>The built program that stands for the one in the image.</summary>
    internal string Program =>
        Path.Combine(Path.GetDirectoryName(RepositoryFiles.ProgramOf(Path.GetFileName(Project)))!, Path.GetFileName(EntryPoint[1]));

    public override string ToString() => Name;
}
