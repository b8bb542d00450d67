namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>
/// The program <c>verify.go</c>, which verifies logs by the Go project's code as Debian packages it. It is built at its first use.
/// </summary>
public sealed class GoVerifier : IDisposable
{
    private static readonly string Sources = Path.Combine(RepositoryFiles.Root, "tests", "Standalone.Tests", "Foreign");
    private readonly TestFolder _folder = new();
    private readonly Lazy<Task<string>> _built;
    private readonly Lazy<Task<string>> _witnessBuilt;

    public GoVerifier() => (_built, _witnessBuilt) = (new(() => BuildAsync("verify")), new(() => BuildAsync("witness")));

    /// <summary>What Go compiled before, so that another build takes a second.</summary>
    internal string Cache => _folder.In("cache");

    private string Program => _folder.In("verify");

    /// <summary>Runs it with arguments that it accepts.</summary>
    /// <returns>What it said.</returns>
    internal async Task<string> AcceptAsync(params string[] arguments)
    {
        var (code, said) = await RunAsync(arguments);
        Assert.True(code == 0, $"verify {string.Join(' ', arguments)}: {said}");
        return said;
    }

    /// <summary>Runs it with arguments that it refuses.</summary>
    /// <returns>Why.</returns>
    internal async Task<string> RefuseAsync(params string[] arguments)
    {
        var (code, said) = await RunAsync(arguments);
        Assert.True(code == 1, $"verify {string.Join(' ', arguments)}: {code} {said}");
        var refusal = said.IndexOf("NOT VERIFIED: ", StringComparison.Ordinal);
        Assert.True(refusal >= 0, said);
        return said[(refusal + "NOT VERIFIED: ".Length)..].Trim();
    }

    /// <summary>Runs <c>witness.go</c>, which verifies cosignatures and asks witnesses.</summary>
    internal async Task<(int ExitCode, string Said)> RunWitnessAsync(params string[] arguments)
    {
        await _witnessBuilt.Value;
        return await ProgramRunner.TryAsync(_folder.In("witness"), arguments);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, string Said)> RunAsync(string[] arguments)
    {
        await _built.Value;
        return await ProgramRunner.TryAsync(Program, arguments);
    }

    private Task<string> BuildAsync(string name)
    {
        Assert.True(ProgramRunner.Find("go") is not null, "Go is missing: apt-get install golang-go golang-golang-x-mod-dev (as root).");
        return ProgramRunner.RunAsync(
            "go", ["build", "-o", _folder.In(name), Path.Combine(Sources, $"{name}.go")],
            ("GO111MODULE", "off"), ("GOPATH", "/usr/share/gocode"), ("GOFLAGS", ""), ("GOCACHE", Cache));
    }
}
