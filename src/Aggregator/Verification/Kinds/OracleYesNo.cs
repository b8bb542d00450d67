using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>A parent counts the units that have achieved it.</summary>
internal sealed class OracleYesNo : OracleStages
{
    protected override Total Total(
        List<decimal> stages, bool isOwn, List<WorksheetLine> open, TotalState state, int reported, int expected)
    {
        var months = open.Select(line => line.Month).OfType<decimal>().ToList();
        return New(months.Count == 0 ? null : months.Sum(), stages.Count == 0 ? null : stages.Count(stage => stage == 1), state, reported,
            expected);
    }
}
