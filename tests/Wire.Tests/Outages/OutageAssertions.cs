using System.Diagnostics;
using System.Globalization;
using System.Net;
using Xunit.Abstractions;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>How long it takes until a service says what is wrong, measured and printed.</summary>
internal static class OutageAssertions
{
    /// <summary>What docs/wire.md promises: a fault is in health, and who submits over HTTP is told, within so long.</summary>
    internal static readonly TimeSpan DetectionLimit = TimeSpan.FromSeconds(10);

    /// <summary>Waits until a check says something, and fails where that takes longer than is promised.</summary>
    internal static async Task<string> AssertHealthReportsAsync(
        ITestOutputHelper output, ServiceProcess service, string check, string says, Stopwatch since)
    {
        var health = "";
        await Eventually.IsTrueAsync(async () => (health = await service.HealthAsync(check)).Contains(says, StringComparison.Ordinal),
            () => $"“{says}” is not in: {health}\n{service.Output}");
        Print(output, $"{check} says “{says}”", since.Elapsed);
        Assert.True(since.Elapsed < DetectionLimit, $"It took {since.Elapsed}.");
        Assert.Matches(@"^(Degraded|Unhealthy): .*[。、].* / ", health);
        return health;
    }

    /// <summary>A submission over HTTP that is answered by 503 in time, with the time after which it may come again.</summary>
    internal static async Task AssertUnavailableAsync(
        ITestOutputHelper output, ServiceProcess worker, System.Text.Json.Nodes.JsonObject sheet, string because)
    {
        var since = Stopwatch.StartNew();
        var (status, problem, retryAfter) = await worker.SubmitAsync(sheet);
        Print(output, $"HTTP answers {(int)status}", since.Elapsed);
        Assert.True(status == HttpStatusCode.ServiceUnavailable && retryAfter is not null, $"{status} {problem}");
        Assert.Contains(because, (string)problem!["detail"]!, StringComparison.Ordinal);
        Assert.True(since.Elapsed < DetectionLimit, $"It took {since.Elapsed}.");
    }

    /// <summary>The results have a row of the ledger, without anyone sending another.</summary>
    internal static async Task AssertRecoveredAsync(
        ITestOutputHelper output, ServiceProcess aggregator, long row, Stopwatch since, int seconds = 30)
    {
        await Eventually.IsTrueAsync(async () => await aggregator.HealthAsync("cube") == $"Healthy: Applied through ledger row {row}.",
            () => aggregator.Output, seconds);
        Print(output, $"results have row {row}", since.Elapsed);
    }

    internal static void Print(ITestOutputHelper output, string what, TimeSpan elapsed)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,6:0.0} s  {what}");
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("XILIN_PROGRESS") is { Length: > 0 } file)
        {
            File.AppendAllText(file, text + "\n");
        }
    }
}
