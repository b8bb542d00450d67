using System.Globalization;
using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>Published figures as people read them. Nothing is rounded here: figures come rounded.</summary>
internal static class FigureFormat
{
    /// <summary>What stands where there is no figure.</summary>
    public const string NoFigure = "–";

    /// <summary>With a sign, as growth is written: +7.6, −8.4, 0.0.</summary>
    public static string SignedRate(decimal value) => value switch
    {
        > 0 => "+" + Rate(value),
        < 0 => "−" + Rate(-value),
        _ => Rate(value),
    };

    /// <summary>A rate at its printed precision.</summary>
    public static string Rate(decimal value) => value.ToString("F1", CultureInfo.InvariantCulture);

    /// <summary>A whole number or an exact amount, with separators.</summary>
    public static string Number(decimal? value) => value?.ToString("#,0.############################", CultureInfo.InvariantCulture) ?? NoFigure;

    /// <summary>The year-to-date with its unit.</summary>
    public static string Amount(ReportRow row, Lang lang) => lang.T(row.AmountZh ?? NoFigure, row.AmountEn ?? NoFigure);

    /// <summary>Growth: per cent, points of a rate, or the words that stand for it.</summary>
    public static string Growth(ReportRow row, Lang lang) => row switch
    {
        { Growth: { } points, GrowthUnit: GrowthUnits.Points } => Points(points, lang),
        { Growth: { } growth } => SignedRate(growth) + "%",
        _ => lang.T(row.GrowthZh ?? NoFigure, row.GrowthEn ?? NoFigure),
    };

    /// <summary>Percentage points.</summary>
    public static string Points(decimal points, Lang lang) => lang.T($"{SignedRate(points)} 个百分点", $"{SignedRate(points)} pp");

    /// <summary>A target as it was set.</summary>
    public static string Target(ReportRow row, Lang lang) => row switch
    {
        { Target: null } => NoFigure,
        { TargetKind: TargetType.Growth, GrowthUnit: GrowthUnits.Points } => Points(row.Target.Value, lang),
        { TargetKind: TargetType.Growth } => lang.T("增长 ", "growth ") + Rate(row.Target.Value) + "%",
        _ => Number(row.Target) + lang.T(row.UnitZh, " × " + row.UnitEn),
    };

    /// <summary>Time as a clock in Changzhou shows it.</summary>
    public static string Time(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The same, of a time as the ledger writes it.</summary>
    public static string Time(string? written) =>
        DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Time(time) : written ?? NoFigure;

    /// <summary>A month: 2022年7月.</summary>
    public static string Month(string period, Lang lang) =>
        lang.English || period.Length != 7 ? period : $"{period[..4]}年{int.Parse(period[5..], CultureInfo.InvariantCulture)}月";

    /// <summary>The month that is running in Changzhou.</summary>
    public static string ThisMonth(DateTimeOffset now) => now.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Provisional, complete or final, as the offices say it.</summary>
    public static string State(ResultState state, Lang lang) => state switch
    {
        ResultState.Provisional => lang.T("快报", "provisional"),
        ResultState.Complete => lang.T("已报齐", "complete"),
        _ => lang.T("已锁定", "final"),
    };

    /// <summary>A colour in words.</summary>
    public static string Colour(TargetColour? colour, Lang lang) => colour switch
    {
        TargetColour.Green => lang.T("绿", "green"),
        TargetColour.Amber => lang.T("黄", "amber"),
        TargetColour.Red => lang.T("红", "red"),
        _ => "",
    };

    /// <summary>What became of a submission.</summary>
    public static string Verdict(Verdict verdict, Lang lang) => verdict switch
    {
        Contracts.Verdict.Accepted => lang.T("已采纳", "accepted"),
        Contracts.Verdict.Refused => lang.T("已退回", "refused"),
        _ => lang.T("已被替代", "superseded"),
    };

    /// <summary>How a finding stands in the way.</summary>
    public static string Severity(FindingSeverity severity, Lang lang) => severity switch
    {
        FindingSeverity.Error => lang.T("错误", "error"),
        FindingSeverity.Question => lang.T("待说明", "question"),
        FindingSeverity.Explained => lang.T("已说明", "explained"),
        _ => lang.T("提示", "notice"),
    };
}
