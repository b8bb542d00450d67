using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace XilinIngest.Deploy.Tests;

/// <summary>The rules and the dashboard of deploy/observability, docs/observability.md and docs/runbook.md.</summary>
public sealed partial class The_monitoring
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "deploy", "observability");
    private static readonly string Rules = File.ReadAllText(Path.Combine(Folder, "xilin.rules.yml"));
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "observability.md"));
    private static readonly string Runbook = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "runbook.md"));

    private static readonly HashSet<string> Documented =
        PrometheusName().Matches(Page).Select(match => match.Groups[1].Value).Append("up").ToHashSet();

    [Fact]
    public void Has_each_metric_of_the_source_in_the_page_and_no_other() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Instrument().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Order(),
        PageRow().Matches(Page).Select(match => match.Groups[1].Value).Order());

    [Theory]
    [InlineData("check", "rules", "xilin.rules.yml")]
    [InlineData("check", "config", "prometheus.yml")]
    public async Task Passes_the_tool_of_Prometheus(params string[] arguments)
    {
        using var promtool = Process.Start(
            new ProcessStartInfo("promtool", arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var said = await Task.WhenAll(promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
        await promtool.WaitForExitAsync();
        Assert.True(promtool.ExitCode == 0, string.Concat(said));
    }

    [Fact]
    public void Asks_in_rules_and_dashboard_for_metrics_of_the_page_alone()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "grafana-dashboard.json")));
        var expressions = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray().ToList() : [])
            .Select(target => target.GetProperty("expr").GetString()!)
            .Concat(Expression().Matches(Rules).Select(match => match.Groups[1].Value)).ToList();
        Assert.True(expressions.Count > 40, $"{expressions.Count} expressions");
        Assert.Equal([], expressions.SelectMany(NamesIn).Where(name => !IsDocumented(name)).Distinct());
    }

    [Fact]
    public void Has_an_entry_in_the_runbook_for_each_alert_with_symptom_causes_and_remedy()
    {
        var alerts = Alert().Matches(Rules).Select(match => match.Groups[1].Value).ToList();
        var entries = Runbook.Split("\n## ")[1..].ToDictionary(entry => entry.Split('\n')[0]);
        Assert.Equal(alerts.Order(), entries.Keys.Order());
        Assert.All(alerts, alert => Assert.Contains($"runbook: docs/runbook.md#{alert.ToLowerInvariant()}\n", Rules + "\n"));
        Assert.All(entries.Values, entry => Assert.All(
            new[] { "- **Symptom**: ", "- **Look at**: ", "- **Do**: " }, part => Assert.Contains(part, entry)));
    }

    private static bool IsDocumented(string name) =>
        Documented.Contains(name) || Documented.Contains(Suffix().Replace(name, ""));

    // What stands before a bracket of labels or ranges, or alone; without functions, operators and labels.
    private static IEnumerable<string> NamesIn(string expression) =>
        MetricName().Matches(ByLabels().Replace(Braces().Replace(expression, " "), " ")).Select(match => match.Value)
            .Where(name => name.Contains('_') && name != "histogram_quantile" || name == "up");

    [GeneratedRegex("(?:CreateCounter|CreateHistogram|CreateUpDownCounter|CreateObservableGauge)(?:<[a-z]+>)?\\(\\s*\"([a-z._]+)\"")]
    private static partial Regex Instrument();

    [GeneratedRegex("(?m)^\\| `((?:xilin|messaging)\\.[a-z._]+)` \\|")]
    private static partial Regex PageRow();

    [GeneratedRegex("`([a-z]+_[a-z_]+)`")]
    private static partial Regex PrometheusName();

    [GeneratedRegex("expr: >-\n *(.*)\n")]
    private static partial Regex Expression();

    [GeneratedRegex("- alert: ([A-Za-z]+)")]
    private static partial Regex Alert();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex("\\{[^}]*\\}|\\[[^]]*\\]|\"[^\"]*\"")]
    private static partial Regex Braces();

    [GeneratedRegex("\\b(by|on|without)\\s*\\([^)]*\\)")]
    private static partial Regex ByLabels();

    [GeneratedRegex("[a-z_][a-z_0-9]*")]
    private static partial Regex MetricName();
}
