using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>A parent stands where its slowest unit stands, and counts the units at each stage.</summary>
internal sealed class OracleMilestone : OracleStages
{
    protected override Total Total(
        List<decimal> stages, bool isOwn, List<WorksheetLine> open, TotalState state, int reported, int expected) =>
        New(isOwn ? open.Single().Month : null, stages.Count == 0 ? null : stages.Min(), state, reported, expected);
}
