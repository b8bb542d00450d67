using System.Globalization;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>A figure of a submission in words.</summary>
/// <param name="Indicator">The indicator's name.</param>
/// <param name="What">Which of its figures: the month, the year-to-date …</param>
/// <param name="Unit">The unit of measure.</param>
/// <param name="Old">What stood before; a word if nothing did or if it did not change.</param>
/// <param name="New">What was sent.</param>
public sealed record SubmittedFigure(string Indicator, string What, string Unit, string Old, string New)
{
    /// <summary>The number that stood before, for a file; null: it is told in words.</summary>
    public decimal? OldNumber { get; init; }

    /// <summary>The words of a file, whose numbers have no separators.</summary>
    public required string OldInFile { get; init; }

    /// <summary>The number that was sent, for a file; null: it is told in words.</summary>
    public decimal? NewNumber { get; init; }
}

/// <summary>Reads from a submission and its receipt what it changed: old → new.</summary>
internal static class SubmittedFigures
{
    /// <param name="row">The submission.</param>
    /// <param name="earlier">The rows before it, for old figures that its receipt does not have.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="lang">The reader's language.</param>
    /// <returns>The figures in the order of the submission; null: the body is no submission of figures.</returns>
    public static IReadOnlyList<SubmittedFigure>? Read(SubmissionDetail row, EarlierRows earlier, CatalogueView catalogue, Lang lang)
    {
        try
        {
            return JsonSerializer.Deserialize<SubmitIndicators>(row.Body, WireFormat.Options)?.Values is { } values
                ? [.. values.Where(value => value?.Indicator is not null)
                    .SelectMany(value => Describe(value, row.Receipt, earlier, catalogue, lang))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<SubmittedFigure> Describe(
        IndicatorValue value, SubmissionReceipt receipt, EarlierRows earlier, CatalogueView catalogue, Lang lang)
    {
        var (indicator, name) = (catalogue.Indicator(value.Indicator), catalogue.IndicatorName(value.Indicator, lang));
        var isWhole = SentFigures.IsWithdrawn(value);
        foreach (var figure in SentFigures.Names)
        {
            var number = SentFigures.NumberOf(value, figure);
            var isWithdrawn = value.Withdraw?.Contains(figure) == true || (isWhole && figure == FigureNames.Value);
            if (number is null && !isWithdrawn)
            {
                continue;
            }

            var before = FigureBefore.Find(figure, value, receipt, indicator, earlier);
            yield return new(name, What(figure, indicator, lang), UnitOf(figure, value, indicator, lang),
                Old(before, figure, indicator, lang, number => FigureFormat.Number(number)),
                isWithdrawn ? lang.T("撤回", "withdrawn") : Text(figure, number, indicator, lang, sent => FigureFormat.Number(sent)))
            {
                OldInFile = Old(before, figure, indicator, lang, BuiltInFindings.FormatNumber),
                OldNumber = before.Standing == FigureStanding.Counted ? NumberOf(figure, before.Number, indicator) : null,
                NewNumber = isWithdrawn ? null : NumberOf(figure, number, indicator),
            };
        }
    }

    // A date and a stage are words.
    private static decimal? NumberOf(string figure, decimal? number, CatalogueIndicator? indicator) =>
        figure == FigureNames.Date || indicator is { Stages.Count: > 0 } ? null : number;

    private static string Old(
        FigureBefore before, string figure, CatalogueIndicator? indicator, Lang lang, Func<decimal, string> format) =>
        before.Standing switch
        {
            FigureStanding.Counted => Text(figure, before.Number, indicator, lang, format),
            FigureStanding.Returned or FigureStanding.NotCounted =>
                NotCounted(Text(figure, before.Number, indicator, lang, format), before.Standing == FigureStanding.Returned, lang),
            FigureStanding.Unchanged => lang.T("未变", "unchanged"),
            FigureStanding.None => lang.T("无", "none"),
            FigureStanding.FirstReport => lang.T("首次报送", "first report"),
            FigureStanding.NotTaken => lang.T("未采用", "not taken"),
            _ => FigureFormat.NoFigure,
        };

    /// <summary>An old figure that did not count, and why.</summary>
    public static string NotCounted(string figure, bool isReturned, Lang lang) =>
        figure + (isReturned ? lang.T("（审核退回）", " (returned)") : lang.T("（未计入）", " (did not count)"));

    private static string What(string figure, CatalogueIndicator? indicator, Lang lang) => figure switch
    {
        FigureNames.Value when indicator is { Stages.Count: > 0 } => StageFormat.Heading(indicator, lang),
        FigureNames.Value when indicator is { IsAtMonthEnd: true } => lang.T("月末数", "at month's end"),
        FigureNames.Value => lang.T("本月", "month"),
        FigureNames.YearToDate => lang.T("1—本月累计", "year to date"),
        FigureNames.LastYear => lang.T("上年同期", "last year"),
        FigureNames.Numerator => lang.T("分子", "numerator"),
        FigureNames.Denominator => lang.T("分母", "denominator"),
        _ => lang.T("达到日期", "date reached"),
    };

    private static string UnitOf(string figure, IndicatorValue value, CatalogueIndicator? indicator, Lang lang) =>
        figure is FigureNames.Date or FigureNames.Numerator or FigureNames.Denominator || indicator is { Stages.Count: > 0 } ? ""
        : indicator is null ? value.Unit ?? ""
        : new AmountFormat(indicator, true).Unit(lang);

    private static string Text(
        string figure, decimal? number, CatalogueIndicator? indicator, Lang lang, Func<decimal, string> format) => figure switch
        {
            FigureNames.Date => number?.ToString("0000-00-00", CultureInfo.InvariantCulture) ?? FigureFormat.NoFigure,
            FigureNames.Value when indicator is { Stages.Count: > 0 } && number is { } stage =>
                StageFormat.Name(indicator, stage, null, lang),
            _ => number is { } amount ? format(amount) : FigureFormat.NoFigure,
        };
}
