using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>Formats published figures. It rounds nothing, because published figures are already rounded.</summary>
internal static class FigureFormat
{
    /// <summary>The placeholder for a missing figure.</summary>
    public const string NoFigure = "–";

    /// <summary>The signs of numbers on pages: a minus instead of the hyphen, which files have.</summary>
    public static readonly NumberFormatInfo Signs = CreateSigns();

    /// <summary>Whether an indicator's figure is a state at the month's end, and no sum of months.</summary>
    public static bool IsState(CatalogueIndicator indicator) => indicator.Kind is "Stock" or "Milestone" or "YesNo";

    /// <summary>A rate with its sign, such as a growth: +7.6, −8.4, 0.0.</summary>
    public static string SignedRate(decimal value) => value switch
    {
        > 0 => "+" + Rate(value),
        < 0 => "−" + Rate(-value),
        _ => Rate(value),
    };

    /// <summary>What a unit adds to a growth, with its sign and two decimals.</summary>
    public static string SignedPoints(decimal value) =>
        (value > 0 ? "+" : value < 0 ? "−" : "") + Math.Abs(value).ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>A rate at its printed precision.</summary>
    public static string Rate(decimal value) => value.ToString("F1", Signs);

    /// <summary>A whole number or an exact amount in a cell, with separators.</summary>
    public static string Number(decimal? value) => value?.ToString("#,0.############################", Signs) ?? NoFigure;

    /// <summary>The same before its unit in a Chinese sentence, without separators as in published amounts: 78000万元.</summary>
    public static string InSentence(decimal value) => value.ToString("0.############################", Signs);

    /// <summary>The year-to-date with its unit.</summary>
    public static string Amount(ReportRow row, Lang lang) =>
        WithMinus(lang.T(row.AmountZh ?? NoFigure, row.AmountEn ?? NoFigure));

    /// <summary>A published number, whose text has a hyphen.</summary>
    public static string WithMinus(string published) =>
        published.StartsWith('-') ? Signs.NegativeSign + published[1..] : published;

    /// <summary>Growth in per cent, in points of a rate, or the words that replace it.</summary>
    public static string Growth(ReportRow row, Lang lang) => row switch
    {
        { Growth: { } points, GrowthUnit: GrowthUnits.Points } => Points(points, lang),
        { Growth: { } growth } => SignedRate(growth) + "%",
        _ => lang.T(row.GrowthZh ?? NoFigure, row.GrowthEn ?? NoFigure),
    };

    /// <summary>Growth in a sentence: 增长7.6%, 下降5.6%, 与上年持平; in English, the number with its sign.</summary>
    public static string GrowthInWords(ReportRow row, Lang lang) =>
        row.Growth is not { } growth || lang.English ? Growth(row, lang)
        : growth == 0 ? "与上年持平"
        : row.GrowthUnit == GrowthUnits.Points ? $"{(growth < 0 ? "下降" : "提高")}{Rate(Math.Abs(growth))}个百分点"
        : $"{(growth < 0 ? "下降" : "增长")}{Rate(Math.Abs(growth))}%";

    /// <summary>The difference between the growth and that of the month before.</summary>
    public static string ChangeSinceLastMonth(decimal points, Lang lang) =>
        lang.English ? $"since last month {Points(points, lang)}"
        : points == 0 ? "与上月持平"
        : $"较上月{(points < 0 ? "回落" : "提高")}{Rate(Math.Abs(points))}个百分点";

    /// <summary>Whether the target is compared with the elapsed share of the year.</summary>
    public static bool IsAgainstPace(ReportRow row) => row is
    {
        TargetKind: TargetType.Amount,
        TargetMeasure: not (TargetMeasures.Level or TargetMeasures.Stage),
    };

