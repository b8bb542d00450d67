namespace XilinIngest.Deploy.Tests;

[CollectionDefinition(nameof(ComposeSecrets))]
public sealed class ComposeSecretsCollection : ICollectionFixture<ComposeSecrets>;

/// <summary>What deploy/compose/secrets.sh makes, in a folder that goes with the tests.</summary>
public sealed class ComposeSecrets : IAsyncLifetime
{
    private static readonly string Script = Path.Combine(ComposeFile.Folder, "compose", "secrets.sh");

    private static readonly string Admin = Path.Combine(Path.GetDirectoryName(RepositoryFiles.ProgramOf("Admin"))!, "xilin-admin.dll");

    internal string Folder { get; } = Path.Combine(Directory.CreateTempSubdirectory("xilin-deploy-").FullName, "compose");

    internal string In(string path) => Path.Combine(Folder, path);

    public Task InitializeAsync() => GenerateAsync(Folder);

    public Task DisposeAsync()
    {
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>
    /// As an operator who has the program and no image of it; without the enterprises, whose queues take a broker long to make.
    /// </summary>
    internal static Task GenerateAsync(string folder, params IEnumerable<(string Name, string Value)> environment) =>
        ProgramRunner.RunAsync(Script, ["--levels", "street", "village"],
            environment.Concat([("XILIN_SECRETS", folder), ("XILIN_ADMIN", $"dotnet {Admin}")]));

    /// <summary>All files, with their text; those that are made anew at every run aside.</summary>
    internal Dictionary<string, string> StableFiles() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))
        .Where(file => !file.StartsWith("rabbitmq/", StringComparison.Ordinal))
        .ToDictionary(file => file, file => File.ReadAllText(In(file)));
}
