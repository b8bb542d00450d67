using System.Text.RegularExpressions;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>docs/your-own.md: its files and commands as they stand, in December 2026.</summary>
public sealed partial class The_page_from_an_empty_folder_to_a_report : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "your-own.md"));
    private static readonly DateTimeOffset Now = new(2026, 12, 3, 9, 0, 0, TimeSpan.FromHours(8));
    private readonly XilinProcess _xilin = new();

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task Leads_to_the_report_that_it_shows()
    {
        foreach (Match file in Files().Matches(Page))
        {
            var path = _xilin.In(file.Groups["name"].Value);
            await File.WriteAllTextAsync(path, file.Groups["text"].Value);
            File.SetLastWriteTimeUtc(path, Now.AddHours(-1).UtcDateTime);
        }

        var commands = Commands().Matches(Page).SelectMany(block => block.Groups["text"].Value.Split('\n'))
            .Where(line => line.Length > 0).Select(line => line.Split(' ')).ToList();
        Assert.Equal(["xilin-admin", "xilin-standalone", "xilin", "xilin", "xilin", "xilin"], commands.Select(command => command[0]));
        await ProgramRunner.RunAsync("dotnet", [Admin, .. commands[0][1..].Select(word =>
            word == "my" || File.Exists(_xilin.In(word)) ? _xilin.In(word) : word)]);

        await using var service = new InProcessService(_xilin.In("my"));
        service.Clock.Set(Now);
        await service.InitializeAsync();
        var outputs = new List<string>();
        foreach (var command in commands.Skip(2))
        {
            var result = await _xilin.RunAsync([.. command[1..].Select(word => word.StartsWith("http", StringComparison.Ordinal)
                ? service.Client.BaseAddress!.ToString() : word)]);
            outputs.Add(result.AssertExitCode(0).Output);
            if (result.Output.Contains("已接收", StringComparison.Ordinal))
            {
                await service.WaitUntilAppliedAsync(3);
            }
        }

        Assert.Contains("样例街道 2026-11 一般公共预算收入 本月 = 12500 万元", outputs[1], StringComparison.Ordinal);
        Assert.Contains("1—11月完成一般公共预算收入12500.00万元（快报，0/1已报）；走访企业35家（快报，0/2已报）", outputs[3],
            StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllLines(_xilin.In("对照表.csv")).Select(line => line.Replace(",本月,", ",,", StringComparison.Ordinal)),
            File.ReadAllLines(_xilin.In("初稿.csv")).Select(WithoutNote));
    }

    private static string Admin => Path.Combine(Path.GetDirectoryName(RepositoryFiles.ProgramOf("Admin"))!, "xilin-admin.dll");

    private static string WithoutNote(string line) =>
        line.EndsWith("备注", StringComparison.Ordinal) ? line : line[..(line.LastIndexOf(',') + 1)];

    [GeneratedRegex(@"^```csv (?<name>\S+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Files();

    [GeneratedRegex(@"^```sh\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Commands();
}
