using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>The stage of a parent is that of its slowest unit. It counts the units at each stage.</summary>
internal sealed class OracleMilestone : OracleStages
{
    protected override Total Total(
        List<decimal> stages, bool isOwn, List<WorksheetLine> open, TotalState state, int reported, int expected) =>
        New(isOwn ? open.Single().Month : null, stages.Count == 0 ? null : stages.Min(), state, reported, expected);
}
