using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>What a figure was before a submission.</summary>
internal enum FigureStanding
{
    /// <summary>The receipt does not say.</summary>
    Unknown,

    /// <summary>It counted.</summary>
    Counted,

    /// <summary>It had been sent in a report that was returned, and did not count.</summary>
    Returned,

    /// <summary>It had been sent and did not count for another reason.</summary>
    NotCounted,

    /// <summary>It is what was sent again.</summary>
    Unchanged,

    /// <summary>There was none.</summary>
    None,

    /// <summary>There was nothing of the indicator.</summary>
    FirstReport,

    /// <summary>Nothing was changed, because the sent figure was not taken.</summary>
    NotTaken,
}

/// <summary>A figure before a submission.</summary>
/// <param name="Standing">What it was.</param>
/// <param name="Number">The figure; null: there is none, or it is the one that was sent.</param>
internal readonly record struct FigureBefore(FigureStanding Standing, decimal? Number = null)
{
    /// <summary>From a receipt, and from the rows before it where the receipt has no old figure.</summary>
    public static FigureBefore Find(
        string figure, IndicatorValue value, SubmissionReceipt receipt, CatalogueIndicator? indicator, EarlierRows earlier)
    {
        var changed = receipt.Findings.FirstOrDefault(
            each => each.Rule == EarlierRows.ChangedRule && each.Indicator == value.Indicator)?.Figures;
        return receipt.Verdict == Verdict.Refused ? new(FigureStanding.NotTaken)
            : changed is null ? new(ReceiptNotices.StandingWithoutChange(receipt, indicator))
            : figure == FigureNames.Value && indicator is { IsRatio: true } ? FindRate(value, changed, indicator, earlier)
            : FindPart(figure, value, changed, earlier);
    }

    private static FigureBefore FindPart(
        string figure, IndicatorValue value, IReadOnlyDictionary<string, decimal> changed, EarlierRows earlier) =>
        changed.TryGetValue(SentFigures.NameBefore(figure), out var before) ? new(FigureStanding.Counted, before)
        : !changed.ContainsKey(figure)
            ? new(SentFigures.NumberOf(value, figure) is null ? FigureStanding.Unknown : FigureStanding.Unchanged)
        : earlier.Find(value.Indicator, figure) is { } found
            ? new(found.IsReturned ? FigureStanding.Returned : FigureStanding.NotCounted, found.Number)
        : new(earlier.IsRead ? FigureStanding.None : FigureStanding.Unknown);

    // A rate's per cent is not stored, so that no notice names it: it is what its parts were.
    private static FigureBefore FindRate(
        IndicatorValue value, IReadOnlyDictionary<string, decimal> changed, CatalogueIndicator indicator, EarlierRows earlier)
    {
        var numerator = FindPart(FigureNames.Numerator, value, changed, earlier);
        var denominator = FindPart(FigureNames.Denominator, value, changed, earlier);
        if (numerator.Standing == FigureStanding.Unchanged && denominator.Standing == FigureStanding.Unchanged)
        {
            return numerator;
        }

        var changedPart = numerator.Standing == FigureStanding.Unchanged ? denominator : numerator;
        var decimals = Math.Max(Math.Max(indicator.Decimals, Rounding.RateDecimals), value.Value?.Scale ?? 0);
        return NumberOf(numerator, value.Numerator) is { } part && NumberOf(denominator, value.Denominator) is > 0 and var whole
            ? new(changedPart.Standing, Rounding.HalfAwayFromZero(part * 100 / whole, decimals))
            : new(changedPart.Standing == FigureStanding.None ? FigureStanding.None : FigureStanding.Unknown);
    }

    private static decimal? NumberOf(FigureBefore part, decimal? sent) => part.Standing == FigureStanding.Unchanged ? sent : part.Number;
}
