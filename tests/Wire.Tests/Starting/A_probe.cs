using System.Diagnostics;

namespace XilinIngest.Wire.Tests.Starting;

/// <summary>As containers ask, which have no shell.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_probe(WireDeployment wire) : IDisposable
{
    private readonly ServiceDataFolder _data = new();
    private readonly int _port = A_service_that_others_may_reach.FreePort();

    [Theory]
    [InlineData("Ingest.Worker", "127.0.0.1")]
    [InlineData("Ingest.Worker", "0.0.0.0")]
    [InlineData("Ingest.Worker", "127.0.0.2")]
    [InlineData("Standalone", "0.0.0.0")]
    public async Task Of_a_healthy_service_ends_with_0(string project, string address)
    {
        using var service = Start(project, address,
                project == "Standalone" ? "" : wire.Broker.AddressFor(OfficeDefinitions.Worker, OfficeDefinitions.Password).ToString());
        await Eventually.IsTrueAsync(async () => (await ProbeAsync(project, address)).ExitCode == 0, () => service.Output);
        Assert.Equal("Healthy", (await ProbeAsync(project, address)).Said);
    }

    [Fact]
    public async Task Of_a_standby_ends_with_0_and_says_that_it_stands_by()
    {
        var bus = wire.Broker.AddressFor(OfficeDefinitions.Aggregator, OfficeDefinitions.Password).ToString();
        using var first = new ServiceProcess("Aggregator", ("ConnectionStrings__Cube", _data.Cube), ("ConnectionStrings__Bus", bus),
                ("Catalogue__Folder", _data.Catalogue));
        await Eventually.IsTrueAsync(async () => (await first.HealthAsync("cube")).StartsWith("Healthy", StringComparison.Ordinal),
            () => first.Output);
        using var second = Start("Aggregator", "127.0.0.1", bus);
        await Eventually.IsTrueAsync(async () => (await ProbeAsync("Aggregator", "127.0.0.1")).ExitCode == 0, () => second.Output);
        var probe = await ProbeAsync("Aggregator", "127.0.0.1");
        Assert.Equal(0, probe.ExitCode);
        Assert.StartsWith("Degraded – cube: standby", probe.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_service_without_its_broker_ends_with_1_and_why_in_one_line()
    {
        using var service = Start("Ingest.Worker", "127.0.0.1", "amqp://worker:secret@127.0.0.1:1/");
        await Eventually.IsTrueAsync(async () => (await service.HealthAsync("bus")).StartsWith("Unhealthy", StringComparison.Ordinal),
            () => service.Output);
        var probe = await ProbeAsync("Ingest.Worker", "127.0.0.1");
        Assert.Equal(1, probe.ExitCode);
        Assert.StartsWith($"http://127.0.0.1:{_port}/health/ready: 503 Unhealthy – bus: ", probe.Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', probe.Said);
    }

    [Theory]
    [InlineData("Ingest.Worker")]
    [InlineData("Aggregator")]
    [InlineData("Standalone")]
    public async Task Of_no_service_ends_with_1_and_why_in_one_line(string project)
    {
        var probe = await ProbeAsync(project, "127.0.0.1");
        Assert.Equal(1, probe.ExitCode);
        Assert.StartsWith($"http://127.0.0.1:{_port}/health/ready does not answer: ", probe.Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', probe.Said);
    }

    public void Dispose() => _data.Dispose();

    private ServiceProcess Start(string project, string address, string bus) =>
        new(project, project == "Standalone" ? ["--data", Path.Combine(_data.Path, "data"), "--port", $"{_port}"] : [],
        ("Http__Address", address), ("Http__Port", $"{_port}"), ("Catalogue__Folder", _data.Catalogue),
        ("ConnectionStrings__Ledger", _data.Ledger), ("ConnectionStrings__Cube", _data.Cube), ("ConnectionStrings__Bus", bus));

    private async Task<(int ExitCode, string Said)> ProbeAsync(string project, string address)
    {
        var start = new ProcessStartInfo("dotnet",
            [RepositoryFiles.ProgramOf(project), "--probe",
                .. project == "Standalone" ? ["--port", $"{_port}", "--lang", "en"] : Array.Empty<string>()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            { ["Http__Address"] =
                address, ["Http__Port"] = $"{_port}", ["Console__Language"] = "en", ["http_proxy"] = "http://127.0.0.1:1" },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, $"{await output}{await errors}".Trim());
    }
}
