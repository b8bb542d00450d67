using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>The gauges of a real host whose ledger goes ahead, falls silent and is caught up with.</summary>
public sealed class The_meter : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RestartableCubeHost _disk = new(UniformDistrict.Catalogue);
    private readonly List<AcceptedSubmission> _rows = [.. UniformDistrict.Pack(UniformDistrict.Year(2022)).Submissions.Take(30)];

    public void Dispose()
    {
        _disk.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Shows_how_many_rows_are_missing_and_for_how_long_and_how_long_a_step_has_lasted()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        using var measures = new MeterReadings(meters);
        var progress = new AggregatorProgress(_disk.Host, meters, _disk.Clock);
        _disk.Step(Pack(1, 10));
        _disk.Step(new SubmissionsAccepted { FromSequence = 11, ToSequence = 10, Submissions = [] });
        Assert.Equal((0, 0, 0, 0), Values(measures.Read()));

        // Rows 11 to 20 do not come, nor does anything else for seven seconds.
        progress.RecordStep();
        progress.RecordLedgerMessage();
        _disk.Step(Pack(21, 30));
        progress.RecordStep();
        _disk.Clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal((20, 7, 7, 0), Values(measures.Read()));

        progress.Begin(AggregatorActivity.Applying);
        _disk.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((20, 9, 9, 2), Values(measures.Read()));

        progress.RecordLedgerMessage();
        _disk.Step(Pack(11, 20));
        progress.RecordStep();
        progress.Begin(AggregatorActivity.Waiting);
        Assert.Equal((0, 0, 0, 0), Values(measures.Read()));
    }

    private static (double Rows, double Lag, double Silence, double Step) Values(IReadOnlyDictionary<string, double> read)
    {
        Assert.Equal(4, read.Count);
        return (read["xilin.results.lag.rows"], read["xilin.results.lag.time"], read["xilin.results.silence"],
            read["xilin.results.step.time"]);
    }

    private SubmissionsAccepted Pack(int from, int to) =>
        new() { FromSequence = from, ToSequence = to, Submissions = [.. _rows.Skip(from - 1).Take(to - from + 1)] };
}
