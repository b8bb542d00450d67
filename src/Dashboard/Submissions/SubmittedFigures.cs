using System.Globalization;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

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

    /// <summary>The number that was sent, for a file; null: it is told in words.</summary>
    public decimal? NewNumber { get; init; }
}

/// <summary>Reads from a submission and its receipt what it changed: old → new.</summary>
internal static class SubmittedFigures
{
    // The notices of a receipt about figures that changed, and about those that equal what stood.
    private const string ChangedRule = "F602";
    private const string UnchangedRule = "F603";

    /// <returns>The figures in the order of the submission; null: the body is no submission of figures.</returns>
    public static IReadOnlyList<SubmittedFigure>? Read(SubmissionDetail row, CatalogueView catalogue, Lang lang)
    {
        try
        {
            return JsonSerializer.Deserialize<SubmitIndicators>(row.Body, WireFormat.Options)?.Values is { } values
                ? [.. values.Where(value => value?.Indicator is not null)
                    .SelectMany(value => Describe(value, row.Receipt, catalogue, lang))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<SubmittedFigure> Describe(
        IndicatorValue value, SubmissionReceipt receipt, CatalogueView catalogue, Lang lang)
    {
        var (indicator, name) = (catalogue.Indicator(value.Indicator), catalogue.IndicatorName(value.Indicator, lang));
        var changed = receipt.Findings.FirstOrDefault(each => each.Rule == ChangedRule && each.Indicator == value.Indicator)?.Figures;
        var withdrawn = value.Withdraw ?? [];
        var isWhole = withdrawn.Contains(FigureNames.Value) || value is
        {
            Value: null, Numerator: null, YearToDate: null, LastYear: null,
            Denominator: null, Date: null, Withdraw: null
        };
        (string Name, decimal? Number)[] figures =
        [
            (FigureNames.Value, value.Value), (FigureNames.Numerator, value.Numerator), (FigureNames.Denominator, value.Denominator),
            (FigureNames.YearToDate, value.YearToDate), (FigureNames.LastYear, value.LastYear),
            (FigureNames.Date, value.Date is { } day ? (day.Year * 10000) + (day.Month * 100) + day.Day : null),
        ];
        foreach (var (figure, number) in figures)
        {
            var isWithdrawn = withdrawn.Contains(figure) || (isWhole && figure == FigureNames.Value);
            if (number is not null || isWithdrawn)
            {
                yield return new(name, What(figure, indicator, lang), UnitOf(figure, value, indicator, lang),
                    Old(figure, number, changed, receipt, indicator, lang),
                    isWithdrawn ? lang.T("撤回", "withdrawn") : Text(figure, number, indicator, lang))
                {
                    OldNumber = receipt.Verdict != Verdict.Refused && changed?.TryGetValue(figure + "_before", out var before) == true
                        ? NumberOf(figure, before, indicator) : null,
                    NewNumber = isWithdrawn ? null : NumberOf(figure, number, indicator),
                };
            }
        }
    }

    // A date and a stage are words.
    private static decimal? NumberOf(string figure, decimal? number, CatalogueIndicator? indicator) =>
        figure == FigureNames.Date || indicator is { Stages.Count: > 0 } ? null : number;

    private static string Old(
        string figure, decimal? sent, IReadOnlyDictionary<string, decimal>? changed, SubmissionReceipt receipt,
        CatalogueIndicator? indicator, Lang lang) => changed switch
        {
            _ when receipt.Verdict == Verdict.Refused => lang.T("未采用", "not taken"),
            null when IsUnchanged(receipt, indicator) => lang.T("未变", "unchanged"),
            null => receipt.Verdict == Verdict.Accepted ? lang.T("首次报送", "first report") : FigureFormat.NoFigure,
            _ when changed.TryGetValue(figure + "_before", out var before) => Text(figure, before, indicator, lang),
            _ when changed.ContainsKey(figure) => lang.T("无", "none"),
            _ when sent is null => FigureFormat.NoFigure,
            _ => lang.T("未变", "unchanged"),
        };

    // The notice names the indicator if it is about one alone; otherwise it lists the names.
    private static bool IsUnchanged(SubmissionReceipt receipt, CatalogueIndicator? indicator) => indicator is not null
        && receipt.Findings.Any(finding => finding.Rule == UnchangedRule
            && (finding.Indicator ?? indicator.Code) == indicator.Code
            && finding.MessageZh.Contains(indicator.NameZh, StringComparison.Ordinal));

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

    private static string Text(string figure, decimal? number, CatalogueIndicator? indicator, Lang lang) => figure switch
    {
        FigureNames.Date => number?.ToString("0000-00-00", CultureInfo.InvariantCulture) ?? FigureFormat.NoFigure,
        FigureNames.Value when indicator is { Stages.Count: > 0 } && number is { } stage => StageFormat.Name(indicator, stage, null, lang),
        _ => FigureFormat.Number(number),
    };
}
