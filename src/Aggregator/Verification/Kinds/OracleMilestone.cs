using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>The stage of a parent is that of its slowest unit. It counts the units at each stage.</summary>
internal sealed class OracleMilestone : OracleStages
{
    protected override Total Total(
        List<decimal> stages, StageTally? tally, List<WorksheetLine> open, TotalState state, int reported, int expected)
    {
        var months = open.Where(line => line.Month is not null).ToList();
        decimal? month = stages.Count == 1 && months.Count == 1 ? months[0].Month : null;
        return New(month, stages.Count == 0 ? null : stages.Min(), tally, state, reported, expected);
    }
}
