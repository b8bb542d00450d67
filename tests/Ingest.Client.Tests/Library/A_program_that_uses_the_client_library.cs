using System.Diagnostics;
using System.Text;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Tests.Library;

/// <summary>samples/CSharpClient and the library itself, against the real service.</summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class A_program_that_uses_the_client_library : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Village = "320404004201";
    private readonly InProcessService _service = new();

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Submits_a_figure_and_gets_its_receipt()
    {
        var (exit, output, errors) = await RunSampleAsync(
            Server.ToString(), Village, "2022-07", "1", "ENTERPRISE_VISITS", "35", "家", "2022-08-03T09:14:00+08:00");
        Assert.True(exit == 0, output + errors);
        Assert.Contains("Accepted row 1", output, StringComparison.Ordinal);
        Assert.Contains($"total v1 of {Village}: month 35, year-to-date 35", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_told_every_finding_of_a_refused_submission()
    {
        var (exit, output, _) = await RunSampleAsync(
            Server.ToString(), Village, "2022-07", "1", "PUBLIC_BUDGET_REVENUE", "5", "亿元", "2022-08-03T09:14:00+08:00");
        Assert.Equal(1, exit);
        Assert.Contains("Refused row 1", output, StringComparison.Ordinal);
        Assert.Contains("F302", output, StringComparison.Ordinal);
        Assert.Contains("F307", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gets_the_same_receipt_when_it_sends_the_same_submission_again()
    {
        await using var client = XilinClient.Connect(new XilinClientOptions { Server = Server });
        var submission = NewSubmission();
        var first = await (await client.SubmitAsync(submission)).Reply;
        var second = await (await client.SubmitAsync(submission)).Reply;
        Assert.Equal(Verdict.Accepted, first.Receipt!.Verdict);
        Assert.Equal(first.Receipt.Sequence, second.Receipt!.Sequence);
        Assert.Equal(first.Receipt.LeafHash, second.Receipt.LeafHash);
    }

    [Fact]
    public async Task Learns_within_its_timeout_that_the_service_is_away()
    {
        await using var client = XilinClient.Connect(
            new XilinClientOptions { Server = new Uri("http://127.0.0.1:1"), Timeout = TimeSpan.FromSeconds(2) });
        var since = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<TransportUnavailableException>(() => client.SubmitAsync(NewSubmission()));
        Assert.Equal(TransportFailure.Unreachable, failure.Failure);
        Assert.False(failure.IsPermanent);
        Assert.InRange(since.Elapsed.TotalSeconds, 0.7, 10);
    }

    [Fact]
    public void Is_refused_options_that_name_no_service_or_two()
    {
        Assert.Throws<ClientConfigurationException>(() => XilinClient.Connect(new XilinClientOptions()));
        Assert.Throws<ClientConfigurationException>(() => XilinClient.Connect(new XilinClientOptions
        {
            Server = Server,
            Broker = BrokerConnectionSettings.Create("amqp://320404004201:secret@127.0.0.1"),
        }));
        Assert.Throws<ClientConfigurationException>(() => BrokerConnectionSettings.Create("amqp://320404004201@127.0.0.1"));
        Assert.Throws<ClientConfigurationException>(
            () => BrokerConnectionSettings.Create("amqps://320404004201@127.0.0.1", certificateFile: "/no/such.pem"));
    }

    internal static async Task<(int Exit, string Output, string Errors)> RunSampleAsync(params string[] arguments)
    {
        var folders = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..];
        var program = Path.Combine([RepositoryFiles.Root, "samples", "CSharpClient", .. folders, "XilinIngest.Samples.CSharpClient.dll"]);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        })!;
        var result = await XilinProcess.EndAsync(process);
        return (result.Exit, result.Output, result.Errors);
    }

    internal static SubmitIndicators NewSubmission() => new()
    {
        SubmissionId = Guid.NewGuid(),
        Unit = Village,
        Period = "2022-07",
        Revision = 1,
        SubmittedAt = new DateTimeOffset(2022, 8, 3, 9, 14, 0, TimeSpan.FromHours(8)),
        Values = [new IndicatorValue { Indicator = "ENTERPRISE_VISITS", Value = 35, Unit = "家" }],
    };

    private Uri Server => _service.Client.BaseAddress!;
}
