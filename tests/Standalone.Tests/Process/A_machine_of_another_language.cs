namespace XilinIngest.Standalone.Tests;

/// <summary>With other digits, another comma and another order of letters: what is printed is the same to the byte.</summary>
public sealed class A_machine_of_another_language
{
    [Fact, Trait("suite", "long")]
    public async Task Prints_the_figures_and_the_order_of_every_other() =>
        Assert.Equal(await SampleAsync("C", []), await SampleAsync("fa_IR.UTF-8", []));

    [Fact, Trait("suite", "long")]
    public async Task Prints_the_same_without_the_rules_of_any_language() => Assert.Equal(
        await SampleAsync("C", []), await SampleAsync("C", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1"]));

    // The folder is another one each time, and speed is the machine's.
    private static async Task<IEnumerable<string>> SampleAsync(string language, string[] more)
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess(["env", $"LC_ALL={language}", .. more],
                ["--sample", "--exit", "--data", folder.In("data"), "--catalogue", RepositoryFiles.Catalogue, "--lang", "en", "--port",
                    "0"]);
        Assert.True(await program.ExitAsync(seconds: 120) == 0, program.Output + program.Errors);
        var lines = program.Output.Replace(folder.Path, "", StringComparison.Ordinal).Split('\n')
            .Where(line => !line.StartsWith("sending", StringComparison.Ordinal) && !line.Contains(" info: ", StringComparison.Ordinal))
            .ToList();
        Assert.True(lines.Count > 50, program.Output);
        return lines;
    }
}
