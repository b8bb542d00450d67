using XilinIngest.TestServices;

namespace XilinIngest.Client.Tests.OverTheBroker;

/// <summary>The command, the worker, the aggregator and the pages, each with the variables of OpenTelemetry.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_submission_that_is_traced(WireDeployment deployment)
{
    private const string Head = "unit,period,revision,indicator,value,unit_of_measure,numerator,denominator\n";

    [Fact]
    public async Task Is_one_trace_from_the_command_over_the_broker_to_the_viewers_of_the_pages()
    {
        await using var receiver = await TraceReceiver.StartAsync();
        await StopAsync(deployment.Worker);
        await StopAsync(deployment.Aggregator);

        // One service by each library, so that both hand the headers on.
        deployment.Worker = deployment.StartWorker([.. receiver.Settings, ("Bus__Library", "RabbitMQ.Client")]);
        deployment.Aggregator = deployment.StartAggregator([.. receiver.Settings, ("Bus__Library", "MassTransit")]);
        using var pages = new ServiceProcess("Dashboard",
            [.. receiver.Settings, ("Services__Results", $"{await deployment.Aggregator.ServingAsync()}"),
                ("Services__Intake", $"{await deployment.Worker.ServingAsync()}")]);
        await pages.ServingAsync();
        await deployment.Worker.WaitUntilReadyAsync();
        await deployment.Aggregator.WaitUntilReadyAsync();

        using var xilin = new XilinProcess();
        xilin.Environment["XILIN_BUS_PASSWORD"] = OfficeDefinitions.Password;
        foreach (var (name, value) in receiver.Settings)
        {
            xilin.Environment[name] = value;
        }

        var file = xilin.File("a.csv", Head + "320404004201,2022-05,,ENTERPRISE_VISITS,11,家,,\n");
        (await xilin.RunAsync("submit", file, "--bus", BusOf(WireDeployment.Village))).AssertExitCode(0);

        string[] spans =
        [
            "xilin: submit", "xilin-worker: process xilin.worker.intake", "xilin-worker: commit", "xilin-worker: publish accepted",
            "xilin-worker: send xilin.accepted", "xilin-worker: send xilin.receipts", "xilin-aggregator: process xilin.aggregator",
            "xilin-aggregator: step", "xilin-aggregator: send xilin.results", "xilin-dashboard: notify viewers",
        ];
        await Eventually.IsTrueAsync(
            () => Task.FromResult(receiver.Spans.FirstOrDefault(span => span.Name == "submit") is { } first
                && spans.All(receiver.NamesIn(first.TraceId).Contains)),
            () => string.Join('\n', receiver.Spans.Select(span => $"{span.TraceId} {span.Service}: {span.Name}").Distinct().Order()));
    }

    private static async Task StopAsync(ServiceProcess service)
    {
        service.Terminate();
        Assert.Equal(0, await service.ExitAsync());
    }

    private string BusOf(string office) => new UriBuilder(deployment.Broker.Address) { UserName = office, Password = "" }.Uri.ToString();
}
