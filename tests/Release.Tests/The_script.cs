namespace XilinIngest.Release.Tests;

public sealed class The_script
{
    private static readonly string Script = Path.Combine(RepositoryFiles.Root, "release.sh");

    [Fact]
    public async Task Says_with_examples_how_it_is_used() => Assert.Contains("Examples:\n  ./release.sh 0.2.0-rc.1",
        await ProgramRunner.RunAsync(Script, ["--help"]), StringComparison.Ordinal);

    [Theory, InlineData("Which version?"), InlineData("There is no option --fast", "--fast", "1.0.0"),
        InlineData("is no version", "v1.0.0"), InlineData("is no version", "1.0"), InlineData("One version at a time", "1.0.0", "2.0.0"),
        InlineData("--runtime is linux-x64", "1.0.0", "--runtime", "osx-x64"), InlineData("is no release", "--check", "/tmp")]
    public async Task Refuses_what_it_does_not_understand(string reason, params string[] arguments)
    {
        var (exitCode, said) = await ProgramRunner.TryAsync(Script, arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Releases_nothing_but_what_a_commit_says()
    {
        var folder = Directory.CreateTempSubdirectory("xilin-release-").FullName;
        try
        {
            File.Copy(Script, Path.Combine(folder, "release.sh"));
            await ProgramRunner.RunAsync("git", ["init", "-q", folder]);
            var (exitCode, said) = await ProgramRunner.TryAsync(Path.Combine(folder, "release.sh"), ["1.0.0"]);
            Assert.Equal(1, exitCode);
            Assert.Contains("The tree is not clean", said, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(folder, "artifacts")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
