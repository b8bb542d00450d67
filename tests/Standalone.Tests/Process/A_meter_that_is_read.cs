using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace XilinIngest.Standalone.Tests;

/// <summary>The meter of the service itself, while another program locks its cube.</summary>
public sealed class A_meter_that_is_read(InProcessService service) : IClassFixture<InProcessService>
{
    [Fact]
    public async Task Shows_a_step_that_hangs_while_it_does_and_nothing_before_and_after()
    {
        await service.SubmitAndApplyAsync(TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(1)));
        using var measures = new MeterReadings(service.Services.GetRequiredService<IMeterFactory>());
        Assert.Equal(["xilin.results.lag.rows", "xilin.results.lag.time", "xilin.results.silence", "xilin.results.step.time"],
            measures.Read().Keys.Order());
        await InProcessService.EventuallyAsync(() => Task.FromResult(measures.Read()["xilin.results.lag.rows"] == 0));
        Assert.InRange(measures.Read()["xilin.results.silence"], 0, 10);

        using (var other = new SqliteConnection($"Data Source={Path.Combine(service.Options.DataFolder, "cube.db")};Pooling=False"))
        {
            other.Open();
            using var locked = other.BeginTransaction(deferred: false);
            await service.PostAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(2)).Set("revision", 2).Body());
            await InProcessService.EventuallyAsync(() => Task.FromResult(measures.Read()["xilin.results.step.time"] > 1));
        }

        await service.WaitUntilAppliedAsync(2);
        await InProcessService.EventuallyAsync(
            () => Task.FromResult(measures.Read() is var read && read["xilin.results.step.time"] < 1
                && read["xilin.results.lag.rows"] == 0));
    }
}