    /// <summary>The distance of the figure from its pace or its target.</summary>
    /// <param name="row">The row.</param>
    /// <param name="gap">The published gap; negative if the figure is worse than required.</param>
    /// <param name="indicator">The indicator; null: the catalogue no longer contains it.</param>
    /// <param name="lang">The reader's language.</param>
    public static string Gap(ReportRow row, decimal gap, CatalogueIndicator? indicator, Lang lang)
    {
        if (row is { TargetKind: TargetType.Amount, TargetMeasure: TargetMeasures.Stage })
        {
            return StageFormat.AgainstTarget(row, gap, lang);
        }

        var isLevelOfAmount = row is { TargetKind: TargetType.Amount, TargetMeasure: TargetMeasures.Level } && row.UnitZh != "%";
        var by = Rate(Math.Abs(gap)) + (isLevelOfAmount ? lang.T(row.UnitZh, " " + row.UnitEn) : lang.T("个百分点", " pp"));
        var isAbove = indicator?.Direction == "LowerIsBetter" ? gap < 0 : gap > 0;
        return (IsAgainstPace(row), gap) switch
        {
            (true, 0) => lang.T("与时序进度持平", "level with pace"),
            (false, 0) => lang.T("与目标持平", "level with the target"),
            (true, _) => lang.T($"{(isAbove ? "快于" : "慢于")}时序进度{by}", $"{(isAbove ? "ahead of" : "behind")} pace by {by}"),
            _ => lang.T($"{(isAbove ? "高于" : "低于")}目标{by}", $"{(isAbove ? "above" : "below")} the target by {by}"),
        };
    }

    /// <summary>Percentage points.</summary>
    public static string Points(decimal points, Lang lang) => lang.T($"{SignedRate(points)}个百分点", $"{SignedRate(points)} pp");

    /// <summary>A target in the form in which it was set.</summary>
    public static string Target(ReportRow row, CatalogueIndicator? indicator, Lang lang) => row switch
    {
        { Target: { } stage, TargetKind: TargetType.Amount, TargetMeasure: TargetMeasures.Stage } when indicator is not null =>
            StageFormat.Target(row, stage, indicator, lang),
        { Target: { } points, TargetKind: TargetType.Growth, GrowthUnit: GrowthUnits.Points } => Points(points, lang),
        { Target: { } growth, TargetKind: TargetType.Growth } => lang.T(
            $"{(growth < 0 ? "下降" : "增长")}{Rate(Math.Abs(growth))}%", $"growth {Rate(growth)}%"),
        { Target: { } amount } => lang.T(
            InSentence(amount) + row.UnitZh, EnglishScale.For(row.UnitEn, row.Decimals, amount).Amount(amount)),
        _ => NoFigure,
    };

    /// <summary>The time in Changzhou.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The time in Changzhou, from the ledger's text.</summary>
    public static string Time(string? written) =>
        DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Time(time) : written ?? NoFigure;

    /// <summary>The end of a day in Changzhou; of the last day that there is, its beginning.</summary>
    public static DateTimeOffset EndOf(DateOnly day) =>
        new((day == DateOnly.MaxValue ? day : day.AddDays(1)).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8));

    /// <summary>A month: 2022年7月.</summary>
    public static string Month(string period, Lang lang) =>
        lang.English || period.Length != 7 ? period : $"{period[..4]}年{int.Parse(period[5..], CultureInfo.InvariantCulture)}月";

    /// <summary>The current month in Changzhou.</summary>
    public static string ThisMonth(DateTimeOffset now) =>
        now.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Provisional, complete or final, in the offices' terms.</summary>
    public static string State(ResultState state, Lang lang) => state switch
    {
        ResultState.Provisional => lang.T("快报", "provisional"),
        ResultState.Complete => lang.T("已报齐", "complete"),
        _ => lang.T("已锁定", "final"),
    };

    /// <summary>The name of a colour.</summary>
    public static string Colour(TargetColour? colour, Lang lang) => colour switch
    {
        TargetColour.Green => lang.T("绿", "green"),
        TargetColour.Amber => lang.T("黄", "amber"),
        TargetColour.Red => lang.T("红", "red"),
        _ => "",
    };

    /// <summary>The verdict on a submission.</summary>
    public static string Verdict(Verdict verdict, Lang lang) => verdict switch
    {
        Contracts.Verdict.Accepted => lang.T("已接收", "accepted"),
        Contracts.Verdict.Refused => lang.T("已退回", "refused"),
        _ => lang.T("已被更正取代", "superseded"),
    };

    /// <summary>The severity of a finding.</summary>
    public static string Severity(FindingSeverity severity, Lang lang) => severity switch
    {
        FindingSeverity.Error => lang.T("错误", "error"),
        FindingSeverity.Question => lang.T("待说明", "question"),
        FindingSeverity.Explained => lang.T("已说明", "explained"),
        _ => lang.T("提示", "notice"),
    };

    private static NumberFormatInfo CreateSigns()
    {
        var signs = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        signs.NegativeSign = "−";
        return NumberFormatInfo.ReadOnly(signs);
    }
}
