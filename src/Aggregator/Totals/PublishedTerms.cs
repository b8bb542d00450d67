using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Totals;

/// <summary>
/// Converts the kernel's terms to those of the contracts. There is no reverse conversion, because nothing is computed from published terms.
/// </summary>
internal static class PublishedTerms
{
    public static ResultState StateOf(TotalState state) => state switch
    {
        TotalState.Provisional => ResultState.Provisional,
        TotalState.Complete => ResultState.Complete,
        _ => ResultState.Final,
    };

    public static TargetColour ColourOf(Colour colour) => colour switch
    {
        Colour.Green => TargetColour.Green,
        Colour.Amber => TargetColour.Amber,
        _ => TargetColour.Red,
    };

    public static GrowthWords? WordsOf(GrowthWord word) => word switch
    {
        GrowthWord.None => null,
        GrowthWord.BaseZero => GrowthWords.BaseZero,
        GrowthWord.LossToProfit => GrowthWords.LossToProfit,
        GrowthWord.ProfitToLoss => GrowthWords.ProfitToLoss,
        GrowthWord.LossSmaller => GrowthWords.LossSmaller,
        GrowthWord.LossLarger => GrowthWords.LossLarger,
        _ => GrowthWords.LossUnchanged,
    };

    public static TargetType TypeOf(TargetKind kind) => kind == TargetKind.Growth ? TargetType.Growth : TargetType.Amount;

    public static RankingMeasure MeasureOf(RankBy by) => by switch
    {
        RankBy.Growth => RankingMeasure.Growth,
        RankBy.Value => RankingMeasure.Value,
        RankBy.Completion => RankingMeasure.Completion,
        _ => RankingMeasure.None,
    };

    public static RankingDirection DirectionOf(Direction direction) =>
        direction == Direction.HigherIsBetter ? RankingDirection.Higher : RankingDirection.Lower;
}
