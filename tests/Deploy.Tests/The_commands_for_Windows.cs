using System.Text.RegularExpressions;

namespace XilinIngest.Deploy.Tests;

/// <summary>deploy/windows, as far as can be said where there is no Windows.</summary>
public sealed partial class The_commands_for_Windows
{
    private static readonly string Standalone = Path.Combine(RepositoryFiles.Root, "src", "Standalone");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(ComposeFile.Folder, "windows"), "*.cmd").Select(file => Path.GetFileName(file))];

    [Theory, MemberData(nameof(Files))]
    public void Print_Chinese_on_a_console_of_any_language_and_jump_to_what_there_is(string file)
    {
        var text = Read(file);
        Assert.StartsWith("@echo off\nchcp 65001 >nul\nrem ", text, StringComparison.Ordinal);
        Assert.All(Label().Matches(text),
            label => Assert.Contains($"\n:{label.Groups[1].Value}\n", text, StringComparison.Ordinal));
        Assert.Contains($"`{file}`", File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "install.md")), StringComparison.Ordinal);
    }

    [Theory, InlineData("install-service.cmd"), InlineData("start.cmd")]
    public void Start_the_program_with_options_that_it_has(string file)
    {
        var program = File.ReadAllText(Path.Combine(Standalone, "Program.cs"));
        var options = Option().Matches(Read(file)).Select(option => option.Value).Distinct().ToList();
        Assert.Contains("--data", options);
        Assert.All(options.Where(option => option != "--probe"),
            option => Assert.Contains($"\"{option}\"", program, StringComparison.Ordinal));
    }

    [Theory, InlineData("install-service.cmd"), InlineData("remove-service.cmd")]
    public void Name_the_service_as_the_program_does(string file)
    {
        Assert.Contains("ServiceName = \"XilinIngest\"", File.ReadAllText(Path.Combine(Standalone, "StandaloneHost.cs")),
            StringComparison.Ordinal);
        Assert.All(Service().Matches(Read(file)), service => Assert.Equal("XilinIngest", service.Groups[1].Value));
    }

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(ComposeFile.Folder, "windows", file)).ReplaceLineEndings("\n");

    [GeneratedRegex("goto ([a-z]+)")]
    private static partial Regex Label();

    [GeneratedRegex("(?<= )--[a-z]+")]
    private static partial Regex Option();

    [GeneratedRegex("sc\\.exe [a-z]+ ([A-Za-z]+)")]
    private static partial Regex Service();
}
