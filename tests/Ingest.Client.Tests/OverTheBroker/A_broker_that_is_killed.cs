using XilinIngest.TestBrokers;

namespace XilinIngest.Client.Tests.OverTheBroker;

public sealed class A_broker_that_is_killed : IAsyncLifetime, IDisposable
{
    private readonly WireDeployment _deployment = new();
    private readonly XilinProcess _xilin = new();

    public Task InitializeAsync() => _deployment.InitializeAsync();

    public Task DisposeAsync() => _deployment.DisposeAsync();

    public void Dispose() => _xilin.Dispose();

    [Fact, Trait("suite", "long")]
    public async Task Leaves_submissions_in_the_outbox_which_go_out_once_when_it_is_back()
    {
        await Task.Delay(TestBroker.QueueRecoveryTime);
        await _deployment.Broker.KillAsync();
        var file = _xilin.File("a.csv",
            "unit,period,indicator,value,unit_of_measure\n"
                + string.Concat(Enumerable.Range(1, 7).Select(month => $"320404004201,2022-0{month},ENTERPRISE_VISITS,{month},家\n")));
        string[] bus = ["--bus", _deployment.Broker.AddressFor(WireDeployment.Village, OfficeDefinitions.Password).ToString()];
        (await _xilin.RunAsync(["submit", file, .. bus, "--timeout", "2"])).AssertExitCode(3);
        Assert.Equal((7, 0), (_xilin.PendingCount, _xilin.SentCount));

        await _deployment.Broker.RestartAsync();
        await Eventually.IsTrueAsync(async () => (await _xilin.RunAsync(["outbox", "send", .. bus, "--timeout", "20"])).Exit == 0,
            seconds: 90);
        Assert.Equal((0, 7), (_xilin.PendingCount, _xilin.SentCount));
        Assert.Equal(7, (await _deployment.Worker.GetAsync("/api/submissions?unit=320404004201")).Answer!.AsArray().Count);
    }
}
